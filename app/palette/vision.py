"""How other eyes see colours: three kinds of colour vision deficiency by three published models, and grey print."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from app.core.i18n import mark, tr
from app.palette import machado
from app.palette.colour import LUMINANCE, Floats, from_linear, to_linear

AnyFloat = TypeVar("AnyFloat", np.float32, np.float64)


class Vision(Enum):
    """Who looks at the colours."""

    NORMAL = "normal"
    PROTAN = "protan"
    DEUTAN = "deutan"
    TRITAN = "tritan"
    GREY = "grey"
    """A print or copy without colour."""

    @property
    def title(self) -> str:
        """What to call it, in the user's language."""
        return tr(_TITLES[self])


class Model(Enum):
    """A published way to compute what a colour-blind reader sees."""

    MACHADO = "machado"
    """Machado, Oliveira and Fernandes, 2009: from anomaly to dichromacy."""
    BRETTEL = "brettel"
    """Brettel, Vienot and Mollon, 1997: dichromats, and the most exact for tritans."""
    VIENOT = "vienot"
    """Vienot, Brettel and Mollon, 1999: dichromats, with one plane; not meant for tritans."""

    @property
    def title(self) -> str:
        """The authors' names."""
        return {"machado": "Machado", "brettel": "Brettel", "vienot": "Viénot"}[self.value]


_TITLES: Final = {
    Vision.NORMAL: mark("Normal vision"),
    Vision.PROTAN: mark("Protan (red-blind)"),
    Vision.DEUTAN: mark("Deutan (green-blind)"),
    Vision.TRITAN: mark("Tritan (blue-blind)"),
    Vision.GREY: mark("Grey print"),
}
DEFICIENCIES: Final = (Vision.PROTAN, Vision.DEUTAN, Vision.TRITAN)

_LMS: Final = np.array(
    [[0.178824, 0.435161, 0.0411935], [0.0345565, 0.271554, 0.0386714], [0.000299566, 0.00184309, 0.0146709]]
)
"""Linear sRGB to the cones of Smith and Pokorny (Vienot, Brettel and Mollon, 1999, divided by 100)."""
_FROM_LMS: Final = np.linalg.inv(_LMS)
_JUDD_TO_LMS: Final = np.array([[0.15514, 0.54312, -0.03286], [-0.15514, 0.45684, 0.03286], [0.0, 0.0, 0.01608]])
"""XYZ of Judd and Vos to the same cones (Smith and Pokorny, 1975)."""
_ANCHORS: Final = {
    Vision.PROTAN: ((0.13287, 0.11284, 0.9422), (0.84394, 0.91558, 0.00197)),
    Vision.DEUTAN: ((0.13287, 0.11284, 0.9422), (0.84394, 0.91558, 0.00197)),
    Vision.TRITAN: ((0.05699, 0.16987, 0.5864), (0.16161, 0.061, 0.00001)),
}
"""Lights that dichromats see as everybody does: 475 and 575 nm, 485 and 660 nm (XYZ of Judd and Vos, 1978)."""
_PRIMARIES: Final = {
    Vision.PROTAN: ((0.0, 0.0, 1.0), (1.0, 1.0, 0.0)),
    Vision.DEUTAN: ((0.0, 0.0, 1.0), (1.0, 1.0, 0.0)),
    Vision.TRITAN: ((1.0, 0.0, 0.0), (0.0, 1.0, 1.0)),
}
"""Colours of the screen, linear sRGB, that the single plane goes through."""


def simulate(
    rgb: Floats, vision: Vision, severity: float = 1.0, model: Model = Model.MACHADO, *, clip: bool = True
) -> Floats:
    """Return sRGB values (..., 3) as `vision` sees them.

    `severity` is 0 (normal) to 1 (dichromacy) and has no effect on normal vision and grey print. Without `clip` colours
    that no screen shows are kept, outside 0 to 1.
    """
    if vision is Vision.NORMAL:
        return rgb
    seen = simulate_linear(to_linear(rgb), vision, severity, model)
    return from_linear(np.clip(seen, 0, 1) if clip else seen)


def simulate_linear(
    linear: npt.NDArray[AnyFloat], vision: Vision, severity: float = 1.0, model: Model = Model.MACHADO
) -> npt.NDArray[AnyFloat]:
    """Return linear sRGB (..., 3), of either precision, as `vision` sees it, not clipped; see `simulate`."""
    if vision is Vision.NORMAL:
        return linear
    first, second, side = matrices(vision, severity, model)
    seen = linear @ first.T.astype(linear.dtype)
    if second is None:
        return seen
    return np.where((linear @ side.astype(linear.dtype) > 0)[..., None], seen, linear @ second.T.astype(linear.dtype))


@cache
def matrices(vision: Vision, severity: float, model: Model) -> tuple[Floats, Floats | None, Floats]:
    """Return the matrix for linear sRGB, a second one where there are two half planes, and what tells them apart.

    The first is for colours whose product with the third part is positive.
    """
    if vision is Vision.GREY:
        return np.tile(LUMINANCE, (3, 1)), None, LUMINANCE
    if model is Model.MACHADO:
        return _interpolated(machado.TABLE[DEFICIENCIES.index(vision)], severity), None, LUMINANCE
    missing = DEFICIENCIES.index(vision)
    if model is Model.VIENOT:
        blue, yellow = (_LMS @ light for light in _PRIMARIES[vision])
        return _anomalous(_projection(missing, blue, yellow), severity), None, LUMINANCE
    white = _LMS.sum(axis=1)
    first, second = (_JUDD_TO_LMS @ light for light in _ANCHORS[vision])
    border = np.cross(white, np.eye(3)[missing])
    planes = [_anomalous(_projection(missing, white, anchor), severity) for anchor in (first, second)]
    return planes[0], planes[1], np.sign(border @ first) * border @ _LMS


def _interpolated(table: Floats, severity: float) -> Floats:
    """Return the matrix between the two nearest severities of a table (11, 3, 3)."""
    place = severity * (len(table) - 1)
    lower = min(int(place), len(table) - 2)
    return np.asarray(table[lower] + (place - lower) * (table[lower + 1] - table[lower]))


def _projection(missing: int, first: Floats, second: Floats) -> Floats:
    """Return the matrix, linear sRGB to linear sRGB, that moves colours along one cone to the plane of two colours."""
    normal = np.cross(first, second)
    replace = np.eye(3)
    replace[missing] = -normal / normal[missing]
    replace[missing, missing] = 0
    return np.asarray(_FROM_LMS @ replace @ _LMS)


def _anomalous(dichromat: Floats, severity: float) -> Floats:
    return np.asarray(severity * dichromat + (1 - severity) * np.eye(3))


def simulate_pixels(
    pixels: npt.NDArray[np.uint8], vision: Vision, severity: float = 1.0, model: Model = Model.MACHADO
) -> npt.NDArray[np.uint8]:
    """Return a picture (height, width, 3 or 4) as `vision` sees it; a fourth channel stays as it is."""
    if vision is Vision.NORMAL:
        return pixels
    seen = simulate_linear(_LINEAR[pixels[..., :3]], vision, severity, model)
    shown = pixels.copy()
    shown[..., :3] = _LEVELS[(np.clip(seen, 0, 1) * (len(_LEVELS) - 1) + 0.5).astype(np.uint16)]
    return shown


_LINEAR: Final = to_linear(np.arange(256) / 255).astype(np.float32)
"""Linear light of each level of a channel."""
_LEVELS: Final = np.rint(255 * from_linear(np.linspace(0, 1, 2**14))).astype(np.uint8)
"""Levels of a channel by linear light: fine enough that every level comes back as itself."""
