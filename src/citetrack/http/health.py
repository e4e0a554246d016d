"""Whether a host is worth another request in this run.

A host that stays silent, cannot be connected to, or fails too often is given up: what depends on
it is unchecked, and the rest of the run goes on.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from citetrack.errors import Unreachable

#: Seconds without an answer that a host may cost a run (the contract allows 30; the rest is for
#: what was under way). Each answer wins one back.
PATIENCE = 25.0
#: "If more than 10 % of calls fail, stop" (Crossref); below this number a ratio says little.
_FAILING, _ENOUGH = 0.1, 50
#: Questions in a row that failed for good, and attempts in a row that found no connection.
_IN_A_ROW, _UNCONNECTED = 10, 3


@dataclass(slots=True)
class Health:
    """What one host has answered and not answered in this run."""

    host: str
    _lost: float = 0.0
    _questions: int = 0
    _failed: int = 0
    _failed_in_a_row: int = 0
    _unconnected: int = 0
    _given_up: str | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self) -> None:
        """Return when the host may be asked; raise Unreachable when it was given up."""
        if self._given_up:
            raise Unreachable(self._given_up)

    def patience(self) -> float:
        """Return the seconds that the next attempt may stay without an answer."""
        return max(0.1, PATIENCE - self._lost)

    def answered(self) -> None:
        """Note an answer: the host is alive."""
        with self._lock:
            self._lost = max(0.0, self._lost - 1.0)
            self._unconnected = 0

    def lost(self, seconds: float, *, connected: bool) -> None:
        """Note that an attempt brought nothing in `seconds`, the pause before it included."""
        with self._lock:
            self._lost += seconds
            self._unconnected = 0 if connected else self._unconnected + 1
            if self._lost >= PATIENCE:
                self._give_up(f"has brought nothing in {PATIENCE:.0f} seconds")
            elif self._unconnected >= _UNCONNECTED:
                self._give_up("cannot be reached")

    def hangs(self) -> None:
        """Note that an attempt could not be ended in time, and goes on."""
        with self._lock:
            self._give_up("does not end its answers")

    def settled(self, *, good: bool) -> None:
        """Note how a question ended after all attempts."""
        with self._lock:
            self._questions += 1
            self._failed += not good
            self._failed_in_a_row = 0 if good else self._failed_in_a_row + 1
            if self._failed_in_a_row >= _IN_A_ROW:
                self._give_up(f"failed {_IN_A_ROW} times in a row")
            elif self._questions >= _ENOUGH and self._failed > _FAILING * self._questions:
                self._give_up("fails more than one time in ten")

    def _give_up(self, why: str) -> None:
        self._given_up = f"{self.host} {why}, and is not asked again in this run."
