from __future__ import annotations

import re

import pytest

from app.formula.copying import FORMS, written
from app.formula.formats import display, equation, inline, latex
from app.formula.render import render_svg

ALIGNED = "\\begin{aligned}\na &= b \\\\\n  &= c\n\\end{aligned}"


def test_the_plain_form_is_the_formula_itself() -> None:
    assert latex("  x^2\n") == "x^2"


def test_a_formula_in_a_sentence_is_one_line_between_dollar_signs() -> None:
    assert inline("a +\n  b") == "$a + b$"


def test_a_displayed_formula_stands_on_lines_of_its_own() -> None:
    assert display("x^2") == "\\[\nx^2\n\\]"


def test_an_equation_has_its_environment() -> None:
    assert equation("x^2") == "\\begin{equation}\nx^2\n\\end{equation}"


@pytest.mark.parametrize("given", ["$x$", "$$ x $$", r"\[ x \]", r"\( x \)", r"\begin{equation} x \end{equation}"])
def test_delimiters_that_are_there_already_are_replaced(given: str) -> None:
    assert inline(given) == "$x$"
    assert display(given) == "\\[\nx\n\\]"
    assert equation(given) == "\\begin{equation}\nx\n\\end{equation}"


def test_aligned_lines_keep_their_environment_inside_delimiters() -> None:
    assert display(ALIGNED) == f"\\[\n{ALIGNED}\n\\]"
    assert equation(ALIGNED) == f"\\begin{{equation}}\n{ALIGNED}\n\\end{{equation}}"


@pytest.mark.parametrize(
    ("outer", "inner"),
    [("align", "aligned"), ("align*", "aligned"), ("gather", "gathered"), ("eqnarray", "array")],
)
def test_an_environment_of_the_page_becomes_the_one_for_inside_a_formula(outer: str, inner: str) -> None:
    # GIVEN lines in an environment that may not stand between dollar signs
    given = f"\\begin{{{outer}}} a &= b \\\\ c &= d \\end{{{outer}}}"
    # WHEN they are converted
    text = inline(given)
    # THEN the environment is its counterpart
    assert text.startswith(f"$\\begin{{{inner}}}")
    assert text.endswith(f"\\end{{{inner}}}$")


def test_the_count_of_alignat_stays() -> None:
    assert (
        display(r"\begin{alignat}{2} a &= b \end{alignat}") == "\\[\n\\begin{alignedat}{2} a &= b \\end{alignedat}\n\\]"
    )


def test_loose_lines_are_gathered() -> None:
    assert display(r"a \\ b") == "\\[\n\\begin{gathered}\na \\\\ b\n\\end{gathered}\n\\]"


def test_lines_of_a_matrix_are_not_loose() -> None:
    matrix = r"\begin{pmatrix} a \\ b \end{pmatrix}"
    assert display(matrix) == f"\\[\n{matrix}\n\\]"


def test_two_environments_side_by_side_are_not_one() -> None:
    given = r"\begin{align} a \end{align} + \begin{align} b \end{align}"
    assert inline(given) == f"${given}$"


def test_numbers_stay_where_they_may() -> None:
    assert inline(r"x \tag{1} \label{eq:x}") == "$x$"
    assert display(r"x \tag{1} \label{eq:x}") == "\\[\nx \\tag{1}\n\\]"
    assert r"\label{eq:x}" in equation(r"x \label{eq:x}")


def test_lines_with_their_own_numbers_stay_an_environment_of_the_page() -> None:
    given = r"\begin{align} a &= b \tag{1} \\ c &= d \tag{2} \end{align}"
    assert equation(given) == given
    assert r"\tag" not in display(given)


@pytest.mark.parametrize("key", [key for key, form in FORMS.items() if form.suffix == "tex"])
@pytest.mark.parametrize("formula", ["x^2", ALIGNED, r"\begin{align} a &= b \\ c &= d \end{align}", r"a \\ b"])
def test_every_form_can_be_drawn(key: str, formula: str) -> None:
    text = str(written(key, formula))
    assert re.search(b"<svg[^>]* width=", render_svg(text, size_px=20, colour="#000000"))
