"""The style sheet of the whole application, filled from the tokens of a theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template
from typing import Final

from app.core.paths import resources_dir

CORNER: Final = 6
"""Radius of corners, units of `Theme.space`."""
BORDER_PX: Final = 1
RING_PX: Final = 2
"""Width of the ring around what has the focus."""

_TEXT: Final = Template(
    """
QToolTip { background: $card; color: $text; border: 1px solid $border; padding: ${s4}px ${s8}px; }
QLabel[tone="muted"] { color: $text_muted; }
QLabel[tone="error"] { color: $error; }
QFrame#card, QFrame[frame="card"] { background: $card; border: 1px solid $border; border-radius: ${corner}px; }
QFrame[frame="line"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QLabel[frame="key"] {
  background: $window; border: 1px solid $border; border-radius: ${s4}px; padding: ${s2}px ${s6}px;
}
QMainWindow::separator, QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $border; }
QSplitter::handle:horizontal { width: ${s8}px; }
QSplitter::handle:vertical { height: ${s8}px; }
QStatusBar::item { border: none; }
"""
)

_BUTTONS: Final = Template(
    """
QPushButton, QToolButton, QComboBox {
  background: $card; color: $text; border: 1px solid $border; border-radius: ${corner}px;
  padding: 0 ${s12}px; min-height: ${inner}px;
}
QPushButton:hover, QToolButton:hover, QComboBox:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed, QComboBox:on { background: $pressed; }
QPushButton:checked, QToolButton:checked { background: $selection; border-color: $accent; }
QPushButton:focus, QToolButton:focus, QComboBox:focus {
  border: 2px solid $accent; padding: 0 ${s12_ring}px; min-height: ${inner_ring}px;
}
QPushButton:disabled, QToolButton:disabled, QComboBox:disabled { color: $disabled; background: $window; }
QPushButton:default, QPushButton[kind="primary"], QToolButton[kind="primary"] {
  background: $accent; color: $accent_text; border-color: $accent;
}
QPushButton:default:hover, QPushButton[kind="primary"]:hover, QToolButton[kind="primary"]:hover {
  background: $accent_hover; border-color: $accent_hover;
}
QPushButton:default:pressed, QPushButton[kind="primary"]:pressed, QToolButton[kind="primary"]:pressed {
  background: $accent_pressed; border-color: $accent_pressed;
}
QPushButton:default:focus, QPushButton[kind="primary"]:focus, QToolButton[kind="primary"]:focus {
  border: 2px solid $text;
}
QPushButton:default:disabled, QPushButton[kind="primary"]:disabled, QToolButton[kind="primary"]:disabled {
  background: $border; color: $text_muted; border-color: $border;
}
QPushButton[kind="flat"], QToolButton[kind="flat"] { background: transparent; border-color: transparent; }
QPushButton[kind="flat"]:hover, QToolButton[kind="flat"]:hover { background: $hover; }
QPushButton[kind="flat"]:pressed, QToolButton[kind="flat"]:pressed { background: $pressed; }
QPushButton[kind="flat"]:focus, QToolButton[kind="flat"]:focus { border: 2px solid $accent; }
QPushButton[kind="link"] {
  background: transparent; border-color: transparent; color: $accent; padding: 0 ${s8}px; font-weight: 600;
}
QPushButton[kind="link"]:hover { background: $hover; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: 0 ${s8_ring}px; }
QToolButton[square="true"] { padding: 0; min-width: ${inner}px; max-width: ${inner}px; }
QToolButton[square="true"]:focus { padding: 0; min-width: ${inner_ring}px; max-width: ${inner_ring}px; }
QToolButton[popupMode="1"] { padding-right: ${s24}px; }
QToolButton::menu-indicator { image: none; }
QToolButton::menu-button { border: none; border-left: 1px solid $border; width: ${s24}px; }
QToolButton::menu-arrow { image: url($controls-down.svg); width: ${s16}px; height: ${s16}px; }
QPushButton::menu-indicator {
  image: url($controls-down.svg); width: ${s16}px; height: ${s16}px; subcontrol-position: right center; right: ${s4}px;
}
QFrame#sidebar { background: $sidebar; border: none; border-right: 1px solid $border; }
QToolButton[place="sidebar"] {
  background: transparent; border: 2px solid transparent; padding: 0 ${s8}px; min-height: ${nav}px; text-align: left;
}
QToolButton[place="sidebar"]:hover { background: $hover; }
QToolButton[place="sidebar"]:checked { background: $selection; }
QToolButton[place="sidebar"]:focus { border: 2px solid $accent; padding: 0 ${s8}px; min-height: ${nav}px; }
"""
)

_FIELDS: Final = Template(
    """
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox {
  background: $surface; color: $text; border: 1px solid $field_border; border-radius: ${corner}px;
  selection-background-color: $accent; selection-color: $accent_text; padding: ${ring_gap}px;
}
QLineEdit, QAbstractSpinBox { padding: 0 ${s8}px; min-height: ${inner}px; }
QLineEdit:focus, QAbstractSpinBox:focus {
  border: 2px solid $accent; padding: 0 ${s8_ring}px; min-height: ${inner_ring}px;
}
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 0; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QAbstractSpinBox:disabled {
  color: $disabled; background: $window; border-color: $border;
}
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus { border: none; background: transparent; padding: 0 ${s8}px; }
QTextBrowser { border: 1px solid $border; background: $card; }
QComboBox { padding-right: ${s24}px; }
QComboBox::drop-down { border: none; width: ${s24}px; }
QComboBox::down-arrow { image: url($controls-down.svg); width: ${s16}px; height: ${s16}px; }
QComboBox QAbstractItemView {
  background: $card; border: 1px solid $border; border-radius: 0; outline: none; padding: ${s4}px;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: ${s24}px; background: transparent; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url($controls-up.svg); width: ${s12}px; height: ${s12}px; }
