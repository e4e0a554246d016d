"""A process of a build: is told numbers of tasks on stdin, and tells on stdout how far it is."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import msgspec

from citetrack.errors import CitetrackError
from citetrack.snapshot.tasks import TASKS, Task, perform


def main(folder: Path) -> None:
    """Do the tasks asked for, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build ends its workers itself
    tasks = msgspec.json.decode((folder / TASKS).read_bytes(), type=list[Task])
    for line in sys.stdin:
        try:
            perform(tasks[int(line)], folder, lambda bytes_, read: _tell([bytes_, read]))
        except CitetrackError as error:
            _tell({"code": error.code, "message": error.message, "hint": error.hint})
        except OSError as error:
            _tell({"code": "snapshot", "message": f"{folder}: {error.strerror}.", "hint": None})
        else:
            _tell("done")


def _tell(what: object) -> None:
    """Tell the build; where it is gone, the pipe is broken and this process ends."""
    sys.stdout.write(msgspec.json.encode(what).decode() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except BrokenPipeError:
        sys.stderr.close()
