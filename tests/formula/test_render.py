from __future__ import annotations

import contextlib
import socket
import threading
import time
from xml.etree import ElementTree

import pytest

from app.core.errors import PaperdeskError
from app.formula.render import RenderError, render_svg

INK = "#123456"
FORMULAS = [
    r"x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}",
    r"\sum_{i=1}^{n} i^2 = \frac{n(n+1)(2n+1)}{6}",
    r"\int_{-\infty}^{\infty} e^{-x^2}\,dx = \sqrt{\pi}",
    r"\begin{aligned} a &= b + c \\ &= d - e \\ f(x) &= \int_0^1 g(t)\,dt \end{aligned}",
    r"f(x) = \begin{cases} x^2 & \text{if } x \geq 0 \\ -x & \text{otherwise} \end{cases}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}^{-1} = \begin{bmatrix} d & -b \\ -c & a \end{bmatrix}",
    r"\left[ \begin{array}{cc|c} 1 & 2 & 3 \\ 4 & 5 & 6 \\ \hline 7 & 8 & 9 \end{array} \right]",
    r"\begin{array}{|l|c|r|} \hline \alpha & \beta & \gamma \\ \hline 1 & 22 & 333 \\ \hline \end{array}",
    r"\operatorname*{arg\,max}_{\theta \in \Theta} \sum_{i} \log p(x_i \mid \theta)",
    r"\operatorname{rank}(A) \leq \min\{m, n\}",
    r"\hat{x}, \widehat{xyz}, \bar{x}, \overline{AB}, \widetilde{abc}, \vec{v}, \dot{q}, \ddot{q}, \mathring{A}",
    r"\underbrace{a+b+\cdots+z}_{26} + \overbrace{1+2+\cdots+n}^{n(n+1)/2}",
    r"A \xrightarrow[\text{below}]{\text{above text}} B \xleftarrow{f} C",
    r"\sum_{\substack{0 \le i \le m \\ 0 < j < n}} P(i,j)",
    r"\boldsymbol{\alpha} + \mathbf{x}^{\mathsf T} + \mathcal{L} + \mathscr{F} + \mathbb{R}^n + \mathfrak{g}",
    r"\lim_{x \to 0} \frac{\sin x}{x} = 1, \quad \limsup_{n\to\infty} a_n",
    r"E = mc^2 \tag{1}",
    r"\begin{align} a &= b \tag{1} \\ c &= d \tag{2} \end{align}",
    r"\left( \frac{\partial^2 f}{\partial x^2} \right)_{y} \cdot \left\| \nabla u \right\|_{L^2(\Omega)}",
    r"\binom{n}{k} = \frac{n!}{k!(n-k)!} = {n \choose k} + {a \over b}",
    r"\cfrac{1}{1+\cfrac{1}{1+\cfrac{1}{1+x}}} + \dfrac{a}{b} + \tfrac12 + \genfrac{(}{)}{0pt}{1}{n}{k}",
    r"\oint_{\partial S} \mathbf{E}\cdot d\boldsymbol{\ell} = -\frac{d\Phi_B}{dt}, \iint_D f\,dA, \int\limits_0^1 f",
    r"{\bf x} + {\rm const} + {\cal L} + \mathrm{kg\,m^2} + \mathit{diff}",
    r"a' + b'' + f'^2 + x_1' + {}^{14}_{6}\mathrm{C}",
    r"\sqrt[3]{x+\sqrt{y}} + \sqrt[n]{\frac{a}{b}} + \sqrt2",
    r"\left. \frac{df}{dx} \right|_{x=0} = \left\langle \frac{a}{b} \middle| c \right\rangle",
    r"\Big( \big( \bigg[ \Bigg\{ x \Bigg\} \bigg] \big) \Big) \bigl| \bigr|",
    r"\mathop{\mathrm{argmin}}_{x} f(x) + \bigcup_{i\in I} A_i + \sideset{_1^2}{_3^4}\prod_a^b",
    r"\phantom{x} + \boxed{E=mc^2} + \cancel{x} + \rlap{x}",
    r"a \equiv b \pmod{n}, \quad a \bmod n, \quad x \not\in A, a \not= b",
    r"\overset{!}{=} \underset{x}{\max} \stackrel{\text{def}}{=} \lfloor x \rfloor",
    r"\begin{vmatrix} a & b \\ c & d \end{vmatrix} \left( \begin{smallmatrix} a & b \\ c & d \end{smallmatrix} \right)",
    r"\begin{equation} \begin{split} a &= b \\ &\quad + c \end{split} \end{equation}",
    r"\begin{gathered} x+y=z \\[2pt] a=b \end{gathered} \begin{eqnarray} x &=& y \nonumber \end{eqnarray}",
    r"\textstyle \sum_{i=1}^n i \quad \displaystyle \sum_{i=1}^n i",
    r"\text{for all } x\in X \text{ and $y = 2$ in \textbf{bold} -- 5\%}",
    r"\color{red} a + \textcolor{blue}{b} = c \hspace{1em} \kern 3pt d \! e \; f",
    r"\hbar \omega, \ell, \Re z, \aleph_0, \partial_t, \imath, \jmath, \varphi\phi\epsilon\varepsilon\vartheta",
    r"f\colon X\to Y,\ x\mapsto f(x);\ g: A \hookrightarrow B \iff C \implies D",
    r"a \\ b + c",
    "% a comment\nx % another\n+ y",
]


