"""Fields that the mouse wheel does not change: who scrolls a page over them means the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class _Filter(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Pass the wheel on to what the field lies on."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def ignore_wheel(field: QWidget) -> None:
    """Let the wheel scroll what is behind `field`, wherever the keyboard is."""
    field.installEventFilter(_Filter(field))
