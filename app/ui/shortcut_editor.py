"""Change every shortcut by pressing keys, the capture keys that work in all programs included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
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
from app.ui.shortcut_commands import MIRRORS, Command, Commands, same_keys
from app.ui.shortcut_question import QuestionBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.desk import Desk

SIZE_EM: Final = (44, 36)
KEYS_EM: Final = 16


class ShortcutPanel(QWidget):
    """All shortcuts, grouped, with search by text or by keys."""

    _setting_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._commands = Commands(desk)
        self._rows: dict[str, tuple[QTreeWidgetItem, KeyEdit]] = {}
        self._groups: list[QTreeWidgetItem] = []
        self._asked_for = ""
        self._make_filters()
        self._make_tree()
        self._make_foot()
        self._lay_out()
        self._refresh = QTimer(self, singleShot=True, interval=0)
        self._refresh.timeout.connect(self._follow)
        desk.actions.changed.connect(self._refresh.start)
        desk.theme.changed.connect(self.refill)
        self._setting_changed.connect(self._refresh.start)
        self.destroyed.connect(desk.settings.subscribe(self._on_setting))
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
        self._asked_for = ""
        self.question.hide()
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
        is_open = self.question.isVisible()
        self._leave()
        return is_open

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
        """Take in what changed while nobody looked."""
        super().showEvent(event)
        self._follow()

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
        item.setSizeHint(0, QSize(0, self._desk.theme.hit_area()))
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
        item.setSizeHint(1, QSize(0, self._desk.theme.hit_area() + self._desk.theme.space(4)))
        edit = KeyEdit(require_modifier=command.is_global)
        edit.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        edit.set_keys(command.keys)
        edit.setAccessibleName(tr("Keys of “{action}”", action=command.title))
        edit.keys_changed.connect(lambda keys: self._change(command.id, keys))
        edit.refused.connect(self._say)
        edit.listening_changed.connect(lambda listening: self._listening_changed(edit, listening))
        self.tree.setItemWidget(item, 1, self._framed(edit))
        self._rows[command.id] = (item, edit)
        self._show_changed(command)

    def _framed(self, edit: KeyEdit) -> QWidget:
        """Return the field with room around it, so that fields of neighbouring rows do not touch."""
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, self._desk.theme.space(2), self._desk.theme.space(8), self._desk.theme.space(2))
        column.addWidget(edit)
        return frame

    def _show_changed(self, command: Command) -> None:
        """Write the name of an action in bold whose keys are not the default."""
        item, edit = self._rows[command.id]
        font = item.font(0)
        font.setBold(not command.is_default)
        item.setFont(0, font)
        item.setData(1, Qt.ItemDataRole.AccessibleTextRole, native_text(command.keys))
        if not edit.is_listening() and command.id != self._asked_for:
            edit.set_keys(command.keys)

    def _current_id(self) -> str:
        item = self.tree.currentItem()
        return str(item.data(0, Qt.ItemDataRole.UserRole) or "") if item else ""

    def _listen(self, item: QTreeWidgetItem) -> None:
        if row := self._rows.get(str(item.data(0, Qt.ItemDataRole.UserRole))):
            row[1].listen()

    def _listening_changed(self, edit: KeyEdit, listening: bool) -> None:
        self._say("")
        if listening:
            self._leave()
        elif edit.hasFocus():
            self.tree.setFocus()

    def _change(self, command_id: str, keys: str) -> None:
        """Give a command keys; ask first when they belong to another."""
        command = self._commands.find(command_id)
        if command is None:
            return
        owners = self._commands.owners(keys, command)
        if not owners:
            self._store([(command, keys)])
            return
        self._asked_for = command.id
        names = tr(" and ").join(tr("“{action}”", action=owner.title) for owner in owners)
        changes = [*((owner, "") for owner in owners), (command, keys)]
        self.question.ask(
            tr("{keys} already starts {others}.", keys=native_text(keys), others=names),
            tr("&Use it for “{action}”", action=command.title.replace("&", "&&")),
            tr("&Leave it"),
            lambda: self._store(changes),
        )
        self.question.take.setFocus()

    def _leave(self) -> None:
        """Close the question and show the keys in force."""
        if self.question.isVisible():
            self._asked_for = ""
            self.question.hide()
            self._show_all()
            if self.isAncestorOf(self.focusWidget() or self):
                self.tree.setFocus()

    def _store(self, changes: Sequence[tuple[Command, str]]) -> None:
        self._asked_for = ""
        self.question.hide()
        self.tree.setFocus()
        try:
            for command, keys in changes:
                self._commands.set(command, keys)
        except PaperdeskError as error:
            self._say(str(error))
        self._show_all()

    def _reset_one(self) -> None:
        if command := self._commands.find(self._current_id()):
            self._change(command.id, command.default)

    def _reset_all(self) -> None:
        """Go back to all defaults and offer to undo that."""
        changed = [command for command in self._commands.all() if not command.is_default]
        self._store([(command, command.default) for command in changed])
        before = [(command, command.keys) for command in changed]
        count = len(changed)
        text = tr("1 shortcut was reset.") if count == 1 else tr("{count} shortcuts were reset.", count=count)
        self.question.ask(text, tr("&Undo"), tr("&Close"), lambda: self._store(before))

    def _show_all(self) -> None:
        for command in self._commands.all():
            if command.id in self._rows:
                self._show_changed(command)
        self._current_changed()

    def _follow(self) -> None:
        """Show what other places did to the actions and their keys."""
        if not self.isVisible():
            return
        if [command.id for command in self._commands.all()] != list(self._rows):
            self.refill()
        else:
            self._show_all()

    def _on_setting(self, key: str, _value: Any) -> None:
        if key in MIRRORS:
            self._setting_changed.emit()

    def _current_changed(self) -> None:
        command = self._commands.find(self._current_id())
        self.reset_one.setEnabled(command is not None and not command.is_default)
        self.reset_all.setEnabled(any(not one.is_default for one in self._commands.all()))

    def _filter(self) -> None:
        words, keys = words_of(self._text_filter.text()), self._key_filter.keys()
        for command in self._commands.all():
            if row := self._rows.get(command.id):
                has_keys = not keys or same_keys(keys, command.keys)
                shown = has_keys and matches(words, command.title, command.group)
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
        self.tree.setIndentation(0)
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
        self.question = QuestionBar(self._desk)
        self.question.leave.clicked.connect(self._leave)
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
        layout.addWidget(self.question)
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

    def reject(self) -> None:
        """Leave an open question with Esc before the window."""
        if not self.panel.go_back():
            super().reject()

    def retranslate(self) -> None:
        """Write all texts in the current language."""
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.panel.retranslate()
