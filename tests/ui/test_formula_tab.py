from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import InputError
from app.formula.engine import ModelError, NoFormula
from app.ui.desk import Desk
from app.ui.formula.braces import partner
from app.ui.formula.conversion import to_pillow, to_qimage
from app.ui.formula.drop_hint import DropHint
from app.ui.formula.empty_state import EXAMPLE, example_picture
from app.ui.formula.pictures import THUMBNAIL_SIDE, Source, sources_in
from app.ui.tabs.formula import FormulaTab
from tests.ui.formula_parts import WAIT_MS, StubReader, clipboard, entries, finished, open_tab, picture, read, saved

ICON_ONLY = Qt.ToolButtonStyle.ToolButtonIconOnly


@pytest.fixture
def reader() -> StubReader:
    return StubReader()


@pytest.fixture
def tab(desk: Desk, reader: StubReader, qtbot: QtBot) -> Iterator[FormulaTab]:
    with open_tab(desk, reader, qtbot) as tab:
        yield tab


def mime_of(*, image: QImage | None = None, paths: Sequence[Path] = (), text: str = "") -> QMimeData:
    mime = QMimeData()
    if image is not None:
        mime.setImageData(image)
    if paths:
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if text:
        mime.setText(text)
    return mime


def drop_on(tab: FormulaTab, mime: QMimeData) -> None:
    """Drag something over the tab, which says that it can be dropped, and drop it."""
    buttons, keys, action = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(200, 200), action, mime, buttons, keys)
    QApplication.sendEvent(tab, enter)
    assert enter.isAccepted()
    assert tab.findChild(DropHint).isVisible()
    QApplication.sendEvent(tab, QDropEvent(QPointF(200, 200), action, mime, buttons, keys))
    assert not tab.findChild(DropHint).isVisible()


def test_the_first_thing_seen_is_an_example_that_can_be_read(
    qtbot: QtBot, tab: FormulaTab, reader: StubReader, desk: Desk
) -> None:
    # GIVEN a fresh tab with the keyboard on the example
    reader.latex = EXAMPLE
    assert tab.empty.isVisible()
    assert tab.focusWidget() is tab.empty.card
    qtbot.waitUntil(lambda: not tab.empty.card.picture.isNull(), timeout=WAIT_MS)
    # WHEN it is pressed
    qtbot.keyClick(tab.empty.card, Qt.Key.Key_Return)
    finished(qtbot, tab)
    # THEN its LaTeX is there, drawn, and in the history with its picture
    assert tab.editor.latex == EXAMPLE
    assert tab.editor.hasFocus()
    assert not tab.compare.answer_view.is_empty
    entry = desk.history.get(entries(desk)[0].id)
    assert entry is not None
    assert entry.text == EXAMPLE
    assert entry.detail == {"confidence": 0.93, "engine": "stub", "seconds": 0.12, "source": "example"}
    thumbnail = QImage.fromData(entry.thumbnail or b"")
    assert 0 < max(thumbnail.width(), thumbnail.height()) <= THUMBNAIL_SIDE


def test_picture_and_answer_have_one_size(qtbot: QtBot, tab: FormulaTab, reader: StubReader) -> None:
    # GIVEN a picture whose answer is right
    reader.latex = EXAMPLE
    image = example_picture()
    # WHEN it is read
    read(qtbot, tab, [Source("file", image)])
    # THEN the drawing is as large as the formula in the picture, which was drawn by the same means
    drawn = tab.compare.answer_view.natural_size
    assert drawn.width() == pytest.approx(image.width() - 48, rel=0.04)
    assert drawn.height() == pytest.approx(image.height() - 48, rel=0.08)


def test_what_was_captured_is_copied_and_the_button_says_so(qtbot: QtBot, tab: FormulaTab) -> None:
    tab.accept_capture(picture())
    qtbot.waitUntil(lambda: clipboard() == "x^2", timeout=WAIT_MS)
    assert tab.copy_button.text() == "LaTeX copied"
    qtbot.waitUntil(lambda: tab.copy_button.text() == "Copy", timeout=WAIT_MS)


