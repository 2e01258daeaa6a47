"""Change every shortcut by pressing keys, the capture keys that work in all programs included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import PaperdeskError
from app.core.i18n import tr
from app.ui.key_edit import KeyEdit, native_text
from app.ui.preference_row import matches, words_of
from app.ui.shortcut_commands import HOTKEY, Command, Commands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.desk import Desk

SIZE_EM: Final = (44, 36)
KEYS_EM: Final = 16


class ConflictBar(QFrame):
    """Says to whom keys belong that were just pressed for somebody else, and lets the user choose."""

    taken = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self.take = QPushButton()
        self.leave = QPushButton()
        self.take.clicked.connect(self.taken)
        self.leave.clicked.connect(self.left)
        space = desk.theme.space
        row = QHBoxLayout(self)
        row.setContentsMargins(space(12), space(8), space(8), space(8))
        row.setSpacing(space(8))
        row.addWidget(self._text, 1)
        row.addWidget(self.leave)
        row.addWidget(self.take)
        self.hide()

    def ask(self, keys: str, command: Command, owners: Sequence[Command]) -> None:
        """Ask whether `command` takes `keys` away from `owners`."""
        names = tr("” and “").join(owner.title for owner in owners)
        self._text.setText(tr("{keys} already starts “{other}”.", keys=native_text(keys), other=names))
        self.take.setText(tr("&Use it for “{action}” instead", action=command.title.replace("&", "&&")))
        self.leave.setText(tr("&Leave it"))
        self.show()
        self.take.setFocus()


class ShortcutPanel(QWidget):
    """All shortcuts, grouped, with search by text or by keys."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._commands = Commands(desk)
        self._rows: dict[str, tuple[QTreeWidgetItem, KeyEdit]] = {}
        self._groups: list[QTreeWidgetItem] = []
        self._pending: tuple[Command, str, list[Command]] | None = None
        self._make_filters()
        self._make_tree()
        self._make_foot()
        self._lay_out()
        self.destroyed.connect(desk.settings.subscribe(lambda key, _value: self._setting_changed(key)))
        self.retranslate()

    def retranslate(self) -> None:
        """Write all texts in the current language."""
        self._text_filter.setPlaceholderText(tr("Search actions"))
        self._text_filter.setAccessibleName(tr("Search actions"))
        self._key_filter.retranslate()
        self._key_filter.setAccessibleName(tr("Search by pressing keys"))
        self._key_filter.setToolTip(tr("Enter or click, then press the keys to see what they do."))
        self._key_label.setText(tr("or by &keys"))
        self.tree.setHeaderLabels([tr("Action"), tr("Keys")])
        self.tree.setAccessibleName(tr("Shortcuts"))
        self._hint.setText(tr("Enter changes the keys, Del removes them."))
        self.reset_one.setText(tr("&Reset"))
        self.reset_all.setText(tr("Reset &all"))
        self.refill()

    def refill(self) -> None:
        """Read all shortcuts again."""
        current = self._current_id()
        self.tree.clear()
        self._rows.clear()
        self._groups.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for command in self._commands.all():
            group = groups.get(command.group) or self._add_group(groups, command.group)
            self._add_row(group, command)
        self.tree.expandAll()
        self._filter()
        first = next(iter(self._rows.values()), None)
        chosen = self._rows.get(current, first)
        if chosen:
            self.tree.setCurrentItem(chosen[0])

    def go_back(self) -> bool:
        """Leave everything as it was when a question is open; return whether one was."""
        if self._pending is None:
            return False
        self._drop_question()
        return True

    def set_filter(self, text: str) -> None:
        """Show the actions that contain all words of `text`."""
        self._key_filter.set_keys("")
        self._text_filter.setText(text)
        self._filter()

    def titles_matching(self, words: Sequence[str]) -> list[str]:
        """Return the titles of the actions that contain all `words`."""
        return [command.title for command in self._commands.all() if matches(words, command.title, command.group)]

    def key_edit(self, command_id: str) -> KeyEdit:
        """Return the field that shows the keys of a command."""
        return self._rows[command_id][1]

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Take in actions that came or went while nobody looked."""
        super().showEvent(event)
        if {command.id for command in self._commands.all()} != set(self._rows):
            self.refill()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Clear the keys of the current row with Del or Backspace."""
        clears = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in clears:
            self._change(self._current_id(), "")
            return True
        return super().eventFilter(watched, event)

    def _add_group(self, groups: dict[str, QTreeWidgetItem], title: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setFont(0, self._desk.theme.font("small"))
        item.setForeground(0, self._desk.theme.colour("text_muted"))
        self.tree.addTopLevelItem(item)
        self._groups.append(item)
        item.setFirstColumnSpanned(True)
        groups[title] = item
        return item

    def _add_row(self, group: QTreeWidgetItem, command: Command) -> None:
        item = QTreeWidgetItem(group, [command.title])
        item.setData(0, Qt.ItemDataRole.UserRole, command.id)
        item.setData(1, Qt.ItemDataRole.AccessibleTextRole, native_text(command.keys))
        edit = KeyEdit(require_modifier=command.is_global)
        edit.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        edit.set_keys(command.keys)
        edit.setAccessibleName(tr("Keys of “{action}”", action=command.title))
        edit.keys_changed.connect(lambda keys: self._change(command.id, keys))
        edit.refused.connect(self._say)
        edit.listening_changed.connect(self._listening_changed)
        self.tree.setItemWidget(item, 1, edit)
        self._rows[command.id] = (item, edit)
        self._show_changed(command)

    def _show_changed(self, command: Command) -> None:
        """Write the name of an action in bold whose keys are not the default."""
        item, edit = self._rows[command.id]
        font = item.font(0)
        font.setBold(command.keys != command.default)
        item.setFont(0, font)
        edit.set_keys(command.keys)

    def _current_id(self) -> str:
        item = self.tree.currentItem()
        return str(item.data(0, Qt.ItemDataRole.UserRole) or "") if item else ""

    def _listen(self, item: QTreeWidgetItem) -> None:
        if row := self._rows.get(str(item.data(0, Qt.ItemDataRole.UserRole))):
            self._drop_question()
            row[1].listen()

    def _listening_changed(self, listening: bool) -> None:
        edit = self.sender()
        if not listening and isinstance(edit, KeyEdit) and edit.hasFocus():
            self.tree.setFocus()
        self._say("")

    def _change(self, command_id: str, keys: str) -> None:
        command = self._commands.find(command_id)
        if command is None:
            return
        owners = self._commands.owners(keys, command)
        if owners:
            self._pending = (command, keys, owners)
            self._conflict.ask(keys, command, owners)
        else:
            self._store([(command, keys)])

    def _take_over(self) -> None:
        if self._pending:
            command, keys, owners = self._pending
            self._store([*((owner, "") for owner in owners), (command, keys)])
            self._drop_question()
            self.tree.setFocus()

    def _drop_question(self) -> None:
        """Leave everything as it was before the question."""
        self._conflict.hide()
        if self._pending and (command := self._commands.find(self._pending[0].id)):
            self._pending = None
            self._show_changed(command)
            self.tree.setFocus()

    def _store(self, changes: Sequence[tuple[Command, str]]) -> None:
        try:
            for command, keys in changes:
                self._commands.set(command, keys)
        except PaperdeskError as error:
            self._say(str(error))
        self._pending = None
        self._conflict.hide()
        self._show_all()

    def _reset_one(self) -> None:
        if command := self._commands.find(self._current_id()):
            self._change(command.id, command.default)

    def _reset_all(self) -> None:
        self._store([(command, command.default) for command in self._commands.all() if command.keys != command.default])

    def _show_all(self) -> None:
        for command in self._commands.all():
            if command.id in self._rows:
                self._show_changed(command)
        self._current_changed()

    def _setting_changed(self, key: str) -> None:
        if key == HOTKEY and (command := self._commands.find(HOTKEY)) and HOTKEY in self._rows:
            self._show_changed(command)

    def _current_changed(self) -> None:
        command = self._commands.find(self._current_id())
        self.reset_one.setEnabled(command is not None and command.keys != command.default)
        self.reset_all.setEnabled(any(one.keys != one.default for one in self._commands.all()))

    def _filter(self) -> None:
        words, keys = words_of(self._text_filter.text()), self._key_filter.keys()
        for command in self._commands.all():
            if row := self._rows.get(command.id):
                shown = matches(words, command.title, command.group) and keys in {"", command.keys}
                row[0].setHidden(not shown)
        for group in self._groups:
            group.setHidden(all(item.isHidden() for item, _edit in self._rows.values() if item.parent() is group))
        found = any(not item.isHidden() for item, _edit in self._rows.values())
        self._say("" if found else tr("No action matches."))

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def _make_filters(self) -> None:
        self._text_filter = QLineEdit()
        self._text_filter.setClearButtonEnabled(True)
        self._text_filter.textChanged.connect(lambda _text: self._filter())
        self._key_filter = KeyEdit()
        self._key_filter.keys_changed.connect(lambda _keys: self._filter())
        self._key_label = QLabel()
        self._key_label.setBuddy(self._key_filter)

    def _make_tree(self) -> None:
        self.tree = QTreeWidget()
        self.tree.setColumnCount(2)
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setIndentation(self._desk.theme.space(12))
        self.tree.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.tree.header().resizeSection(1, KEYS_EM * self.fontMetrics().horizontalAdvance("m"))
        self.tree.header().setSectionsMovable(False)
        self.tree.itemActivated.connect(lambda item, _column: self._listen(item))
        self.tree.currentItemChanged.connect(lambda *_items: self._current_changed())
        self.tree.installEventFilter(self)

    def _make_foot(self) -> None:
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._conflict = ConflictBar(self._desk)
        self._conflict.taken.connect(self._take_over)
        self._conflict.left.connect(self._drop_question)
        self._hint = QLabel()
        self._hint.setProperty("tone", "muted")
        self._hint.setFont(self._desk.theme.font("small"))
        self.reset_one = QPushButton()
        self.reset_all = QPushButton()
        self.reset_one.clicked.connect(self._reset_one)
        self.reset_all.clicked.connect(self._reset_all)

    def _lay_out(self) -> None:
        space = self._desk.theme.space
        filters = QHBoxLayout()
        filters.setSpacing(space(8))
        filters.addWidget(self._text_filter, 1)
        filters.addWidget(self._key_label)
        filters.addWidget(self._key_filter)
        foot = QHBoxLayout()
        foot.setSpacing(space(8))
        foot.addWidget(self._hint, 1)
        foot.addWidget(self.reset_one)
        foot.addWidget(self.reset_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(8))
        layout.addLayout(filters)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._note)
        layout.addWidget(self._conflict)
        layout.addLayout(foot)


class ShortcutEditor(QDialog):
    """The shortcuts in a window of their own, beside the work."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = ShortcutPanel(desk)
        layout = QVBoxLayout(self)
        margin = desk.theme.space(16)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.addWidget(self.panel)
        em = self.fontMetrics().horizontalAdvance("m")
        self.resize(SIZE_EM[0] * em, SIZE_EM[1] * em)
        desk.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Write all texts in the current language."""
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.panel.retranslate()
