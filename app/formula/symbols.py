"""The closed list of tokens of canonical LaTeX, by the part each plays in a formula."""

from __future__ import annotations

import string
from typing import Final


def _commands(names: str) -> tuple[str, ...]:
    """Return the commands with these names, which are parted by spaces."""
    return tuple("\\" + name for name in names.split())


SPECIAL: Final = ("<pad>", "<bos>", "<eos>", "<unk>")

STRUCTURE: Final = ("{", "}", "_", "^", "&", r"\\", "~")
"""`~` is a space inside `\\text`; everywhere else spaces are dropped."""

LETTERS: Final = tuple(string.ascii_letters + string.digits)

SIGNS: Final = (*"+-=()[],.:;!?/|<>*'\"@`", r"\{", r"\}", r"\|", r"\%", r"\#", r"\&", r"\$", r"\_")

GREEK: Final = _commands(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi pi "
    "varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma "
    "Upsilon Phi Psi Omega digamma"
)

SYMBOLS: Final = _commands(
    "pm mp times div cdot cdots ldots vdots ddots ast star circ bullet cap cup uplus sqcap sqcup vee wedge "
    "setminus wr diamond bigtriangleup bigtriangledown triangleleft triangleright oplus ominus otimes oslash odot "
    "bigcirc dagger ddagger amalg leq geq equiv models prec succ sim perp preceq succeq simeq mid ll gg asymp "
    "parallel subset supset approx bowtie subseteq supseteq cong sqsubseteq sqsupseteq neq smile frown doteq in "
    "ni propto vdash dashv notin leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow "
    "longleftarrow longrightarrow longleftrightarrow Longleftarrow Longrightarrow Longleftrightarrow mapsto "
    "longmapsto hookleftarrow hookrightarrow leftharpoonup leftharpoondown rightharpoonup rightharpoondown "
    "rightleftharpoons uparrow downarrow updownarrow Uparrow Downarrow Updownarrow nearrow searrow swarrow "
    "nwarrow aleph hbar imath jmath ell wp Re Im prime emptyset nabla surd top bot angle forall exists neg flat "
    "natural sharp backslash partial infty Box Diamond triangle clubsuit diamondsuit heartsuit spadesuit square "
    "blacksquare lozenge bigstar complement eth hslash mho Finv Game beth gimel daleth varnothing nexists "
    "therefore because leqslant geqslant lesssim gtrsim lessgtr gtrless leqq geqq lll ggg nless ngtr nleq ngeq "
    "nsim ncong nmid nparallel nsubseteq nsupseteq subsetneq supsetneq subseteqq supseteqq subsetneqq nvdash "
    "vDash Vdash nvDash trianglelefteq trianglerighteq vartriangleleft vartriangleright ntriangleleft "
    "blacktriangle blacktriangledown triangledown preccurlyeq succcurlyeq precsim succsim approxeq backsim bumpeq "
    "Subset Supset Cap Cup curlyvee curlywedge ltimes rtimes leftthreetimes rightthreetimes boxplus boxminus "
    "boxtimes boxdot circledast circleddash circledcirc dotplus smallsetminus barwedge veebar divideontimes "
    "intercal twoheadrightarrow twoheadleftarrow rightarrowtail leftarrowtail leftrightarrows rightleftarrows "
    "rightrightarrows leftleftarrows upuparrows rightsquigarrow leadsto curvearrowright circlearrowleft "
    "circlearrowright multimap nrightarrow nleftarrow nRightarrow nLeftarrow nleftrightarrow nLeftrightarrow "
    "upharpoonright sphericalangle measuredangle vartriangle checkmark circledS maltese ulcorner urcorner "
    "llcorner lrcorner degree between pitchfork eqcirc circeq triangleq risingdotseq fallingdotseq sqsubset "
    "sqsupset thicksim thickapprox varpropto shortmid lhd rhd unlhd unrhd S P copyright pounds"
)

BIG: Final = _commands(
    "sum prod coprod int iint iiint oint bigcap bigcup bigsqcup bigvee bigwedge bigodot bigotimes bigoplus biguplus"
)

FUNCTIONS: Final = _commands(
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log "
    "max min Pr sec sin sinh sup tan tanh varlimsup varliminf injlim projlim"
)

LIMITS: Final = (r"\limits", r"\nolimits")

DELIMITERS: Final = (r"\langle", r"\rangle", r"\lfloor", r"\rfloor", r"\lceil", r"\rceil", r"\lgroup", r"\rgroup")

SIZES: Final = (r"\left", r"\right", r"\middle", r"\big", r"\Big", r"\bigg", r"\Bigg")

FONTS: Final = _commands("mathbb mathbf mathcal mathfrak mathit mathrm mathscr mathsf mathtt boldsymbol text")

ACCENTS: Final = _commands(
    "acute bar breve check ddot dddot dot grave hat mathring tilde vec widehat widetilde overline underline "
    "overbrace underbrace overrightarrow overleftarrow overleftrightarrow underrightarrow boxed"
)

ONE: Final = (
    *FONTS, *ACCENTS, r"\operatorname", r"\operatorname*", r"\substack", r"\pmod", r"\xrightarrow",
              r"\xleftarrow", r"\phantom")  # fmt: skip
"""Commands with one argument in braces."""

TWO: Final = (r"\frac", r"\dfrac", r"\tfrac", r"\binom", r"\stackrel", r"\overset", r"\underset")
"""Commands with two arguments in braces."""

ROOT: Final = r"\sqrt"

WORDS: Final = (r"\bmod", r"\not", r"\displaystyle", r"\textstyle", r"\hline")

ENVIRONMENTS: Final = (
    "aligned", "gathered", "cases", "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix",
    "array",
)  # fmt: skip

BOUNDS: Final = tuple(rf"\{side}{{{name}}}" for name in ENVIRONMENTS for side in ("begin", "end"))

TOKENS: Final = tuple(
    dict.fromkeys(
        (*SPECIAL, *STRUCTURE, *LETTERS, *SIGNS, *GREEK, *SYMBOLS, *BIG, *FUNCTIONS, *LIMITS, *DELIMITERS, *SIZES, *ONE,
         *TWO, ROOT, *WORDS, *BOUNDS)
    )
)  # fmt: skip
