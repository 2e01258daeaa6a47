from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from docx import Document as WordDocument

from app.collocation.build.documents import Document, Passage
from app.collocation.build.papers import papers
from app.collocation.build.readers import read_document
from app.core.errors import InputError
from tests.collocation.pdf_files import pdf


def read(path: Path) -> list[Passage]:
    return list(read_document(Document(path, "mine")))


def texts(path: Path) -> list[str]:
    return [passage.text for passage in read(path)]


def test_plain_text_and_gzip_are_read_line_by_line(tmp_path: Path) -> None:
    # GIVEN a text with a byte that is not UTF-8
    plain, packed = tmp_path / "a.txt", tmp_path / "a.txt.gz"
    plain.write_bytes("one naïve\ntwo".encode() + b"\xff\n")
    packed.write_bytes(gzip.compress(plain.read_bytes()))

    # WHEN / THEN
    assert texts(plain) == texts(packed) == ["one naïve\n", "two\ufffd\n"]


def test_the_head_of_an_arxiv_listing_is_no_text(tmp_path: Path) -> None:
    # GIVEN
    path = tmp_path / "a.txt"
    path.write_text(
        "A title Jane Doe Cosmology (gr-qc); Physics (hep-th) We show a result (in cs) here.\nWe (stat) do.\n"
    )

    # WHEN / THEN
    assert texts(path) == ["We show a result (in cs) here.\n", "We (stat) do.\n"]


def test_pdf_has_paragraphs_and_no_references(tmp_path: Path) -> None:
    # GIVEN a word that is divided at the end of a line
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(["We show an impor-", "tant result.", "References", "Someone, a paper."], date="20210304"))

    # WHEN / THEN
    assert read(path) == [Passage("We show an important result.", 2021)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (pdf([]), "scanned"),
        (pdf(["secret"], encrypted=True), "encrypted"),
        (b"%PDF-1.4 nothing", "not a PDF, or a broken one"),
        (b"", "not a PDF, or a broken one"),
    ],
)
def test_a_pdf_without_text_says_why(tmp_path: Path, content: bytes, says: str) -> None:
    # GIVEN
    path = tmp_path / "a.pdf"
    path.write_bytes(content)

    # WHEN / THEN
    with pytest.raises(InputError, match=says):
        read(path)


def test_tex_loses_macros_comments_and_formulas(tmp_path: Path) -> None:
    # GIVEN
    path = tmp_path / "a.tex"
    path.write_text(
        r"""\documentclass{article} \newcommand{\x}{y}
        \begin{document} % a comment
        We show that $x^2$ plays an \emph{important} role~\cite{a}, as \(y\) does.
        \begin{equation} E = mc^2 \end{equation}
        It is na\"ive.

        The end.
        \end{document} after"""
    )

    # WHEN
    text = texts(path)

    # THEN nothing that was apart in the text has come together
    assert text == ["We show that # plays an important role # , as # does. # It is naïve.", "The end."]


def test_tex_of_any_kind_is_read_or_refused(tmp_path: Path) -> None:
    # GIVEN
    path = tmp_path / "a.tex"
    path.write_text(r"\begin{document} An open { brace and \textbf{more $x text \end{itemize}")

    # WHEN / THEN
    try:
        assert any("open" in text for text in texts(path))
    except InputError as error:
        assert "cannot be read as TeX" in str(error)


def test_word_documents_have_paragraphs_and_tables(tmp_path: Path) -> None:
    # GIVEN
    path = tmp_path / "a.docx"
    document = WordDocument()
    document.add_paragraph("We show a result.")
    document.add_table(1, 1).cell(0, 0).text = "In a table."
    document.save(str(path))

    # WHEN / THEN
    assert texts(path) == ["We show a result.", "In a table."]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"text"])
def test_a_broken_word_document_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(InputError, match="not a Word document"):
        read(path)


def test_bibtex_has_abstracts_with_years(tmp_path: Path) -> None:
    # GIVEN
    path = tmp_path / "a.bib"
    path.write_text(
        "@article{a, title={T}, year={2021}, abstract={We {show} an\n  \\emph{old} result of $x$.}}\n"
        "@misc{b, date={2024-05-01}, ABSTRACT={A new one.}}\n@book{c, title={No abstract}}\n"
    )

    # WHEN / THEN
    assert read(path) == [Passage("We show an old result of .", 2021), Passage("A new one.", 2024)]


def test_a_bibliography_without_abstracts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text("@book{c, title={T}}")
    with pytest.raises(InputError, match="no abstracts"):
        read(path)


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a kind of file"):
        read(tmp_path / "a.png")


def test_papers_are_found_in_folders_and_in_zotero(tmp_path: Path) -> None:
    # GIVEN a storage folder of Zotero, where one document has its text beside it
    for name in ("b/a.pdf", "b/.zotero-ft-cache", "c/d.pdf", "c/picture.png", ".hidden/e.txt", "notes.TXT"):
        path = tmp_path / "storage" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("We show a result.")

    # WHEN
    found = papers([tmp_path / "storage", tmp_path / "storage" / "notes.TXT"])

    # THEN each is there once
    names = [each.path.relative_to(tmp_path / "storage").as_posix() for each in found]
    assert sorted(names) == ["b/.zotero-ft-cache", "c/d.pdf", "notes.TXT"]
    assert texts(tmp_path / "storage" / "b" / ".zotero-ft-cache") == ["We show a result."]


def test_missing_and_empty_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file or folder"):
        papers([tmp_path / "nowhere"])
    with pytest.raises(InputError, match="no papers"):
        papers([tmp_path])
