from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from app.core.errors import InputError
from app.formula.training.__main__ import main
from app.formula.training.browser import FONTS, pages
from app.formula.training.draw import opened

# MathJax itself is downloaded only to train; this one has its interface and draws a box for every formula.
MATHJAX = """
const box = (width) => `<svg style="" xmlns="http://www.w3.org/2000/svg" width="2ex" height="1ex"
  viewBox="0 -700 ${width} 700"><rect fill="currentColor" x="0" y="-700" width="${width}" height="700"/></svg>`;
exports.init = async (options) => {
  if (!options.output.font.startsWith("mathjax-")) throw Error("no such font");
  return {
    tex2svgPromise: async (latex) => {
      if (latex.includes("bad")) throw Error("cannot parse");
      return latex.includes("?") ? "<svg viewBox='0 0 1 1'><text>?</text></svg>" : box(500 * (latex === "x+y" ? 3 : 1));
    },
    startup: { adaptor: { tags: (container) => [container], serializeXML: (svg) => svg } },
  };
};
"""


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    folder = tmp_path / "node_modules" / "mathjax"
    folder.mkdir(parents=True)
    (folder / "index.js").write_text(MATHJAX)
    return folder.parent


def test_pages_have_the_size_of_their_formulas(modules: Path, tmp_path: Path) -> None:
    # GIVEN formulas, one that MathJax refuses and one with a letter that its font lacks
    formulas = tmp_path / "formulas.txt"
    formulas.write_text("a\nx + y\n\\bad a\na ?\n")
    # WHEN they are laid out as in a browser
    arguments = ["layouts", str(formulas), str(tmp_path / "out"), "--font", "mathjax-stix2", "--modules", str(modules)]
    done = CliRunner().invoke(main, arguments)
    # THEN the others have pages of 10 points to the em with a margin, and no boxes
    assert done.exit_code == 0, done.output
    assert "2 of 4" in done.output
    with opened(next((tmp_path / "out").glob("*.pdf")).with_suffix("")) as shard:
        assert len(shard) == 2
        widths = sorted(page.get_size() for page in shard.document)
        assert widths == [pytest.approx((9, 11), abs=0.02), pytest.approx((19, 11), abs=0.02)]
        assert np.isnan(shard.boxes).all()
        scene = shard.draw(0, 20.0, np.random.default_rng(1))
        assert scene.ink.max() > 0.9
        assert scene.ink[0].max() < 0.1


def test_what_is_missing_is_named(modules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="cannot set"):
        pages([r"\bad"], "mathjax-stix2", tmp_path / "out.pdf", modules)
    with pytest.raises(InputError, match="MathJax fails: no such font"):
        pages(["a"], "another", tmp_path / "out.pdf", modules)
    with pytest.raises(InputError, match="MathJax fails"):
        pages(["a"], "mathjax-stix2", tmp_path / "out.pdf", tmp_path / "nowhere")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="install Node"):
        pages(["a"], "mathjax-stix2", tmp_path / "out.pdf", modules)


def test_snips_are_formulas_on_paper_of_a_browser(modules: Path, tmp_path: Path) -> None:
    # GIVEN formulas and a browser that can be run without a window
    formulas = tmp_path / "formulas.txt"
    formulas.write_text("x + y\n" * 40)
    # WHEN twenty of them are cut out of its window
    done = CliRunner().invoke(
        main, ["snips", str(formulas), str(tmp_path / "out"), "--modules", str(modules), "--count", "20"]
    )
    # THEN there is a picture with a label for each, in dark ink on light paper or the other way round
    assert done.exit_code == 0, done.output
    labels = [json.loads(line) for line in (tmp_path / "out" / "labels.jsonl").read_text().splitlines()]
    assert len(labels) == 20
    assert {label["font"] for label in labels} == set(FONTS)
    for label in labels:
        assert label["latex"] == "x+y"
        with Image.open(tmp_path / "out" / label["image"]) as picture:
            pixels = np.asarray(picture.convert("L")).astype(int)
        paper, ink = pixels[0, 0], pixels[pixels.shape[0] // 2, pixels.shape[1] // 2]
        assert abs(paper - ink) > 60
        assert 16 * 1.5 < pixels.shape[1] < 40 * 1.5 + 30