def drawn(latex: str) -> ElementTree.Element:
    return ElementTree.fromstring(render_svg(latex, size_px=20, colour=INK))  # noqa: S314 - our own picture


def size(latex: str) -> tuple[float, float]:
    svg = drawn(latex)
    return float(svg.attrib["width"]), float(svg.attrib["height"])


def paths(latex: str) -> list[str]:
    return [element.attrib["d"] for element in drawn(latex).iter("{http://www.w3.org/2000/svg}path")]


@pytest.mark.parametrize("latex", FORMULAS)
def test_a_hard_formula_is_drawn_within_a_second(latex: str) -> None:
    svg = drawn(latex)
    assert 4 < float(svg.attrib["width"]) < 1500
    assert 4 < float(svg.attrib["height"]) < 300
    assert len(list(svg.iter())) > 2


def test_the_ink_has_the_asked_colour_everywhere() -> None:
    svg = drawn(r"\overline{x} + \frac{a}{b} + \sqrt{y} + \boxed{z} + \cancel{w}")
    inks = {element.get(name) for element in svg.iter() for name in ("fill", "stroke")} - {None, "none"}
    assert inks == {INK}


def test_a_colour_in_the_formula_wins() -> None:
    fills = [element.get("fill") for element in drawn(r"a \textcolor{red}{b}").iter() if element.get("fill")]
    assert fills == [INK, "red"]


def test_size_follows_the_font_size() -> None:
    small = ElementTree.fromstring(render_svg("x+y", size_px=10, colour=INK))  # noqa: S314
    large = ElementTree.fromstring(render_svg("x+y", size_px=40, colour=INK))  # noqa: S314
    assert 3 < float(large.attrib["width"]) / float(small.attrib["width"]) < 4.2


def test_nothing_outside_the_picture_is_referred_to() -> None:
    text = render_svg(r"\frac{a}{b} + \text{x}", size_px=20, colour=INK).replace(b"http://www.w3.org/", b"")
    assert b"http" not in text
    assert b"href" not in text
    assert b"<use" not in text


def test_limits_of_a_named_operator_stand_below() -> None:
    _, beside = size(r"\operatorname{argmax}_{\theta}")
    _, below = size(r"\operatorname*{argmax}_{\theta}")
    assert below > beside + 4


def test_a_ruled_table_has_its_rules() -> None:
    plain = list(drawn(r"\begin{array}{cc} a & b \\ c & d \end{array}").iter())
    ruled = list(drawn(r"\begin{array}{|c|c|} \hline a & b \\ \hline c & d \\ \hline \end{array}").iter())
    assert len(ruled) == len(plain) + 6


def test_the_number_of_an_equation_is_drawn() -> None:
    assert len(paths(r"x \tag{7}")) == len(paths("x")) + 3
    assert len(paths(r"x \tag*{7}")) == len(paths("x")) + 1


def test_an_arrow_is_as_long_as_its_label() -> None:
    assert size(r"\xrightarrow{abcdefghijkl}")[0] > size(r"\xrightarrow{a}")[0] + 40


def test_an_aligned_line_has_space_around_its_sign() -> None:
    assert size(r"\begin{aligned} a &= b \end{aligned}")[0] == pytest.approx(size("a = b")[0], abs=1)