def test_nothing_is_copied_against_the_setting(qtbot: QtBot, tab: FormulaTab, desk: Desk) -> None:
    desk.settings.set("formula.auto_copy", False)
    tab.accept_capture(picture())
    finished(qtbot, tab)
    assert tab.editor.latex == "x^2"
    assert clipboard() == ""


@pytest.mark.parametrize("origin", ["clipboard", "drop", "file", "example"])
def test_only_captures_are_copied_unasked(qtbot: QtBot, tab: FormulaTab, origin: str) -> None:
    read(qtbot, tab, [Source(origin, picture())])
    assert tab.editor.latex == "x^2"
    assert clipboard() == ""


def test_the_form_used_last_is_used_again(qtbot: QtBot, tab: FormulaTab, desk: Desk) -> None:
    # GIVEN an answer
    read(qtbot, tab, [Source("file", picture())])
    # WHEN it is copied in another form by the menu, then by the button
    tab.actions_of_tab.copy_as["display"].trigger()
    QGuiApplication.clipboard().clear()
    qtbot.mouseClick(tab.copy_button, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    # THEN the button copies in that form, and the setting remembers it
    qtbot.waitUntil(lambda: clipboard() == "\\[\nx^2\n\\]", timeout=WAIT_MS)
    assert desk.settings.text("formula.copy_format") == "display"
    finished(qtbot, tab)


def test_a_newer_picture_drops_the_older_answer(qtbot: QtBot, tab: FormulaTab, reader: StubReader, desk: Desk) -> None:
    # GIVEN a picture that is being read
    reader.gate.clear()
    reader.latex = "old"
    tab.read([Source("file", picture(100))])
    assert reader.entered.acquire(timeout=WAIT_MS / 1000)
    # WHEN another one comes
    reader.latex = "new"
    tab.read([Source("file", picture(140))])
    assert reader.entered.acquire(timeout=WAIT_MS / 1000)
    reader.gate.set()
    finished(qtbot, tab)
    # THEN only its answer is shown and kept
    assert tab.editor.latex == "new"
    assert [entry.text for entry in entries(desk)] == ["new"]


def test_esc_stops_the_reading(qtbot: QtBot, tab: FormulaTab, reader: StubReader, desk: Desk) -> None:
    reader.gate.clear()
    tab.read([Source("file", picture())])
    assert tab.editor.isReadOnly()
    assert tab.go_back()
    assert not tab.is_reading
    assert not tab.editor.isReadOnly()
    reader.gate.set()
    finished(qtbot, tab)
    assert tab.editor.latex == ""
    assert entries(desk) == []
    assert not tab.go_back()


def test_a_picture_without_a_formula_is_no_error(qtbot: QtBot, tab: FormulaTab, reader: StubReader, desk: Desk) -> None:
    reader.error = NoFormula()
    read(qtbot, tab, [Source("clipboard", picture())])
    assert tab.messages.kind == "info"
    assert tab.messages.text.startswith("No formula found")
    assert entries(desk) == []


def test_an_engine_that_cannot_read_says_so(qtbot: QtBot, tab: FormulaTab, reader: StubReader) -> None:
    reader.error = ModelError("The model is damaged. Install it again.")
    read(qtbot, tab, [Source("clipboard", picture())])
    assert (tab.messages.kind, tab.messages.text) == ("error", "The model is damaged. Install it again.")
    assert not tab.editor.isReadOnly()


def test_the_engine_is_loaded_before_it_is_needed(qtbot: QtBot, tab: FormulaTab, reader: StubReader) -> None:
    qtbot.waitUntil(lambda: reader.loaded == 1, timeout=WAIT_MS)
    finished(qtbot, tab)
    assert tab.messages.text == ""


def test_an_engine_that_cannot_be_loaded_is_told_at_once_and_tried_again(
    qtbot: QtBot, desk: Desk, reader: StubReader
) -> None:
    # GIVEN an engine that cannot be loaded
    reader.load_error = ModelError("The model is missing.")
    tab = FormulaTab(desk, reader)
    qtbot.addWidget(tab)
    tab.show()
    # WHEN the tab has tried
    qtbot.waitUntil(lambda: tab.messages.text == "The model is missing.", timeout=WAIT_MS)
    # THEN it offers to try again
    reader.load_error = None
    button = next(button for button in tab.messages.findChildren(QAbstractButton) if button.text() == "Try again")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: reader.loaded == 1, timeout=WAIT_MS)
    finished(qtbot, tab)
    assert tab.messages.text == ""


