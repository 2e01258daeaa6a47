"""The corpora that the shipped index is counted from, and what each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.collocation.build.documents import Document
from app.collocation.facets import FROM_2023, TO_2022
from app.core.errors import InputError
from app.core.i18n import tr


@dataclass(frozen=True)
class Corpus:
    """One file of English academic prose, a paragraph or an abstract a line."""

    name: str
    field: str
    period: str
    title: str
    licence: str
    quotable: bool = False


_MIXED: Final = "mixed; counts only"
_NONE: Final = "none stated; counts only"

CORPORA: Final = (
    Corpus("openstax_textbooks_ccby", "textbooks", TO_2022, "OpenStax textbooks", "CC BY 4.0 / 3.0", quotable=True),
    Corpus("d2l_en", "textbooks", TO_2022, "Dive into Deep Learning", "CC BY-SA 4.0", quotable=True),
    Corpus("arxiv_abs_pre2023_math", "math", TO_2022, "arXiv abstracts", "CC0", quotable=True),
    Corpus("arxiv_abs_pre2023_physics", "physics", TO_2022, "arXiv abstracts", "CC0", quotable=True),
    Corpus("arxiv_abs_pre2023_cs", "cs", TO_2022, "arXiv abstracts", "CC0", quotable=True),
    Corpus("acl_abs_2016to2022", "cs", TO_2022, "ACL Anthology abstracts", "CC BY 4.0", quotable=True),
    Corpus("acl_abs_pre2016", "cs", TO_2022, "ACL Anthology abstracts", "CC BY-NC-SA 3.0; counts only"),
    Corpus("confabs_paperlists_pre2023", "cs", TO_2022, "abstracts of machine learning conferences", _NONE),
    Corpus("pmc_rct_fulltext_ccby", "life", TO_2022, "PubMed Central, clinical trials", "CC BY / CC0", quotable=True),
    Corpus("epmc_plantsci_fulltext_ccby", "life", TO_2022, "Europe PMC, biology", "CC BY / CC0", quotable=True),
    Corpus("epmc_misc_fulltext_ccby", "life", TO_2022, "Europe PMC, biomedicine", "CC BY / CC0", quotable=True),
    Corpus("elsevier_oa_stm", "physics", TO_2022, "Elsevier open-access articles", "CC BY", quotable=True),
    Corpus("scisummnet_acl_fulltext", "cs", TO_2022, "ACL Anthology full texts", _MIXED),
    Corpus("keyphrase_datasets_liaad", "cs", TO_2022, "keyphrase extraction data sets", _NONE),
    Corpus("scitldr_hoc_misc", "cs", TO_2022, "SciTLDR and Hallmarks of Cancer", _MIXED),
    Corpus("acl_abs_2023on", "cs", FROM_2023, "ACL Anthology abstracts", "CC BY 4.0", quotable=True),
    Corpus("confabs_paperlists_2023on", "cs", FROM_2023, "abstracts of machine learning conferences", _NONE),
    Corpus("arxiv_abs_2023on_physics", "physics", FROM_2023, "arXiv abstracts", "CC0", quotable=True),
    Corpus("arxiv_abs_2023on_math", "math", FROM_2023, "arXiv abstracts", "CC0", quotable=True),
    Corpus("arxiv_abs_2023on_cs_sample", "cs", FROM_2023, "arXiv abstracts", "CC0", quotable=True),
)
"""Where a text is in two of them, the first one keeps it: those whose sentences may be shown come first."""


def academic_documents(folder: Path) -> list[Document]:
    """Return the documents of the corpora in `folder`. Raises `InputError` when one is missing."""
    documents = []
    for corpus in sorted(CORPORA, key=lambda each: not each.quotable):
        path = folder / f"{corpus.name}.txt.gz"
        if not path.is_file():
            raise InputError(tr("There is no file {path}.", path=path))
        documents.append(
            Document(path, corpus.field, corpus.period, corpus.title, corpus.licence, quotable=corpus.quotable)
        )
    return documents
