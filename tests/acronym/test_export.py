from __future__ import annotations

import pytest

from app.acronym.export import EXPORTS, command_name, plain_title

TITLE = "Fast/Efficient [Graph] nets? for deep~learning"


def test_every_form() -> None:
    converted = {key: export.convert("R-Net_2", TITLE) for key, export in EXPORTS.items()}
    assert converted == {
        "title": "R-Net_2: Fast Graph nets for deep~learning",
        "macro": r"\newcommand{\rnetTwo}{\textsc{R-Net\_2}\xspace}",
        "acrodef": r"\acrodef{rnetTwo}[R-Net\_2]{Fast Graph nets for deep~learning}",
        "name": "R-Net_2",
    }


@pytest.mark.parametrize(("name", "command"), [("T5", "tFive"), ("ÉTÉ", "ete"), ("3DGS", "Threedgs")])
def test_commands_are_made_of_letters(name: str, command: str) -> None:
    assert command_name(name) == command


def test_a_question_stays_a_question_and_an_escaped_slash_a_slash() -> None:
    assert plain_title(r"TCP\/IP is all you need?") == r"TCP\/IP is all you need?"
