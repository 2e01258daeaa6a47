"""The phrases of an answer as rows: the words asked for in the colours of their classes, a bar, share, count, trend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.collocation.matches import Hit
from app.collocation.tags import CLASS_TITLES
from app.core.i18n import mark, tr
from app.ui.collocation.class_colours import class_colour
from app.ui.collocation.row_list import OBJECT_ROLE
from app.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.collocation.matches import Slot
    from app.ui.collocation.asking import Found
    from app.ui.theme import Theme

HEIGHT: Final = 30
MARGIN: Final = 12
GAP: Final = 12
BAR: Final = 6
LEAST_BAR, MOST_BAR, BAR_SHARE = 40, 180, 0.2
"""Width of the longest bar: a share of the row's width within bounds, units of `Theme.space`."""
OLD_OPACITY: Final = 0.4
"""Of rows that do not answer the text in the box, which cannot be understood."""
PIN, PIN_GAP = 14, 6
TREND_BAR: Final = 5
TREND_HEIGHT: Final = 16
SCORES: Final = {
    "share": mark("of its uses"),
    "logdice": mark("logDice"),
    "tscore": mark("t-score"),
    "mi": mark("bits"),
}
"""What stands above the values of a measure."""


@dataclass(frozen=True)
class HitRow:
    """One phrase; `bar` is its count as a share of the largest, `is_apart`: pinned, and not of this answer."""

    hit: Hit
    bar: float
    measure: str
    is_pinned: bool
    is_apart: bool


def rows_of(found: Found) -> list[HitRow]:
    """Return the pinned phrases and then those of the answer."""
    hits = (*found.pinned, *found.answer.hits)
    largest = max((hit.count for hit in hits), default=0) or 1
    pins = set(found.wish.pins)
    return [
        HitRow(hit, hit.count / largest, found.wish.measure, hit.text in pins, number < len(found.pinned))
        for number, hit in enumerate(hits)
    ]


def percent(share: float) -> str:
    """Return a share out of 100 as it is shown: one decimal, and no 0 for what is there."""
    return "< 0.1 %" if 0 < share < 0.05 else f"{share:.1f} %"  # noqa: PLR2004 - what rounds to 0.0


def score(measure: str, value: float) -> str:
    """Return the value of a measure as it is shown."""
    return percent(100 * value) if measure == "share" else f"{value:.2f}"


def say_row(row: HitRow) -> str:
    """Return a row in words."""
    hit = row.hit
    parts = [hit.text, tr("{count} times", count=f"{hit.count:,}")]
    parts += [] if row.is_apart else [percent(hit.percent)]
    parts += [f"{slot.text}: {tr(CLASS_TITLES[slot.word_class])}" for slot in hit.slots if slot.is_open]
    parts += [tr("mostly 2023 on")] if hit.trend.is_recent else []
    parts += [tr("pinned")] if row.is_pinned else []
    return ", ".join(parts)


class Columns:
    """Where the parts of a row are, for a width and a measure."""

    def __init__(self, theme: Theme, area: QRect, measure: str) -> None:
        space, metrics = theme.space, QFontMetrics(theme.font("body"))
        inner = area.adjusted(space(MARGIN), 0, -space(MARGIN), 0)
        self._right, self._top, self._height, self._gap = inner.right() + 1, area.top(), area.height(), space(GAP)
        self.trend = self._take(2 * space(TREND_BAR) + space(2))
        self.score = self._take(metrics.horizontalAdvance("< 88.88 %")) if measure != "count" else QRect()
        self.count = self._take(metrics.horizontalAdvance("8,888,888"))
        self.percent = self._take(metrics.horizontalAdvance("< 0.1 %"))
        self.bar = self._take(round(min(max(BAR_SHARE * area.width(), space(LEAST_BAR)), space(MOST_BAR))))
        self.phrase = QRect(inner.left(), self._top, max(0, self._right - inner.left()), self._height)

    def _take(self, width: int) -> QRect:
        """Return the rightmost place that is left, and leave a gap beside it."""
        place = QRect(self._right - width, self._top, width, self._height)
        self._right -= width + self._gap
        return place


