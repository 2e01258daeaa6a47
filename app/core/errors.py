"""Errors whose text may be shown to a user: what happened, and what to do about it."""

from __future__ import annotations


class PaperdeskError(Exception):
    """A failure with a text for the user, already in the user's language; `exit_code` is the command line's."""

    exit_code = 1


class InputError(PaperdeskError):
    """What the user gave cannot be used: a missing file, a damaged picture, a wrong argument."""

    exit_code = 2


class StorageError(PaperdeskError):
    """Something could not be written or read back: a full disk, no permission, a damaged file."""


class NetworkError(PaperdeskError):
    """A service could not be reached or did not answer as documented."""


class Cancelled(PaperdeskError):  # noqa: N818 - it is a request that was met, not a fault
    """The user stopped the work."""
