from __future__ import annotations

import pytest
from lxml import etree

from app.formula.copying import FORMS, HTML, MATHML, PNG, SVG, TEXT, clipboard, on_one_line, written
from app.formula.forms.errors import FormError
from app.formula.options import OPTIONS

FORMULA = r"x = \frac{1}{2}"


def test_the_setting_has_every_form() -> None:
    option = next(option for option in OPTIONS if option.key == "formula.copy_format")
    assert [key for key, _ in option.choices] == list(FORMS)


@pytest.mark.parametrize("key", FORMS)
def test_every_form_writes_a_formula_in_any_delimiters(key: str) -> None:
    bare = written(key, FORMULA)
    assert bare
    if key != "latex":
        assert written(key, f"$${FORMULA}$$") == bare


@pytest.mark.parametrize("key", [key for key in FORMS if key != "png"])
def test_every_text_fits_one_line(key: str) -> None:
    line = on_one_line(key, FORMULA)
    assert line == line.strip() != ""
    assert "\n" not in line


def test_sympys_line_is_python() -> None:
    compile(on_one_line("sympy", FORMULA), "formula", "exec")


def test_a_picture_is_no_line_of_text() -> None:
    with pytest.raises(FormError, match="is a picture"):
        on_one_line("png", FORMULA)


@pytest.mark.parametrize("key", ["word", "mathml", "typst", "asciimath", "sympy", "unicode", "svg", "png"])
def test_latex_that_nobody_can_read_is_an_error_of_this_form(key: str) -> None:
    with pytest.raises(FormError, match=r"nosuchcommand"):
        written(key, r"\nosuchcommand{x}")


def test_deep_nesting_is_an_error_not_a_crash() -> None:
    with pytest.raises(FormError):
        written("mathml", r"\sqrt{" * 5000 + "x" + "}" * 5000)


@pytest.mark.parametrize(
    ("key", "types"),
    [
        ("latex", {TEXT}), ("typst", {TEXT}), ("word", {HTML, MATHML, TEXT}), ("mathml", {MATHML, TEXT}),
        ("svg", {SVG, PNG}), ("png", {PNG}),
    ],
)  # fmt: skip
def test_the_clipboard_gets_what_programs_look_for(key: str, types: set[str]) -> None:
    assert set(clipboard(key, FORMULA)) == types


def test_words_clipboard_holds_the_equation_three_times() -> None:
    data = clipboard("word", FORMULA)
    assert b"m:oMath" in data[HTML]
    assert etree.fromstring(data[MATHML]).tag.endswith("math")
    assert data[TEXT] == data[MATHML]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a = b", "\\begin{align}\na &= b\n\\end{align}"),
        (r"\frac{x=1}{2} \leq y = 3", "\\begin{align}\n\\frac{x=1}{2} &\\leq y = 3\n\\end{align}"),
        ("x + y", "\\begin{align}\nx + y\n\\end{align}"),
        (r"\begin{aligned}a&=b\\&=c\end{aligned}", "\\begin{align}\na&=b\\\\&=c\n\\end{align}"),
        (r"a \\ b", "\\begin{gather}\na \\\\ b\n\\end{gather}"),
    ],
)
def test_lines_are_aligned_at_their_relation(formula: str, expected: str) -> None:
    assert written("align", formula) == expected


def test_the_other_delimiters() -> None:
    assert written("parentheses", "$x$") == r"\(x\)"
    assert written("markdown", r"\[x\]") == "$$\nx\n$$"
