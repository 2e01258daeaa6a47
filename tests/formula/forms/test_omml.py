"""Office Math Markup put into a Word document, which python-docx opens again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from app.formula.forms.omml import CLIPBOARD, NAMESPACE, omml, word_html
from tests.formula.forms.formulas import ALL

M = f"{{{NAMESPACE}}}"
CONTENT = {
    "f": ["fPr?", "num", "den"], "rad": ["radPr?", "deg", "e"], "sSub": ["e", "sub"], "sSup": ["e", "sup"],
    "sSubSup": ["e", "sub", "sup"], "nary": ["naryPr", "sub", "sup", "e"], "func": ["fName", "e"],
    "limLow": ["e", "lim"], "limUpp": ["e", "lim"], "acc": ["accPr", "e"], "bar": ["barPr", "e"],
    "groupChr": ["groupChrPr", "e"], "borderBox": ["e"], "phant": ["phantPr", "e"],
}  # fmt: skip
"""Children of each structure, in the order of ECMA-376."""
ORDER = {
    "naryPr": ["chr", "limLoc", "subHide", "supHide"],
    "groupChrPr": ["chr", "pos", "vertJc"],
    "dPr": ["begChr", "sepChr", "endChr"],
}


def read_back(latex: str, folder: Path) -> etree._Element:
    """The equation out of a document that was saved and opened again."""
    document = Document()
    document.add_paragraph()._p.append(etree.fromstring(omml(latex)))
    document.save(folder / "equation.docx")
    paragraph = Document(folder / "equation.docx").paragraphs[0]._p
    (found,) = paragraph.iter(f"{M}oMath")
    return found


def names(element: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in element]


@pytest.mark.parametrize("latex", ALL)
def test_every_structure_is_as_the_standard_has_it(latex: str, tmp_path: Path) -> None:
    for element in read_back(latex, tmp_path).iter():
        name = etree.QName(element).localname
        if name in CONTENT:
            found = names(element)
            expected = [each.rstrip("?") for each in CONTENT[name] if not each.endswith("?") or each[:-1] in found]
            assert found == expected
        if name in ORDER:
            assert names(element) == [each for each in ORDER[name] if each in names(element)]
        if name == "r":
            assert names(element)[-1] == "t"
            assert element[-1].text


def structure(element: etree._Element) -> str:
    """What a small reader of our own makes of an equation, for comparison."""
    name = etree.QName(element).localname
    inside = "".join(structure(child) for child in element if not etree.QName(child).localname.endswith("Pr"))
    return element.text if name == "t" else inside if name in ("r", "oMath", "e", "num", "den") else f"{name}[{inside}]"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"x=\frac{a}{b}", "x=f[ab]"),
        (r"x_1^2", "sSubSup[xsub[1]sup[2]]"),
        (r"\sum_{i=1}^n i = 6", "nary[sub[i=1]sup[n]i]=6"),
        (r"\sin x + 1", "func[fName[sin]x]+1"),
        (r"\lim_{x\to 0} y", "func[fName[limLow[limlim[x→0]]]y]"),
        (r"\sqrt{x}", "rad[deg[]x]"),
        (r"\left(\frac{a}{b}\right)", "d[f[ab]]"),
        (r"\begin{pmatrix}a&b\end{pmatrix}", "d[m[mr[ab]]]"),
        (r"\begin{aligned}a&=b\\&=c\end{aligned}", "eqArr[a&=b&=c]"),
        (r"\overline{ab}", "bar[ab]"),
        (r"\hat{a}", "acc[a]"),
        (r"a,\quad\text{if } b", "a,\u2003if b"),
        (r"\int f\,dx\! y", "nary[sub[]sup[]f\u2009dxy]"),
        (r"\sin\, x", "func[fName[sin]x]"),
    ],
)
def test_word_gets_the_structure_of_the_formula(latex: str, expected: str, tmp_path: Path) -> None:
    assert structure(read_back(latex, tmp_path)) == expected


def test_upright_letters_are_marked_and_slanted_ones_are_not(tmp_path: Path) -> None:
    runs = read_back(r"x \mathrm{d} \text{if}", tmp_path)
    marks = [names(run[0]) if etree.QName(run[0]).localname == "rPr" else [] for run in runs]
    assert marks == [[], ["sty"], ["nor"]]


def test_the_clipboard_has_the_equation_where_word_looks_for_it() -> None:
    # WHEN
    page = word_html(r"\frac{a}{b}", "<i>plain</i>")

    # THEN the equation stands between the marks that other programs skip, in the namespace of HTML
    inside = re.search(r"<!--StartFragment--><!--\[if gte msEquation 12\]>(.*)<!\[endif\]-->", page)
    assert inside
    equation = etree.fromstring(inside[1].split("<![endif]-->")[0])
    assert equation.tag == f"{{{CLIPBOARD}}}oMathPara"
    assert NAMESPACE not in page
    assert "<i>plain</i>" in page
