"""What a form says of a formula that it has no words for."""

from __future__ import annotations

from app.core.errors import InputError
from app.core.i18n import tr


class FormError(InputError):
    """A form cannot express a formula, or the LaTeX is none that can be read."""


def inexpressible(form: str, part: str) -> FormError:
    """Return the error for a formula with `part` in it, which `form` (a title, translated) has no words for."""
    return FormError(tr("{form} cannot express “{part}”. Copy the formula as LaTeX.", form=form, part=part))
