"""The settings of the desk itself; each tool adds its own in `app/<tool>/options.py`."""

from __future__ import annotations

import sys
from typing import Final

from app.core.i18n import mark
from app.core.settings import Option

_GENERAL: Final = mark("General")
_CAPTURE: Final = mark("Capture")
_HISTORY: Final = mark("History")

DEFAULT_HOTKEY: Final = "Meta+Ctrl+M" if sys.platform == "darwin" else "Ctrl+Alt+M"
"""Keys as Qt names them. On macOS this is Control+Command+M: Option+Command+M minimises all windows of a program there,
and Control+Option belongs to VoiceOver."""

DEFAULT_LOOK_UP_HOTKEY: Final = "Meta+Ctrl+W" if sys.platform == "darwin" else "Ctrl+Alt+W"
"""W for words."""

CORE_OPTIONS: Final = (
    Option(
        "general.language",
        str,
        "system",
        mark("Language"),
        mark("The language of the window, the messages and the command line."),
        _GENERAL,
        (("system", mark("Like the system")), ("en", "English"), ("zh_CN", "简体中文")),
    ),
    Option(
        "general.theme",
        str,
        "system",
        mark("Look"),
        mark("Light or dark, or whatever the system shows."),
        _GENERAL,
        (("system", mark("Like the system")), ("light", mark("Light")), ("dark", mark("Dark"))),
    ),
    Option(
        "general.close_to_tray",
        str,
        "ask",
        mark("When the window is closed"),
        mark("In the tray the program keeps listening for the capture hotkey."),
        _GENERAL,
        (("ask", mark("Ask")), ("tray", mark("Stay in the tray")), ("quit", mark("Quit"))),
    ),
    Option(
        "general.autostart",
        bool,
        False,
        mark("Start with the session"),
        mark("Start Paperdesk in the tray when you log in, so that the hotkey works at once."),
        _GENERAL,
    ),
    Option(
        "capture.hotkey",
        str,
        DEFAULT_HOTKEY,
        mark("Capture hotkey"),
        mark("Works in every program while Paperdesk runs. Empty: no hotkey."),
        _CAPTURE,
        role="shortcut",
    ),
    Option(
        "look_up.hotkey",
        str,
        DEFAULT_LOOK_UP_HOTKEY,
        mark("Look-up hotkey"),
        mark("Looks up the text that is selected in any program; on Windows and macOS, the text that was copied."),
        _CAPTURE,
        role="shortcut",
    ),
    Option(
        "history.retention_days",
        int,
        0,
        mark("Keep results"),
        mark("Older results are removed when the program starts; pinned ones stay. 0 keeps everything."),
        _HISTORY,
        minimum=0,
        maximum=36500,
        unit=(mark(" day"), mark(" days")),
        lowest=mark("For ever"),
    ),
    Option("capture.last_region", str, "", "", hidden=True),
    Option("window.geometry", str, "", "", hidden=True),
    Option("window.last_tab", str, "", "", hidden=True),
    Option("window.palette_recent", str, "", "", hidden=True),
    Option("shortcuts.overrides", str, "", "", hidden=True),
)
