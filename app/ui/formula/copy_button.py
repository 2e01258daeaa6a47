"""The button that copies the formula, with a menu of its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.core.i18n import mark, tr
from app.formula.copying import FORMS
from app.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

TOLD_MS: Final = 2000
PLAIN: Final = "latex"
COPY: Final = mark("Copy")
COPIED: Final = {
    "latex": mark("LaTeX copied"),
    "inline": mark("$…$ copied"),
    "parentheses": mark("\\(…\\) copied"),
    "display": mark("\\[…\\] copied"),
    "equation": mark("Equation copied"),
    "align": mark("Lines copied"),
    "markdown": mark("Markdown copied"),
    "word": mark("Copied for Word"),
    "mathml": mark("MathML copied"),
    "typst": mark("Typst copied"),
    "asciimath": mark("AsciiMath copied"),
    "sympy": mark("SymPy copied"),
    "unicode": mark("Text copied"),
    "svg": mark("SVG copied"),
    "png": mark("PNG copied"),
}
"""Key of `FORMS` to what is said for two seconds."""
GROUPS: Final = (
    ("latex", "inline", "parentheses", "display", "equation", "align"),
    ("markdown", "word", "mathml", "typst", "asciimath"),
    ("sympy", "unicode"),
    ("svg", "png"),
)
"""The menu: for LaTeX, for other documents, for programs, pictures."""


class CopyButton(QToolButton):
    """Copies in the usual form at a click; the arrow at its right opens the other forms.

    Args:
        action: copies in the usual form.
        forms: key of `FORMS` to the action that copies in that form.
        parent: the owner.

    """

    def __init__(self, action: QAction, forms: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self._told = ""
        self.setObjectName("copyButton")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._forms = forms
        menu = QMenu(self)
        for group in GROUPS:
            menu.addActions([forms[form] for form in group])
            menu.addSeparator()
        self.setMenu(menu)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._show)
        self._timer = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._timer.timeout.connect(self._forget)
        self.retranslate()

    @property
    def says_copied(self) -> bool:
        """Whether the button is telling that something was copied."""
        return bool(self._told)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self._show()
        self.updateGeometry()

    def mark_usual(self, form: str) -> None:
        """Show in the menu in which form a click copies."""
        for each, action in self._forms.items():
            font = action.font()
            font.setBold(each == form)
            action.setFont(font)

    def tell(self, form: str) -> None:
        """Say for two seconds that the formula was copied in this form."""
        self._told = COPIED[form]
        self._timer.start()
        self._show()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the longest of the texts, so that nothing jumps when it changes."""
        hint = super().sizeHint()
        shown = self.fontMetrics().horizontalAdvance(self.text())
        longest = max(self.fontMetrics().horizontalAdvance(tr(text)) for text in (COPY, *COPIED.values()))
        return QSize(hint.width() - shown + longest, hint.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same: the texts are short."""
        return self.sizeHint()

    def _forget(self) -> None:
        """Say "Copy" again."""
        self._told = ""
        self._show()

    def _show(self) -> None:
        """Show the present text, icon and state."""
        self.setText(tr(self._told or COPY))
        self.setIcon(icon("check" if self._told else "copy"))
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(tr(self._told or COPY))


def usual_form(value: str) -> str:
    """Return `value` if it is a key of `FORMS`, else plain LaTeX."""
    return value if value in FORMS else PLAIN
