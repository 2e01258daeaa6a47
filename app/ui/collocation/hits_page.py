"""The answer to a query: what to look up instead, the phrases, and what their colours mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.ui.collocation.class_colours import Legend
from app.ui.collocation.hit_rows import HitDelegate, HitHeader, HitRow, open_classes, rows_of, say_row
from app.ui.collocation.offer_list import OfferList
from app.ui.collocation.row_list import RowList

if TYPE_CHECKING:
    from app.ui.collocation.asking import Found
    from app.ui.theme import Theme


class HitsPage(QWidget):
    """The parts of an answer, one below the other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.offers = OfferList(theme)
        self.header = HitHeader(theme)
        self.list = RowList[HitRow](HitDelegate(theme), say_row)
        self.legend = Legend(theme)
        self._measure = "count"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(4))
        for part in (self.offers, self.header, self.list, self.legend):
            column.addWidget(part, 1 if part is self.list else 0)
        column.addStretch(0)
        self.list.viewport().installEventFilter(self)

    def show_found(self, found: Found) -> None:
        """Show another answer, and stay with the chosen phrase if the same text was asked and it is there again."""
        chosen = self.list.chosen.hit.text if self.list.chosen is not None and self.list.hasFocus() else ""
        rows = rows_of(found)
        texts = [row.hit.text for row in rows]
        first = next((number for number, row in enumerate(rows) if not row.is_apart), 0)
        self._measure = found.wish.measure
        self.list.show_rows(rows, texts.index(chosen) if chosen in texts else first)
        self.legend.show_classes(open_classes(rows))
        self.header.setVisible(bool(rows))
        self.list.setVisible(bool(rows))
        if found.answer.hits:
            self.offers.show_offers(None)
        self._align()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.list.setAccessibleName(tr("Phrases"))
        self.offers.retranslate()
        self.legend.retranslate()
        self.header.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the width of the rows, which the scroll bar changes."""
        if event.type() == QEvent.Type.Resize:
            self._align()
        return super().eventFilter(watched, event)

    def _align(self) -> None:
        self.header.show_measure(self._measure, max(0, self.list.width() - self.list.viewport().width()))
