"""Formulas of every kind that the forms have to express."""

from __future__ import annotations

SIMPLE = [
    r"x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}",
    r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}",
    r"\sum_{i=1}^{n} \alpha_i x_i^2 \leq \lim_{n \to \infty} \sin^2 x",
    r"\left[ \frac{a}{b} \right) \in \mathbb{R}",
    r"\hat{x} + \overline{ab} + \vec{v}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"a \equiv b \pmod{n}",
    r"\binom{n}{k} = \frac{n!}{k!}",
    r"\sqrt[3]{x} \neq y''",
    r"f(x) = \begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
]
HARD = [
    r"\begin{aligned} a &= b + c \\ &= d \end{aligned}",
    r"\begin{array}{|c|c|} \hline a & b \\ \hline c & d \\ \hline \end{array}",
    r"\left( a \middle| \frac{b}{c} \right\rangle \bigl( \mathbf{v} \mathcal{L} \mathrm{rank} \mathfrak{g}",
    r"\underbrace{a + b}_{n} \overbrace{c}^{m} \xrightarrow{f} \boxed{E = mc^2}",
    r"\overset{!}{=} \underset{x}{\operatorname{argmin}} \operatorname*{argmax}_{x \in X} \not\subset \phantom{x} y",
    r"\sum_{\substack{i < n \\ j < m}} a_{ij} \dot{x} \ddot{y} \dfrac{1}{2} \tfrac{1}{2} {(a+b)}^2",
    r"\prod\nolimits_{k} \bigcup_{k} A_k \oint \iint \det A \max_x \{ x \mid y \} \# \% \& \_ \$",
    r"{}_a^b X \text{a \& b} \ldots \therefore \hbar \ell \aleph",
    r"\begin{gathered} x \\ y, z; w \end{gathered} \left. \frac{d}{dx} \right|_{x=0} \| v \|",
]
ALL = SIMPLE + HARD