def test_a_sign_is_no_operation() -> None:
    assert size("-b")[0] < size("a-b")[0] - size("a")[0]


def test_an_argument_without_braces_is_one_digit() -> None:
    assert paths(r"x^23") == paths(r"x^{2}3")
    assert paths(r"\frac12") == paths(r"\frac{1}{2}")


@pytest.mark.parametrize("latex", ["$x^2$", "$$x^2$$", r"\[x^2\]", r"\(x^2\)", r"\begin{equation}x^2\end{equation}"])
def test_delimiters_around_the_formula_are_not_drawn(latex: str) -> None:
    assert paths(latex) == paths("x^2")


@pytest.mark.parametrize("latex", ["", "  ", "{}", r"\text{}", r"\begin{matrix}\end{matrix}", r"\frac{}{}", "^2", "'"])
def test_empty_parts_are_no_fault(latex: str) -> None:
    assert size(latex)[1] < 80


@pytest.mark.parametrize(
    ("latex", "part", "words"),
    [
        (r"a + \foo x", r"\foo", r"\foo"),
        (r"\frac{a", "{", "never closed"),
        (r"a}", "}", "no beginning"),
        (r"\left( x", r"\left", "never closed"),
        (r"x_1_2", "_", "second"),
        (r"\begin{matrix} a \end{pmatrix}", r"\end{pmatrix}", "closed by"),
        (r"\begin{foo} a \end{foo}", r"\begin{foo}", r"\begin{foo}"),
        (r"a $ b", "$", "inside"),
        (r"\text{a \foo b}", r"\foo", r"\foo"),
        (r"a & b", "&", "table"),
        (r"\hspace{foo}", r"\hspace{foo}", "length"),
        (r"\left x y \right z", "x", "delimiter"),
        ("x + 中", "中", "中"),
        ("x\x00", "\x00", "printed"),
    ],
)
def test_a_fault_is_named_and_has_its_place(latex: str, part: str, words: str) -> None:
    with pytest.raises(RenderError) as caught:
        render_svg(latex, size_px=20, colour=INK)
    assert isinstance(caught.value, PaperdeskError)
    assert words in str(caught.value)
    assert latex[caught.value.start : caught.value.end] == part


@pytest.mark.parametrize(
    "latex",
    [
        "{" * 1000 + "x" + "}" * 1000,
        r"\frac{1}{" * 200 + "x" + "}" * 200,
        r"\begin{matrix}" * 100 + "x" + r"\end{matrix}" * 100,
        r"\hat" * 1500 + "x",
        r"\displaystyle" * 600 + "x",
        "x" * 100_000,
        r"\def\a{\a\a}\a",
    ],
)
def test_a_formula_out_of_bounds_is_refused_at_once(latex: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(RenderError):
        render_svg(latex, size_px=20, colour=INK)
    assert time.perf_counter() - begin < 2


def test_deep_nesting_within_bounds_is_fast() -> None:
    size("x")
    begin = time.perf_counter()
    size(r"\left(\frac{1}{" * 9 + "x" + r"}\right)" * 9)
    assert time.perf_counter() - begin < 2


def test_several_threads_draw_at_once() -> None:
    # GIVEN what one thread draws
    expected = {latex: render_svg(latex, size_px=20, colour=INK) for latex in FORMULAS[:12]}
    found: dict[str, bytes] = {}
    # WHEN many do at once
    threads = [
        threading.Thread(target=lambda latex=latex: found.__setitem__(latex, render_svg(latex, size_px=20, colour=INK)))
        for latex in expected
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # THEN each gets the same picture
    assert found == expected


def test_a_formula_leaves_nothing_behind() -> None:
    before = render_svg(r"x \bigcirc y", size_px=20, colour=INK)
    for latex in (r"\color{red} x", r"\tag{3} x", r"\displaystyle\sum_i", r"\frac{a"):
        with pytest.raises(RenderError) if latex.endswith("{a") else contextlib.nullcontext():
            render_svg(latex, size_px=50, colour="#ff0000")
    assert render_svg(r"x \bigcirc y", size_px=20, colour=INK) == before


def test_no_connection_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("the preview opened a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    assert render_svg(r"\frac{a}{b}", size_px=20, colour=INK)
