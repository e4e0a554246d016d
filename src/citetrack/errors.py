"""Everything that citetrack raises.

::

    CitetrackError                 message for people, perhaps a hint; exit code 2
    ├─ InputError                  UnreadableSource, UnsupportedFormat, EmptyArticle
    ├─ FetchError                  NotFound, Refused, TooLarge, Unreachable (exit code 3)
    ├─ SourceUnavailable           exit code 3; RateLimited (retry_after), MalformedRecord
    ├─ StoreError                  MissingTracker, ForeignDatabase, DamagedTracker, NewerSchema,
    │                              OlderSchema, DatabaseLocked, UnwritableTracker
    ├─ SnapshotError               NoSnapshot, DamagedSnapshot, UnfinishedSnapshot
    ├─ ConfigError
    └─ PluginError
    InvalidIdentifier(ValueError)  from parse(); finders never let it out
"""

from __future__ import annotations


class CitetrackError(Exception):
    """Something a user can understand and act on.

    `message` is one plain sentence; `hint` says what to do next; `code` names the case in JSON.
    """

    code = "error"
    exit_code = 2

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message


class InputError(CitetrackError):
    """What was given cannot be read as a story."""

    code = "input"


class UnreadableSource(InputError):
    """The source is missing, not a file, not permitted or broken."""

    code = "unreadable"


class UnsupportedFormat(InputError):
    """The source is of a kind that citetrack does not read."""

    code = "unsupported"


class EmptyArticle(InputError):
    """The source holds no text that could be a story."""

    code = "empty"


class FetchError(CitetrackError):
    """A page could not be fetched."""

    code = "fetch"


class NotFound(FetchError):
    """The page is gone: the server answered, and has no such page."""

    code = "page-not-found"


class Refused(FetchError):
    """The address is one that citetrack does not open."""

    code = "refused"


class TooLarge(FetchError):
    """The page is larger than the limit."""

    code = "too-large"


class Unreachable(FetchError):
    """The page failed for now: no connection, a time-out, 429 or 5xx."""

    code = "unreachable"
    exit_code = 3


class SourceUnavailable(CitetrackError):
    """A source of works did not answer."""

    code = "source-unavailable"
    exit_code = 3


class RateLimited(SourceUnavailable):
    """The source asked to be left alone for `retry_after` seconds."""

    code = "rate-limited"

    def __init__(
        self, message: str, *, retry_after: float | None = None, hint: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after


class MalformedRecord(SourceUnavailable):
    """The source answered with something that is no record."""

    code = "malformed-record"


class StoreError(CitetrackError):
    """The tracker cannot be used."""

    code = "store"


class MissingTracker(StoreError):
    """There is no tracker at the path named, and none is to be made."""

    code = "no-tracker"


class ForeignDatabase(StoreError):
    """The file is another program's: no SQLite database, or one without our tables."""

    code = "foreign"


class DamagedTracker(StoreError):
    """The tracker cannot be read: SQLite finds it damaged."""

    code = "damaged"


class UnwritableTracker(StoreError):
    """The tracker cannot be made or written: no permission, no room, no home folder."""

    code = "unwritable"


class OlderSchema(StoreError):
    """The tracker was written by an older citetrack, and is only to be read now."""

    code = "older-schema"


class NewerSchema(StoreError):
    """The tracker was written by a newer citetrack."""

    code = "newer-schema"


class DatabaseLocked(StoreError):
    """Another program holds the tracker."""

    code = "locked"


class SnapshotError(CitetrackError):
    """A snapshot cannot be made or used."""

    code = "snapshot"


class NoSnapshot(SnapshotError):
    """The folder is no snapshot, or one of a format that this citetrack does not read."""

    code = "no-snapshot"


class DamagedSnapshot(SnapshotError):
    """A part of the snapshot is missing, cut off or altered."""

    code = "damaged-snapshot"


class UnfinishedSnapshot(SnapshotError):
    """The build was not completed, or another one is under way."""

    code = "unfinished-snapshot"


class ConfigError(CitetrackError):
    """A setting is wrong."""

    code = "config"


class PluginError(CitetrackError):
    """A plugin failed to load or to answer."""

    code = "plugin"


class InvalidIdentifier(ValueError):
    """The text is not an identifier of the kind asked for."""
