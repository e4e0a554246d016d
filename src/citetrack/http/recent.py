"""When registries were asked last: runs that follow on each other keep to the limits together."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Limits count in seconds; what is older counts nowhere.
_LONGEST = 60.0

#: (host, kind of request) -> when, in seconds since 1970
Times = dict[tuple[str, str], list[float]]


def recall(path: Path, now: float) -> Times:
    """Return when which host was asked lately; a file that is no such list says nothing."""
    with suppress(OSError, ValueError, TypeError):
        rows = json.loads(path.read_bytes())
        return {
            (str(host), str(kind)): [float(t) for t in times if 0 <= now - float(t) < _LONGEST]
            for host, kind, times in rows
        }
    return {}


def note(path: Path, asked: Mapping[tuple[str, str], list[float]], now: float) -> None:
    """Write down when which host was asked, beside what other runs did; a full disk is no error."""
    known = recall(path, now)
    for key, times in asked.items():
        known[key] = sorted({*known.get(key, ()), *times})
    rows = [[*key, times] for key, times in known.items() if times]
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(rows), encoding="utf-8")
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