QAbstractSpinBox::down-arrow { image: url($controls-down.svg); width: ${s12}px; height: ${s12}px; }
QCheckBox, QRadioButton { spacing: ${s8}px; min-height: ${hit}px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator {
  width: ${s16}px; height: ${s16}px; border: 1px solid $field_border; background: $surface;
}
QCheckBox::indicator { border-radius: ${s4}px; }
QRadioButton::indicator { border-radius: ${dot}px; }
QCheckBox::indicator:checked, QCheckBox::indicator:indeterminate, QRadioButton::indicator:checked {
  background: $accent; border-color: $accent;
}
QCheckBox::indicator:checked { image: url($controls-check.svg); }
QCheckBox::indicator:indeterminate { image: url($controls-dash.svg); }
QRadioButton::indicator:checked { image: url($controls-dot.svg); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $accent; }
QCheckBox::indicator:checked:focus, QRadioButton::indicator:checked:focus { border-color: $text; }
QSlider::groove:horizontal { height: ${s4}px; background: $border; border-radius: ${s2}px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: ${s2}px; }
QSlider::handle:horizontal {
  width: ${s16}px; height: ${s16}px; margin: -${s6}px 0; background: $accent; border-radius: ${s8}px;
}
QSlider::handle:horizontal:focus { border: 2px solid $text; }
QProgressBar { background: $border; border: none; border-radius: ${s2}px; max-height: ${s4}px; min-height: ${s4}px; }
QProgressBar::chunk { background: $accent; border-radius: ${s2}px; }
"""
)

_VIEWS: Final = Template(
    """
QAbstractItemView {
  background: $surface; alternate-background-color: $card; color: $text; border: 1px solid $border;
  border-radius: ${corner}px; outline: none; selection-background-color: $selection; selection-color: $text;
}
QAbstractItemView:focus { border: 2px solid $accent; }
QAbstractItemView[bare="true"], QAbstractItemView[bare="true"]:focus {
  border: none; background: transparent; padding: ${s4}px;
}
QListWidget::item, QTreeView::item { min-height: ${nav}px; padding: 0 ${s8}px; border-radius: ${corner}px; }
QListWidget { padding: ${s4}px; }
QListWidget:focus { padding: ${s4_ring}px; }
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $selection; color: $text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
  background: $card; color: $text_muted; border: none; border-bottom: 1px solid $border; padding: ${s4}px ${s8}px;
}
QTableView { gridline-color: $border; }
QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar { background: transparent; }
QTabBar::tab {
  background: transparent; color: $text_muted; border: none; border-bottom: 2px solid transparent;
  padding: 0 ${s12}px; min-height: ${inner}px;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:selected:focus { border: 2px solid $accent; border-radius: ${corner}px; padding: 0 ${s12_tab}px; }
QMenu { background: $card; color: $text; border: 1px solid $border; padding: ${s4}px; }
QMenu::item { padding: ${s6}px ${s24}px ${s6}px ${s12}px; border-radius: ${s4}px; min-height: ${line}px; }
QMenu::icon { padding-left: ${s8}px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $border; margin: ${s4}px ${s8}px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: ${s12}px; }
QScrollBar:horizontal { height: ${s12}px; }
QScrollBar::handle { background: $field_border; border-radius: ${s2}px; }
QScrollBar::handle:vertical { min-height: ${hit}px; margin: ${s2}px ${s4}px; }
QScrollBar::handle:horizontal { min-width: ${hit}px; margin: ${s4}px ${s2}px; }
QScrollBar::handle:hover { background: $text_muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
)


def style_sheet(colours: Mapping[str, str], space: Callable[[float], int], hit_area: int) -> str:
    """Return the sheet.

    Args:
        colours: the tokens of a theme.
        space: units to logical pixels.
        hit_area: the least height of what can be clicked, logical pixels.

    """
    lengths = {f"s{units}": space(units) for units in (2, 4, 6, 8, 12, 16, 24)}
    inner = hit_area - 2 * BORDER_PX
    grown = RING_PX - BORDER_PX
    sizes = {
        "corner": space(CORNER),
        "hit": hit_area,
        "nav": hit_area,
        "inner": inner,
        "inner_ring": inner - 2 * grown,
        "ring_gap": grown,
        "dot": space(16) // 2 + BORDER_PX,
        "line": space(16),
        "s12_tab": lengths["s12"] - RING_PX,
        **{f"{name}_ring": lengths[name] - grown for name in ("s4", "s8", "s12")},
    }
    theme = "dark" if colours["window"] < "#8" else "light"
    controls = (resources_dir() / "icons" / "controls" / theme).as_posix()
    fields = {**colours, **lengths, **sizes, "controls": controls}
    return "".join(part.substitute(fields) for part in (_TEXT, _BUTTONS, _FIELDS, _VIEWS))