def test_an_engine_that_nobody_knows_cannot_be_chosen(desk: Desk) -> None:
    with pytest.raises(InputError, match="mathics"):
        desk.settings.set("formula.engine", "mathics")
    assert desk.settings.text("formula.engine") == "onnx"


def test_what_nobody_expected_goes_to_the_crash_dialog(
    qtbot: QtBot, tab: FormulaTab, reader: StubReader, desk: Desk
) -> None:
    reader.error = ZeroDivisionError()
    with qtbot.waitSignal(desk.crashed, timeout=WAIT_MS) as crash:
        tab.read([Source("clipboard", picture())])
    assert crash.args == [reader.error]
    finished(qtbot, tab)


def test_a_damaged_file_is_named(qtbot: QtBot, tab: FormulaTab, tmp_path: Path) -> None:
    path = tmp_path / "notes.png"
    path.write_text("these are words")
    read(qtbot, tab, [Source("file", path=path)])
    assert tab.messages.kind == "warning"
    assert "notes.png" in tab.messages.text
    assert tab.empty.isVisible()


def test_several_files_are_read_in_turn_and_all_kept(
    qtbot: QtBot, tab: FormulaTab, reader: StubReader, desk: Desk, tmp_path: Path
) -> None:
    paths = [saved(tmp_path, f"{width}.png", width) for width in (100, 130, 160)]
    read(qtbot, tab, [Source("drop", path=path) for path in paths])
    assert [size[0] for size in reader.sizes] == [100, 130, 160]
    assert len(entries(desk)) == 3
    assert tab.compare.snip_view.natural_size.width() == 160
    assert tab.messages.text == "3 formulas read. All of them are in the history."


def test_one_bad_file_does_not_stop_the_others(qtbot: QtBot, tab: FormulaTab, desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"")
    paths = [saved(tmp_path, "a.png"), bad, saved(tmp_path, "c.png")]
    read(qtbot, tab, [Source("drop", path=path) for path in paths])
    assert len(entries(desk)) == 2
    assert tab.messages.kind == "warning"
    assert "bad.png" in tab.messages.text
    assert tab.editor.latex == "x^2"


def test_dropped_files_and_pictures_are_read(qtbot: QtBot, tab: FormulaTab, desk: Desk, tmp_path: Path) -> None:
    for mime in (mime_of(paths=[saved(tmp_path, "a.png")]), mime_of(image=picture())):
        drop_on(tab, mime)
        finished(qtbot, tab)
    assert [entry.detail["source"] for entry in entries(desk)] == ["drop", "drop"]


