"""Figures painted fast enough to follow a click: frames are drawn once, then only what is coloured.

Matplotlib draws everything; a frame (axes, ticks, numbers) is kept as pixels and what a theme colours is drawn over it.
Other eyes are computed on the finished pixels. A gallery may be used from any one thread at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

from app.palette.colour import BLACK, WHITE, to_rgb
from app.palette.figures.artists import DRAWERS, own
from app.palette.figures.data import CLASSES, FIGURES, GROUPS, Table
from app.palette.theme import Theme
from app.palette.vision import Model, Vision, simulate_pixels

OWN: Final = "own"
"""Key of the user's own figure."""
_DPI: Final = 100
_TEXT: Final = 7.0
"""Points."""
_LIMITS: Final[Mapping[str, tuple[float, float, float, float]]] = {
    "line": (0, 25, 0, 1.35),
    "scatter": (-5.2, 5.2, -5.2, 5.2),
    "bar": (-0.55, 3.55, 0, 1.05),
    "heatmap": (-0.5, 59.5, -0.5, 43.5),
    "contour": (0, 59, 0, 43),
    "choropleth": (-0.02, 1.02, -0.02, 1.02),
    "confusion": (-0.5, CLASSES - 0.5, CLASSES - 0.5, -0.5),
    "map": (-0.02, 1.02, -0.02, 1.02),
}
"""Figure to the ends of its axes: left, right, bottom, top."""
_MAPS: Final = frozenset({"choropleth", "map"})
_LOOKS: Final = frozenset(
    ("axes", "font", "grid", "hatch", "lines", "mathtext", "patch", "scatter", "text", "xtick", "ytick")
)
"""First words of the settings that a style may change here."""
_PAPER: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("figure.facecolor", "axes.facecolor"), WHITE),
    **dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), BLACK),
    "text.usetex": False,
}
"""Settings of frames: black on white, and without LaTeX, which would have to be started."""
_CHINESE: Final = (
    *("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "Heiti SC", "WenQuanYi Micro Hei"),
    "SimHei",
)
"""Fonts with Chinese characters on Linux, Windows and macOS."""
_KEY_ROOM: Final = 0.25
"""Room above the user's own lines for the key to them, as a share of their extent."""
_MARGIN: Final = 0.06
"""Room around the user's own data, as a share of its extent."""


@dataclass(frozen=True)
class PaintedFigure:
    """One figure as pixels."""

    key: str
    title: str
    """A marked text."""
    pixels: npt.NDArray[np.uint8]
    """(height, width, 4): red, green, blue, 255."""


class Gallery:
    """The sample figures, and the user's own one when there is a `table`.

    `width` and `height` are those of each figure in logical pixels, `scale` is device pixels to each. `style` are
    settings of matplotlib that the figures are drawn with.
    """

    def __init__(
        self,
        width: int = 320,
        height: int = 230,
        scale: float = 1.0,
        *,
        table: Table | None = None,
        style: Mapping[str, Any] | None = None,
    ) -> None:
        self._inches = width / _DPI, height / _DPI
        self._dpi = _DPI * scale
        self._table = table
        looks = {key: value for key, value in (style or {}).items() if _is_look(key)}
        sizes = dict.fromkeys(("font.size", "xtick.labelsize", "ytick.labelsize"), _TEXT)
        families = [*looks.get("font.family", ["sans-serif"]), *_chinese_font()]
        self._settings = {**sizes, **looks, **_PAPER, "font.family": families}
        self._frames: dict[str, _Frame] = {}
        self._painted: tuple[Theme, dict[str, npt.NDArray[np.uint8]]] | None = None

    @property
    def titles(self) -> Mapping[str, str]:
        """Key to marked or own title of each figure, in order."""
        return FIGURES if self._table is None else {OWN: self._table.title, **FIGURES}

    def paint(
        self,
        theme: Theme,
        vision: Vision = Vision.NORMAL,
        severity: float = 1.0,
        model: Model = Model.MACHADO,
        keys: Sequence[str] | None = None,
    ) -> list[PaintedFigure]:
        """Return the figures called `keys`, all of them if None, as some readers see them."""
        if self._painted is None or self._painted[0] != theme:
            self._painted = theme, {}
        pixels = self._painted[1]
        for key in (wanted := list(keys or self.titles)):
            if key not in pixels:
                pixels[key] = self._drawn(key, theme)
        return [
            PaintedFigure(key, self.titles[key], simulate_pixels(pixels[key], vision, severity, model))
            for key in wanted
        ]

    def _drawn(self, key: str, theme: Theme) -> npt.NDArray[np.uint8]:
        with mpl.rc_context(self._settings):
            if key not in self._frames:
                figure = Figure(self._inches, self._dpi)
                self._frames[key] = _Frame(figure, key, self._table)
            return self._frames[key].paint(theme)


@cache
def _chinese_font() -> tuple[str, ...]:
    """Return a font of this machine with Chinese characters, for names that have some; nothing where there is none."""
    installed = {font.name for font in fontManager.ttflist}
    return tuple(name for name in _CHINESE if name in installed)[:1]


def _is_look(key: str) -> bool:
    """Tell whether a setting of a style is about looks, and not about colours; but for those of the grid."""
    is_colour = key.endswith("color") or key == "axes.prop_cycle"
    return key.partition(".")[0] in _LOOKS and (not is_colour or key == "grid.color")


class _Frame:
    """The part of one figure that does not depend on colours, and what was last drawn over it.

    It is drawn in black on white; for another ground and ink its greys are mixed anew, which shows edges of letters as
    matplotlib would draw them.
    """

    def __init__(self, figure: Figure, key: str, table: Table | None) -> None:
        self._canvas = FigureCanvasAgg(figure)
        self._axes = figure.add_axes((0, 0, 1, 1) if key in _MAPS else (0.11, 0.12, 0.86, 0.84))
        self._draw = DRAWERS[key](self._axes) if key in DRAWERS else own(self._axes, _given(table))
        left, right, bottom, top = _LIMITS[key] if key in _LIMITS else _extent(_given(table))
        self._axes.set(xlim=(left, right), ylim=(bottom, top), autoscale_on=False)
        self._prepare(key, table)
        self._canvas.draw()
        self._canvas_pixels: npt.NDArray[np.uint8] = np.asarray(self._canvas.buffer_rgba())
        self._white = self._canvas_pixels.copy()
        self._artists: list[Any] = []

    def _prepare(self, key: str, table: Table | None) -> None:
        """Set up what is around the data."""
        if key in _MAPS:
            self._axes.set_axis_off()
            self._axes.set_aspect("auto")
        elif key == "confusion":
            self._axes.set(xticks=range(CLASSES), yticks=range(CLASSES))
        elif key == "bar":
            self._axes.set_xticks(range(GROUPS))
        elif key == OWN and table is not None and table.labels:
            self._axes.set_xticks(range(len(table.labels)), table.labels)

    def paint(self, theme: Theme) -> npt.NDArray[np.uint8]:
        """Return the pixels (height, width, 4) of the figure in the colours of a theme."""
        for artist in self._artists:
            artist.remove()
        self._artists = self._draw(theme)
        self._canvas_pixels[:] = self._ground(theme)
        for artist in sorted(self._artists, key=lambda artist: float(artist.get_zorder())):
            self._axes.draw_artist(artist)
        return self._canvas_pixels.copy()

    def _ground(self, theme: Theme) -> npt.NDArray[np.uint8]:
        """Return the frame in the ink of a theme on its background."""
        if theme.background == WHITE:
            return self._white
        ink, ground = to_rgb([theme.foreground, theme.background])
        mixed = np.linspace(ink, ground, 256)
        levels = np.rint(255 * np.column_stack([mixed, np.ones(256)])).astype(np.uint8)
        shown: npt.NDArray[np.uint8] = levels[self._white[..., :3].mean(axis=-1).astype(np.uint8)]
        return shown


def _given(table: Table | None) -> Table:
    """Return the user's table, which is there when its figure is asked for."""
    if table is None:
        raise KeyError(OWN)
    return table


def _extent(table: Table) -> tuple[float, float, float, float]:
    """Return the ends of the axes that show all of the user's data."""
    if table.kind == "heatmap":
        return -0.5, len(table.series[0].y) - 0.5, -0.5, len(table.series) - 0.5
    x, y = (np.concatenate([getattr(each, name) for each in table.series]) for name in ("x", "y"))
    lowest, highest = float(np.nanmin(y)), float(np.nanmax(y))
    if table.kind == "bar":
        return -0.6, len(table.labels) - 0.4, min(lowest, 0.0), max(highest, 0.0) * (1 + _MARGIN) or 1.0
    left, right = float(np.nanmin(x)), float(np.nanmax(x))
    aside, above = _MARGIN * (right - left or 1), _MARGIN * (highest - lowest or 1)
    key = _KEY_ROOM * (highest - lowest or 1) if table.kind == "line" else 0.0
    return left - aside, right + aside, lowest - above, highest + above + key