class HitDelegate(QStyledItemDelegate):
    """Draws rows with the theme's colours and fonts."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Return one height for all rows."""
        return QSize(self._theme.space(160), self._theme.space(HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        row: HitRow = index.data(OBJECT_ROLE)
        columns = Columns(self._theme, option.rect, row.measure)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option, self._theme)
        if self._phrase_width(row) <= columns.phrase.width():
            self._draw_phrase(painter, columns.phrase, row)
            self._draw_bar(painter, columns.bar, row.bar)
        else:  # what is written matters more than the bar, which the share repeats
            self._draw_phrase(painter, columns.phrase.united(columns.bar), row)
        figures = ((columns.percent, "" if row.is_apart else percent(row.hit.percent)),
                   (columns.count, f"{row.hit.count:,}"),
                   (columns.score, score(row.measure, row.hit.score) if row.hit.count else ""))  # fmt: skip
        painter.setFont(self._theme.font("body"))
        for number, (place, text) in enumerate(figures):
            painter.setPen(self._theme.colour("text" if number == 1 else "text_muted"))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        self._draw_trend(painter, columns.trend, row.hit)
        painter.restore()

    def _draw_phrase(self, painter: QPainter, place: QRect, row: HitRow) -> None:
        """Draw the words, those that were asked for in the colour of their class; cut off with an ellipsis."""
        left, space = place.left(), self._theme.space
        if row.is_pinned:
            side = space(PIN)
            icon("pin", "accent").paint(painter, QRect(left, place.center().y() - side // 2, side, side))
            left += side + space(PIN_GAP)
        blank, ellipsis = (QFontMetrics(self._theme.font("body")).horizontalAdvance(text) for text in " …")
        for number, slot in enumerate(row.hit.slots, 1):
            font = self._font(slot)
            metrics = QFontMetrics(font)
            room = place.right() + 1 - left - (blank + ellipsis) * (number < len(row.hit.slots))
            text = metrics.elidedText(slot.text, Qt.TextElideMode.ElideRight, room)
            colour = class_colour(self._theme, slot.word_class) if slot.is_open else self._theme.colour("text")
            painter.setFont(font)
            painter.setPen(colour)
            painter.drawText(QRect(left, place.top(), room, place.height()), Qt.AlignmentFlag.AlignVCenter, text)
            left += metrics.horizontalAdvance(text) + blank
            if text != slot.text:
                return
        if row.hit.trend.is_recent:
            self._draw_remark(painter, place, left + space(4))

    def _phrase_width(self, row: HitRow) -> int:
        """Return how wide a phrase is with all its words."""
        blanks = QFontMetrics(self._theme.font("body")).horizontalAdvance(" ") * (len(row.hit.slots) - 1)
        words = sum(QFontMetrics(self._font(slot)).horizontalAdvance(slot.text) for slot in row.hit.slots)
        return words + blanks + self._theme.space(PIN + PIN_GAP) * row.is_pinned

    def _font(self, slot: Slot) -> QFont:
        """Return the font of a word: a strong one when the writer asked for it."""
        font = QFont(self._theme.font("body"))
        if slot.is_open:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _draw_remark(self, painter: QPainter, place: QRect, left: int) -> None:
        """Say that the phrase is mostly recent, if there is room; the side panel says it in any case."""
        font = self._theme.font("small")
        text = tr("mostly 2023 on")
        if left + QFontMetrics(font).horizontalAdvance(text) <= place.right():
            painter.setFont(font)
            painter.setPen(self._theme.colour("warning"))
            painter.drawText(
                QRect(left, place.top(), place.right() - left, place.height()), Qt.AlignmentFlag.AlignVCenter, text
            )

    def _draw_bar(self, painter: QPainter, place: QRect, share: float) -> None:
        height = self._theme.space(BAR)
        top = place.center().y() + 1 - height / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for width, colour in ((place.width(), "border"), (max(round(share * place.width()), 2), "accent")):
            painter.setBrush(self._theme.colour(colour))
            if colour == "border" or share:
                painter.drawRoundedRect(QRectF(place.left(), top, width, height), height / 2, height / 2)

    def _draw_trend(self, painter: QPainter, place: QRect, hit: Hit) -> None:
        """Draw two small columns: how frequent to 2022 and from 2023."""
        rates = (hit.trend.to_2022, hit.trend.from_2023)
        largest = max(rates)
        if not largest:
            return
        width, full = self._theme.space(TREND_BAR), self._theme.space(TREND_HEIGHT)
        bottom = place.center().y() + full / 2
        recent = "warning" if hit.trend.is_recent else "accent"
        for number, (rate, colour) in enumerate(zip(rates, ("text_muted", recent), strict=True)):
            height = max(full * rate / largest, 1.0)
            left = place.left() + number * (width + self._theme.space(2))
            painter.fillRect(QRectF(left, bottom - height, width, height), self._theme.colour(colour))


def draw_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    """Draw what is behind a row: whether it is chosen, and whether the mouse is over it; fade old rows."""
    if not option.state & QStyle.StateFlag.State_Enabled:
        painter.setOpacity(OLD_OPACITY)
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected or option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("selection" if selected else "hover"))
        corner = theme.space(6)
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), corner, corner)


class HitHeader(QWidget):
    """Names the columns of the rows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._measure = "count"
        self._inset = 0
        self.setFixedHeight(theme.space(20))
        theme.changed.connect(self.update)

    def show_measure(self, measure: str, inset: int) -> None:
        """Name the column of another measure; `inset` is how much narrower the rows are, at the right."""
        self._measure, self._inset = measure, inset
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Write the names over the columns."""
        columns = Columns(self._theme, self.rect().adjusted(1, 0, -self._inset, 0), self._measure)
        painter = QPainter(self)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.colour("text_muted"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        names = [(columns.percent, tr("share")), (columns.count, tr("count"))]
        if self._measure != "count":
            names.append((columns.score, tr(SCORES[self._measure])))
        for place, text in names:
            painter.drawText(place, right, text)
        painter.end()


def open_classes(rows: Sequence[HitRow]) -> set[int]:
    """Return the classes of the words that were asked for."""
    return {slot.word_class for row in rows for slot in row.hit.slots if slot.is_open}
