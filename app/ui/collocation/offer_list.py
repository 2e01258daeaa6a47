"""What to look up instead, as buttons one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.core.i18n import tr

if TYPE_CHECKING:
    from app.ui.collocation.asking import Offer, Offers
    from app.ui.theme import Theme


class OfferList(QWidget):
    """Hidden while nothing is offered."""

    chosen = Signal(object)
    """The `Offer` that the user took."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._offers: Offers | None = None
        self.caption = QLabel()
        self.caption.setWordWrap(True)
        self.caption.setProperty("tone", "muted")
        self.buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space(2))
        self._column.addWidget(self.caption)
        self.setVisible(False)

    def show_offers(self, offers: Offers | None) -> None:
        """Show other offers; without rows only that nothing was found, if that is so."""
        self._offers = offers
        for button in self.buttons:
            button.deleteLater()
        self.buttons = [self._button(row) for row in offers.rows] if offers else []
        self.setVisible(offers is not None and (offers.nothing_found or bool(offers.rows)))
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        offers = self._offers
        if offers is None:
            return
        if not offers.nothing_found:
            self.caption.setText(tr("Written more often:"))
        elif offers.rows:
            self.caption.setText(tr("Nothing found. The nearest that is written:"))
        else:
            self.caption.setText(tr("Nothing found, and nothing near it. Try fewer words, or _ for one of them."))
        for button, row in zip(self.buttons, offers.rows, strict=True):
            button.setText(_label(row))
            button.setAccessibleName(tr("Look up {query}", query=row.text))

    def _button(self, row: Offer) -> QPushButton:
        button = QPushButton()
        button.setProperty("kind", "link")
        button.clicked.connect(lambda: self.chosen.emit(row))
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button


def _label(row: Offer) -> str:
    count = f"{row.count:,}"
    text = row.text.replace("&", "&&")
    if row.is_same_query:
        return tr("{query} in all fields and periods  ({count})", query=text, count=count)
    return f"{text}  ({count})"