def test_a_picture_is_pasted_wherever_the_keyboard_is(qtbot: QtBot, tab: FormulaTab, desk: Desk) -> None:
    QGuiApplication.clipboard().setImage(picture())
    tab.actions_of_tab.paste.trigger()
    finished(qtbot, tab)
    tab.editor.setFocus()
    qtbot.keyClick(tab.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    finished(qtbot, tab)
    assert [entry.detail["source"] for entry in entries(desk)] == ["clipboard", "clipboard"]


def test_pasted_words_go_into_the_latex(qtbot: QtBot, tab: FormulaTab) -> None:
    QGuiApplication.clipboard().setText(r"\alpha")
    tab.actions_of_tab.paste.trigger()
    assert tab.editor.latex == r"\alpha"
    qtbot.keyClick(tab.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert tab.editor.latex == r"\alpha\alpha"
    finished(qtbot, tab)


def test_an_empty_clipboard_is_explained(tab: FormulaTab) -> None:
    QGuiApplication.clipboard().clear()
    tab.actions_of_tab.paste.trigger()
    assert tab.messages.text.startswith("There is no picture on the clipboard")


def test_an_edit_is_drawn_and_copying_keeps_it(qtbot: QtBot, tab: FormulaTab, desk: Desk) -> None:
    # GIVEN an answer
    read(qtbot, tab, [Source("file", picture())])
    # WHEN it is corrected
    with qtbot.waitSignal(tab.preview.drawn, timeout=WAIT_MS):
        qtbot.keyClicks(tab.editor, "+y")
    assert "Edited" in tab.bar.text
    # AND copied with the editor's own key
    qtbot.keyClick(tab.editor, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    finished(qtbot, tab)
    # THEN clipboard and history have the correction
    assert clipboard() == "x^2+y"
    assert [(entry.text, entry.detail["edited"]) for entry in entries(desk)] == [("x^2+y", True)]


def test_an_edit_is_kept_when_the_next_picture_comes(qtbot: QtBot, tab: FormulaTab, desk: Desk) -> None:
    read(qtbot, tab, [Source("file", picture())])
    qtbot.keyClicks(tab.editor, "+y")
    read(qtbot, tab, [Source("file", picture())])
    assert sorted(entry.text for entry in entries(desk)) == ["x^2", "x^2+y"]
    assert tab.editor.latex == "x^2"


def test_a_formula_typed_by_hand_is_kept_when_it_is_copied(qtbot: QtBot, tab: FormulaTab, desk: Desk) -> None:
    tab.actions_of_tab.edit.trigger()
    qtbot.keyClicks(tab.editor, "a+b")
    tab.copy()
    finished(qtbot, tab)
    qtbot.keyClicks(tab.editor, "+c")
    tab.copy()
    finished(qtbot, tab)
    assert [entry.text for entry in entries(desk)] == ["a+b+c"]
    assert not tab.compare.snip_view.isVisible()


def test_a_fault_keeps_the_last_drawing_and_is_underlined(qtbot: QtBot, tab: FormulaTab) -> None:
    # GIVEN a drawn answer
    read(qtbot, tab, [Source("file", picture())])
    size = tab.compare.answer_view.natural_size
    # WHEN something unknown is typed
    with qtbot.waitSignal(tab.preview.failed, timeout=WAIT_MS):
        qtbot.keyClicks(tab.editor, r"\foo")
    # THEN the drawing stays, and the place and a quiet text say what is wrong
    assert tab.compare.answer_view.natural_size == size
    assert tab.editor.fault == (3, 7)
    assert r"\foo" in tab.bar.text
    assert tab.messages.text == ""
    # AND it goes when the fault goes
    with qtbot.waitSignal(tab.preview.drawn, timeout=WAIT_MS):
        for _ in range(4):
            qtbot.keyClick(tab.editor, Qt.Key.Key_Backspace)
    assert tab.editor.fault is None
    assert r"\foo" not in tab.bar.text
    finished(qtbot, tab)


def test_undo_works_in_the_source(qtbot: QtBot, tab: FormulaTab) -> None:
    read(qtbot, tab, [Source("file", picture())])
    qtbot.keyClicks(tab.editor, "y")
    tab.editor.undo()
    assert tab.editor.latex == "x^2"
    assert not tab.editor.document().isUndoAvailable()
    finished(qtbot, tab)


def test_a_result_of_the_history_is_shown_again(qtbot: QtBot, tab: FormulaTab, desk: Desk) -> None:
    # GIVEN a result, and another one on the desk
    read(qtbot, tab, [Source("file", picture())])
    entry = entries(desk)[0]
    tab.clear()
    finished(qtbot, tab)
    # WHEN it is opened as the history's list has it, without its picture
    assert entry.thumbnail is None
    tab.accept_entry(entry)
    finished(qtbot, tab)
    # THEN picture, text and confidence are there, and no new entry
    assert tab.editor.latex == "x^2"
    assert tab.compare.snip_view.natural_size.width() == 120
    assert "93 %" in tab.bar.text
    assert not tab.compare.answer_view.is_empty
    assert len(entries(desk)) == 1


def test_clearing_can_be_undone(qtbot: QtBot, tab: FormulaTab) -> None:
    read(qtbot, tab, [Source("file", picture())])
    tab.actions_of_tab.clear.trigger()
    assert tab.empty.isVisible()
    assert tab.editor.latex == ""
    button = next(button for button in tab.messages.findChildren(QAbstractButton) if button.text() == "Undo")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    finished(qtbot, tab)
    assert tab.editor.latex == "x^2"


def test_zoom_is_one_for_both_panes(qtbot: QtBot, tab: FormulaTab) -> None:
    read(qtbot, tab, [Source("file", example_picture())])
    zoom = tab.compare.zoom
    fitting = zoom.scale
    tab.actions_of_tab.zoom_in.trigger()
    assert zoom.scale == pytest.approx(fitting * 1.25)
    assert not zoom.fits
    for _ in range(6):
        tab.actions_of_tab.zoom_in.trigger()
    bar = tab.compare.snip_view.horizontalScrollBar()
    assert bar.maximum() > 0
    tab.compare.snip_view.setFocus()
    before = bar.value()
    qtbot.keyClick(tab.compare.snip_view, Qt.Key.Key_Right)
    assert bar.value() > before
    tab.actions_of_tab.zoom_fit.trigger()
    assert zoom.scale == pytest.approx(fitting)
    assert bar.maximum() == 0


def test_a_picture_with_transparent_paper_keeps_its_ink(tab: FormulaTab) -> None:
    image = QImage(60, 30, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    image.setPixelColor(30, 15, QColor("white"))
    pixels = to_pillow(image).convert("L")
    assert pixels.getpixel((30, 15)) == 255
    assert pixels.getpixel((0, 0)) == 0


def test_pictures_survive_the_way_to_pillow_and_back() -> None:
    image = picture(101, 37)
    image.setPixelColor(3, 5, QColor(10, 120, 230))
    again = to_qimage(to_pillow(image)).convertToFormat(QImage.Format.Format_RGB32)
    assert again == image


def test_files_come_before_the_picture_in_drag_data(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.png")
    assert sources_in(mime_of(image=picture(), paths=[path]), "drop") == [Source("drop", path=path)]
    assert sources_in(mime_of(text="x"), "drop") == []
    remote = QMimeData()
    remote.setUrls([QUrl("https://example.org/a.png")])
    assert sources_in(remote, "drop") == []


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        (r"\frac{a}{b}", 5, ((5, 6), (7, 8))),
        (r"\frac{a}{b}", 8, ((8, 9), (10, 11))),
        (r"{a", 0, ((0, 1), None)),
        (r"[0, 1)", 0, None),
        (r"(a)", 3, ((2, 3), (0, 1))),
        (r"\{a\}", 0, ((0, 2), (3, 5))),
        (r"\left[ x \right)", 0, ((0, 5), (9, 15))),
        ("abc", 1, None),
        (r"{[}", 0, ((0, 1), (2, 3))),
    ],
)
def test_brackets_find_their_partners(
    text: str, place: int, expected: tuple[tuple[int, int], tuple[int, int] | None] | None
) -> None:
    assert partner(text, place) == expected


def test_the_language_is_switched_live(qtbot: QtBot, tab: FormulaTab, desk: Desk) -> None:
    read(qtbot, tab, [Source("file", picture())])
    desk.settings.set("general.language", "zh_CN")
    qtbot.waitUntil(lambda: tab.copy_button.text() == "复制", timeout=WAIT_MS)
    assert "截图" in tab.buttons.capture.text()
    assert "置信度 93%" in tab.bar.text
    desk.settings.set("general.language", "en")
    qtbot.waitUntil(lambda: tab.copy_button.text() == "Copy", timeout=WAIT_MS)


def test_the_capture_button_shows_the_hotkey_and_asks_for_a_capture(qtbot: QtBot, tab: FormulaTab, desk: Desk) -> None:
    desk.settings.set("capture.hotkey", "Ctrl+Shift+F9")
    assert "Ctrl+Shift+F9" in tab.buttons.capture.text()
    with qtbot.waitSignal(desk.capture_requested, timeout=WAIT_MS):
        qtbot.mouseClick(tab.buttons.capture, Qt.MouseButton.LeftButton)


def test_the_drawing_follows_the_theme(qtbot: QtBot, tab: FormulaTab, desk: Desk) -> None:
    desk.settings.set("general.theme", "light")
    read(qtbot, tab, [Source("file", picture())])
    with qtbot.waitSignal(tab.preview.drawn, timeout=WAIT_MS) as drawn:
        desk.settings.set("general.theme", "dark")
    assert drawn.args is not None
    assert desk.theme.colour("text").name().encode() in drawn.args[0].svg
    desk.settings.set("general.theme", "system")
    finished(qtbot, tab)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(560, 480), (820, 560), (2400, 1400)])
def test_nothing_is_clipped(qtbot: QtBot, tab: FormulaTab, desk: Desk, language: str, size: tuple[int, int]) -> None:
    desk.settings.set("general.language", language)
    tab.resize(*size)
    for sources in ([], [Source("file", picture())]):
        if sources:
            read(qtbot, tab, sources)
        qtbot.waitUntil(lambda: tab.size().toTuple() == size, timeout=WAIT_MS)
        for button in tab.findChildren(QAbstractButton):
            icon_only = isinstance(button, QToolButton) and button.toolButtonStyle() == ICON_ONLY
            if button.isVisible() and button.text() and not icon_only:
                place = button.mapTo(tab, QPoint(0, 0))
                assert 0 <= place.x() <= tab.width() - button.width(), button.text()
                assert button.width() >= button.minimumSizeHint().width(), button.text()
    assert tab.editor.height() >= tab.editor.minimumSizeHint().height()
    desk.settings.set("general.language", "en")


def test_all_that_takes_the_keyboard_has_a_name(qtbot: QtBot, tab: FormulaTab) -> None:
    def nameless() -> list[QWidget]:
        focusable = [
            widget
            for widget in tab.findChildren(QWidget)
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        return [w for w in focusable if not w.accessibleName() and not getattr(w, "text", lambda: "")()]

    assert nameless() == []
    read(qtbot, tab, [Source("file", picture())])
    assert nameless() == []


def test_the_tab_key_leaves_the_source(qtbot: QtBot, tab: FormulaTab) -> None:
    read(qtbot, tab, [Source("file", picture())])
    tab.editor.setFocus()
    qtbot.keyClick(tab.editor, Qt.Key.Key_Tab)
    assert not tab.editor.hasFocus()
    assert tab.editor.latex == "x^2"


def test_a_closed_tab_hears_nothing_more(qtbot: QtBot, desk: Desk, reader: StubReader) -> None:
    tab = FormulaTab(desk, reader)
    tab.deleteLater()
    QApplication.sendPostedEvents(tab, QEvent.Type.DeferredDelete)
    desk.settings.set("capture.hotkey", "Ctrl+Shift+F8")
    desk.settings.set("general.theme", "dark")
    desk.settings.set("general.theme", "system")
    assert not [entry for entry in desk.actions.all() if entry.id.startswith("formula.")]


def test_keys_are_explained(tab: FormulaTab) -> None:
    rows = tab.help_rows()
    assert ("Ctrl+Alt+M", "Capture a formula from the screen, from any program") in rows
    assert all(keys and text for keys, text in rows)
