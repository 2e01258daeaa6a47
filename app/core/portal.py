"""Asking the Linux desktop through xdg-desktop-portal: requests whose answer comes later, as a signal.

The protocol is that of the XDG Desktop Portal documentation (org.freedesktop.portal.Request). Every function blocks, so
they belong on a thread.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any, Final

from jeepney import DBusAddress, DBusErrorResponse, MatchRule, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from app.core.errors import PaperdeskError
from app.core.i18n import tr

APP_ID: Final = "org.paperdesk.Paperdesk"
"""The name of the .desktop file without its ending, by which the desktop knows this program."""

Options = Mapping[str, tuple[str, object]]
"""D-Bus a{sv}: each value with its signature."""

BUS_NAME: Final = "org.freedesktop.portal.Desktop"
OBJECT: Final = "/org/freedesktop/portal/desktop"
_REQUEST: Final = "org.freedesktop.portal.Request"
_CALL_TIMEOUT_S: Final = 10.0
"""A portal that is being started may take a few seconds for its first answer."""
_tokens = count(1)


class PortalError(PaperdeskError):
    """The desktop does not offer what was asked for, or failed at it."""


class PortalDeniedError(PortalError):
    """The user, or the desktop in the user's name, said no."""


def is_reachable(environment: Mapping[str, str] = os.environ) -> bool:
    """Say, without asking anybody, whether there is a session bus to find a portal on."""
    return bool(environment.get("DBUS_SESSION_BUS_ADDRESS"))


@contextmanager
def connected() -> Iterator[DBusConnection]:
    """Give a connection on which the desktop knows which program asks; raise `PortalError`."""
    try:
        connection = open_dbus_connection(bus="SESSION")
    except (OSError, KeyError, DBusErrorResponse) as error:
        raise PortalError(_unreachable()) from error
    try:
        _introduce(connection)
        yield connection
    except (TimeoutError, OSError) as error:
        raise PortalError(_unreachable()) from error
    finally:
        connection.close()


def call(connection: DBusConnection, interface: str, method: str, signature: str, body: tuple[object, ...]) -> Any:
    """Call a method of the portal and return what it returns; raise `PortalError`."""
    message = new_method_call(DBusAddress(OBJECT, BUS_NAME, interface), method, signature, body)
    try:
        return unwrap_msg(connection.send_and_get_reply(message, timeout=_CALL_TIMEOUT_S))
    except DBusErrorResponse as error:
        raise PortalError(
            tr("The desktop portal does not offer this ({reason}).", reason=f"{interface}: {error.name}")
        ) from error


def request(
    connection: DBusConnection,
    interface: str,
    method: str,
    arguments: tuple[str, tuple[object, ...]],
    options: Options,
    timeout_s: float,
) -> dict[str, tuple[str, Any]]:
    """Make a request, wait for the user's answer and return its results.

    `arguments` are the signature and values before the options. Raises `PortalDeniedError`, `PortalError`.
    """
    token = f"paperdesk{next(_tokens)}"
    sender = str(connection.unique_name).lstrip(":").replace(".", "_")
    rule = MatchRule(type="signal", interface=_REQUEST, member="Response", path=f"{OBJECT}/request/{sender}/{token}")
    Proxy(message_bus, connection, timeout=_CALL_TIMEOUT_S).AddMatch(rule)
    signature, values = arguments
    with connection.filter(rule) as answers:
        told = {**options, "handle_token": ("s", token)}
        call(connection, interface, method, f"{signature}a{{sv}}", (*values, told))
        answer = connection.recv_until_filtered(answers, timeout=timeout_s)
    code, results = answer.body
    if code == 1:
        raise PortalDeniedError(tr("The desktop was not allowed to do this."))
    if code != 0:
        raise PortalError(tr("The desktop portal could not do this."))
    return dict(results)


def _introduce(connection: DBusConnection) -> None:
    """Tell recent portals the program's name; older ones find it out themselves and do not know the call."""
    registry = DBusAddress(OBJECT, BUS_NAME, "org.freedesktop.host.portal.Registry")
    message = new_method_call(registry, "Register", "sa{sv}", (APP_ID, {}))
    connection.send_and_get_reply(message, timeout=_CALL_TIMEOUT_S)


def _unreachable() -> str:
    return tr("The desktop portal does not answer. Is xdg-desktop-portal installed and running?")
