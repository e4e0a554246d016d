"""A call that ends in time, whatever the other side does."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T:
    """Return what `work` returns; raise TimeoutError when it has not ended after `seconds`.

    Time-outs of sockets count anew with each byte, and looking up a name has none. The work is
    left to end by itself on a thread that does not keep the process alive.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as e:  # noqa: BLE001 - carried over to the thread that waits
            future.set_exception(e)

    threading.Thread(target=run, name="citetrack-http", daemon=True).start()
    return future.result(timeout=seconds)
