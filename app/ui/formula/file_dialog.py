"""Asking for the files that formulas are in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.i18n import tr
from app.ui.formula.pictures import FILE, SUFFIXES, Source

if TYPE_CHECKING:
    from collections.abc import Callable


def ask_files(parent: QWidget, use: Callable[[list[Source]], None]) -> None:
    """Open a dialog over `parent`; call `use` with the files that are chosen."""
    dialog = QFileDialog(parent, tr("Open pictures of formulas"))
    pictures = " ".join(f"*.{suffix}" for suffix in SUFFIXES)
    filters = [
        tr("Pictures and PDF files ({patterns})", patterns=f"{pictures} *.pdf"),
        tr("Pictures ({patterns})", patterns=pictures),
        tr("PDF files ({patterns})", patterns="*.pdf"),
        tr("All files (*)"),
    ]
    dialog.setNameFilters(filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: use([Source(FILE, path=Path(name)) for name in names]))
    dialog.open()
