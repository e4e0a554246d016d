"""trafilatura in a process of its own, so that no page can hang or exhaust this one.

Run as `python -m citetrack.ingest.extractor` it is the worker: it reads pages from standard input
and answers on standard output. Both directions carry a length (4 bytes, big-endian) and as many
bytes; an answer begins with one byte: `T` the main text follows, `N` there is none, `E` trafilatura
failed and why.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO, TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

#: Seconds for one page; pages of real size take 0.02 to 0.2.
SECONDS_FOR_A_PAGE = 6.0
#: Seconds for the worker to start: it imports trafilatura.
SECONDS_FOR_THE_START = 30.0
#: What the worker may occupy; trafilatura with a page of 4 MB stays below half of it.
_BYTES_OF_MEMORY = 600_000_000
_LENGTH = 4
_READY = b"R"


@dataclass(frozen=True, slots=True)
class Answer:
    """What trafilatura made of a page: its text, or why there is none."""

    text: str | None = None
    why: str | None = None


class Extractor:
    """Asks one worker, and starts another when it hangs. Use it as a context manager."""

    def __init__(self, seconds: float = SECONDS_FOR_A_PAGE) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the worker without waiting for it, unless it runs."""
        if self._process is None:
            self._process = _popen()
            self._ready = False

    def extract(self, html: str) -> Answer:
        """Return the main text of `html`, as trafilatura gives it, or the reason for none."""
        try:
            self.start()
            if not self._ready and self._exchange(None, SECONDS_FOR_THE_START) != _READY:
                return self._give_up("the main-text extractor did not start")
            self._ready = True
            answer = self._exchange(html.encode("utf-8", "replace"), self._seconds)
        except OSError as error:
            return self._give_up(f"the main-text extractor did not run ({error.strerror})")
        if answer is None:
            return self._give_up(
                f"the main-text extractor needed more than {self._seconds:g} s or too much memory"
            )
        return _read_answer(answer)

    def close(self) -> None:
        """End the worker; the next page starts another."""
        process, self._process, self._ready = self._process, None, False
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                _close(pipe)

    def _give_up(self, why: str) -> Answer:
        self.close()
        return Answer(why=why)

    def _exchange(self, message: bytes | None, seconds: float) -> bytes | None:
        """Send `message` and return the answer; None when the worker died or was too slow."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return None
        timer = Timer(seconds, process.kill)
        timer.daemon = True
        timer.start()
        try:
            if message is not None:
                _write(process.stdin, message)
            return _read(process.stdout)
        except BrokenPipeError:
            return None
        finally:
            timer.cancel()


def _popen() -> subprocess.Popen[bytes]:
    # -P and the path: the worker runs this very package, and nothing of the current folder.
    here = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "citetrack.ingest.extractor"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
    )


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # what was still to be written has no reader
        return


def _write(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(_LENGTH, "big"))
    pipe.write(message)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes | None:
    head = pipe.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "big")
    body = pipe.read(length)
    return body if len(body) == length else None


def _read_answer(answer: bytes) -> Answer:
    kind, body = answer[:1], answer[1:].decode("utf-8", "replace")
    if kind == b"T":
        return Answer(text=body)
    if kind == b"E":
        return Answer(why=f"the main-text extractor failed ({body})")
    return Answer(why="the main-text extractor found no main text")


# ---------------------------------------------------------------- in the worker


def main_text(html: str) -> str | None:
    """Return trafilatura's main text of `html`: its defaults, without the readers' comments."""
    import trafilatura

    return trafilatura.extract(html, include_comments=False)


def _answer(html: str) -> bytes:
    try:
        text = main_text(html)
    except MemoryError:
        return b"Eout of memory"
    except Exception as error:  # noqa: BLE001 - whatever a page breaks in the library is one answer
        return b"E" + type(error).__name__.encode()
    return b"T" + text.encode("utf-8", "replace") if text else b"N"


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (_BYTES_OF_MEMORY, _BYTES_OF_MEMORY))
    except (ValueError, OSError):  # a lower limit holds already, or the system knows none
        return


def serve(pages: IO[bytes], answers: IO[bytes]) -> None:
    """Answer every page that comes until there are no more."""
    import trafilatura  # noqa: F401 - the first page must not pay for it

    _write(answers, _READY)
    while (page := _read(pages)) is not None:
        _write(answers, _answer(page.decode("utf-8", "replace")))


def _main() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    _limit_memory()
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    _main()
