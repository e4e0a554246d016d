"""A stand-in for Crossref's REST API: a real HTTP server on loopback, serving given records.

It also stands in for the other registries (`others`), under the same address.
It answers as recorded answers do: aliases by 301, unknown DOIs by 404 in plain text, pools with
their headers, and 429 to who goes over them. Faults are switched on by a test, for all requests
or for some: `server.fail("504", on="/agency", times=2)`. `server.log` tells what was asked.
"""

from __future__ import annotations

import json
import select
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from citetrack.http.limits import Clock
from crossref_pools import POOLS, Asked, Fault, Pool
from crossref_search import Record, Refusal, matches, page, words_of
from local_site import LocalServer
from other_registries import OtherRegistries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NOT_FOUND = b"Resource not found."
AGENCIES = {"crossref": "Crossref", "datacite": "DataCite", "medra": "mEDRA", "jalc": "JaLC"}


def _json(outcome: str, kind: str, message: object) -> bytes:
    body: dict[str, Any] = {"status": outcome, "message-type": kind, "message-version": "1.0.0"}
    return json.dumps({**body, "message": message}).encode()


_PAGE, _JSON = "text/html", "application/json"
_REFUSAL = [{"type": "parameter-not-allowed", "value": "x", "message": "Not so."}]
_CRASH: Record = {"name": "java.lang.NullPointerException", "message": None, "stack": []}
#: Answers that are wrong in themselves: status, body, content type.
CANNED: dict[str, tuple[int, bytes, str]] = {
    "400": (400, _json("failed", "validation-failure", _REFUSAL), _JSON),
    "403": (403, b"<html>Forbidden</html>", _PAGE),
    "429": (429, b"<html>Too many requests</html>", _PAGE),
    "500": (500, _json("error", "exception", _CRASH), _JSON),
    "502": (502, b"<html>Bad Gateway</html>", _PAGE),
    "503": (503, b"<html>Service Unavailable</html>", _PAGE),
    "504": (504, b"<html>Gateway Time-out</html>", _PAGE),
    "html-404": (404, b"<html>No such page</html>", _PAGE),
    "not-json": (200, b"<html>Welcome to the airport's Wi-Fi</html>", _PAGE),
    "broken-json": (200, b'{"status":"ok","message":{"DOI":"10.', _JSON),
    "wrong-type": (200, _json("ok", "work", [1, 2, 3]), _JSON),
    "wrong-items": (200, _json("ok", "work-list", {"items": "none"}), _JSON),
    "wrong-record": (200, _json("ok", "work", {"DOI": "10.5555/quite-another"}), _JSON),
    "no-json-object": (200, b"[]", _JSON),
    "empty": (200, b"", _JSON),
}


@dataclass
class CrossrefServer:
    """The stand-in; a context manager.

    `delay` are the seconds that each answer takes, `headers` go out with each. Rates are counted
    by `clock`, which a client may share. With `hides_aliases` no record
    lists the DOIs that lead to it.
    """

    works: Iterable[Record] = ()
    journals: Iterable[Record] = ()
    agencies: dict[str, str] = field(default_factory=dict)
    pools: dict[str, Pool] = field(default_factory=lambda: dict(POOLS))
    delay: float = 0.0
    log: list[Asked] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    released: threading.Event = field(default_factory=threading.Event)
    others: OtherRegistries = field(default_factory=OtherRegistries)
    clock: Clock = field(default_factory=Clock)
    hides_aliases: bool = False

    def __enter__(self) -> Self:
        self._lock = threading.Lock()
        self._arrived: dict[str, list[float]] = {}
        self._under_way: list[_Handler] = []
        self._cursors: dict[str, int] = {}
        self.load(self.works)
        self._server = LocalServer(("127.0.0.1", 0), _Handler)
        self._server.stand_in = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """The base of the API."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def load(self, works: Iterable[Record]) -> None:
        """Serve these records; their DOIs come out in lower case."""
        self.records = [{**w, "DOI": w["DOI"].lower()} for w in works]

    def fail(
        self, kind: str, *, on: str = "", times: int | None = None, seconds: float = 0.0
    ) -> None:
        """Let something go wrong from now on: a kind of `_Handler.break_down`, or "slow"."""
        self.faults.append(Fault(kind, on, times, seconds))

    # ------------------------------------------------------------ what the handler asks

    def fault_for(self, address: str) -> Fault | None:
        with self._lock:
            for fault in self.faults:
                if fault.on in address and (fault.times is None or fault.used < fault.times):
                    fault.used += 1
                    return fault
        return None

    @contextmanager
    def counted(self, handler: _Handler) -> Iterator[None]:
        """Note a request and whether it goes over its pool while it is under way.

        It is so until its answer begins, or nobody waits for it.
        """
        asked = handler.asked
        pool = self.pools[asked.pool]
        with self._lock:
            for other in [h for h in self._under_way if h.is_deserted()]:
                self._end(other)
            recent = [t for t in self._arrived.get(asked.pool, []) if t > asked.at - 1.0]
            asked.together = sum(h.asked.pool == asked.pool for h in self._under_way) + 1
            asked.over = len(recent) >= pool.rate or asked.together > pool.concurrency
            self._arrived[asked.pool] = [*recent, asked.at]
            self._under_way.append(handler)
            self.log.append(asked)
        try:
            yield
        finally:
            self.end(handler)

    def end(self, handler: _Handler) -> None:
        """Note that a request is under way no more: who has an answer may ask the next at once."""
        with self._lock:
            self._end(handler)

    def _end(self, handler: _Handler) -> None:
        if handler in self._under_way:
            self._under_way.remove(handler)
            handler.asked.ended = self.clock.now()

    def work(self, doi: str) -> Record | None:
        return next((r for r in self.records if r["DOI"] == doi.lower()), None)

    def alias_of(self, doi: str) -> str | None:
        for r in self.records:
            if doi.lower() in (a.lower() for a in r.get("aliases") or ()):
                return str(r["DOI"])
        return None

    def agency(self, doi: str) -> str | None:
        for known, agency in self.agencies.items():
            if doi.lower() == known or doi.lower().startswith(known + "/"):
                return agency
        return "crossref" if self.work(doi) or self.alias_of(doi) else None

    def listed(self, records: list[Record], params: dict[str, str]) -> Record | None:
        """Return the message of a list; None for a cursor that was never given out."""
        found = matches(records, params)
        cursor = params.get("cursor")
        if cursor is None:
            return page(found, params)
        with self._lock:
            if cursor == "*":
                cursor = f"DnF1ZXJ5VGhlbkZldGNo{len(self._cursors)}=="
                self._cursors[cursor] = 0
            elif cursor not in self._cursors:
                return None
            start = self._cursors[cursor]
            message = page(found, params, start)
            self._cursors[cursor] += len(message["items"])
        return {**message, "next-cursor": cursor}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        server = self.stand_in
        parts = urlsplit(self.path)
        self.params = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.route = parts.path.removeprefix("/v1").rstrip("/")
        agent = self.headers.get("User-Agent", "")
        polite = "mailto" in self.params or "mailto:" in agent
        single = self.route.count("/") > 1 and not self.route.endswith("/works")
        single = single or self.route.startswith("/idconv")
        self.pool = f"{'polite' if polite else 'public'}-{'single' if single else 'array'}"
        at = server.clock.now()
        asked = Asked(self.command, self.path, self.params, agent, self.pool, at, 0, over=False)
        self.asked = asked
        try:
            with server.counted(self):
                fault = server.fault_for(unquote(self.path))
                asked.fault = fault.kind if fault else None
                server.clock.sleep(server.delay)
                self.answer(asked, fault)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    @property
    def stand_in(self) -> CrossrefServer:
        return self.server.stand_in  # type: ignore[attr-defined,no-any-return]

    def answer(self, asked: Asked, fault: Fault | None) -> None:
        if fault and fault.kind == "slow":
            self.take(fault.seconds)
            fault = None
        if fault:
            self.break_down(fault)
        elif asked.over:
            self.send(*CANNED["429"])
        elif other := self.stand_in.others.answer(self.route, self.params):
            self.send(*other)
        elif self.route == "/works":
            self.send_list(self.stand_in.records)
        elif self.route.startswith("/works/"):
            self.send_single(self.route.removeprefix("/works/"))
        elif self.route == "/journals":
            self.send_journals()
        elif self.route.startswith("/journals/"):
            self.send_journal(*self.route.removeprefix("/journals/").split("/"))
        else:
            self.send(404, NOT_FOUND, "text/plain")

    # ------------------------------------------------------------ routes

    def send_single(self, path: str) -> None:
        server = self.stand_in
        if path.endswith("/agency"):
            self.send_agency(unquote(path.removesuffix("/agency")))
            return
        doi = unquote(path)
        work, target = server.work(doi), server.alias_of(doi)
        if work:
            hidden = {"aliases"} if server.hides_aliases else set()
            shown = {k: v for k, v in work.items() if k not in hidden}
            self.send_message("work", {**shown, "score": 1})
        elif target:
            self.send(301, b"", "text/plain", {"Location": f"/works/{quote(target)}"})
        else:
            self.send(404, NOT_FOUND, "text/plain")

    def send_agency(self, doi: str) -> None:
        agency = self.stand_in.agency(doi)
        if agency is None:
            self.send(404, NOT_FOUND, "text/plain")
            return
        named = {"id": agency, "label": AGENCIES.get(agency, agency)}
        self.send_message("work-agency", {"DOI": doi, "agency": named})

    def send_list(self, records: list[Record]) -> None:
        try:
            message = self.stand_in.listed(records, self.params)
        except Refusal as e:
            self.send_failure(400, "validation-failure", e.kind, e.value, e.message)
            return
        if message is None:
            text = "Cursor specified but it is invalid"
            cursor = self.params["cursor"]
            self.send_failure(404, "resource-failure", "cursor-invalid", cursor, text)
        else:
            self.send_message("work-list", message)

    def send_journals(self) -> None:
        wanted = set(words_of(self.params.get("query", "")))
        found = [j for j in self.stand_in.journals if wanted <= set(words_of(j.get("title")))]
        self.send_message("journal-list", page(found, {"rows": self.params.get("rows", "20")}))

    def send_journal(self, issn: str, rest: str = "") -> None:
        journal = next((j for j in self.stand_in.journals if issn in (j.get("ISSN") or ())), None)
        if journal is None:
            self.send(404, NOT_FOUND, "text/plain")
        elif rest == "works":
            records = self.stand_in.records
            self.send_list([r for r in records if issn in (r.get("ISSN") or ())])
        else:
            self.send_message("journal", journal)

    # ------------------------------------------------------------ faults

    def break_down(self, fault: Fault) -> None:
        """Go wrong in one of the ways of CANNED, or as the method of that name does."""
        if fault.kind in CANNED:
            self.send(*CANNED[fault.kind])
            return
        ways: dict[str, Callable[[], object]] = {
            "429-seconds": lambda: self.turn_away(f"{fault.seconds:.0f}", fault.seconds),
            "429-date": lambda: self.turn_away(self.date(fault.seconds), fault.seconds),
            "truncated": self.break_off,
            "drip": self.drip,
            "silent": self.be_silent,
            "cut": lambda: None,
        }
        ways[fault.kind]()
        self.close_connection = not fault.kind.startswith("429")

    def turn_away(self, retry_after: str, seconds: float) -> None:
        self.asked.pause_until = self.stand_in.clock.now() + seconds
        self.send(429, b"", "text/plain", {"Retry-After": retry_after})

    def take(self, seconds: float) -> None:
        """Take so long for an answer, or until nobody waits for it."""
        clock = self.stand_in.clock
        end = clock.now() + seconds
        while (left := end - clock.now()) > 0 and not self.is_deserted():
            clock.sleep(min(left, 0.02))

    def be_silent(self) -> None:
        while not self.stand_in.released.wait(0.02) and not self.is_deserted():
            pass

    def is_deserted(self) -> bool:
        """Whether the other side has hung up."""
        return bool(select.select([self.connection], [], [], 0)[0])

    def date_time_string(self, _: float | None = None) -> str:
        return self.date(0.0)

    def date(self, later: float) -> str:
        return formatdate(self.stand_in.clock.wall() + later, usegmt=True)

    def break_off(self) -> None:
        self.head(200, "application/json", 5000, ends=False)
        self.wfile.write(b'{"status":"ok"')

    def drip(self) -> None:
        """Send a byte now and then, for ever: no time-out of a socket ends this."""
        self.head(200, "application/json", 1_000_000, ends=False)
        while not self.stand_in.released.wait(0.02) and not self.is_deserted():
            self.wfile.write(b" ")
            self.wfile.flush()

    # ------------------------------------------------------------ answers

    def send_message(self, kind: str, message: object) -> None:
        self.send(200, _json("ok", kind, message), _JSON)

    def send_failure(self, status: int, kind: str, what: str, value: str, text: str) -> None:
        details = [{"type": what, "value": value, "message": text}]
        self.send(status, _json("failed", kind, details), _JSON)

    def send(
        self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None
    ) -> None:
        self.head(status, kind, len(body), headers)
        if self.command != "HEAD":
            self.wfile.write(body)

    def head(
        self,
        status: int,
        kind: str,
        length: int,
        headers: dict[str, str] | None = None,
        *,
        ends: bool = True,
    ) -> None:
        if ends:
            self.stand_in.end(self)
        pool = self.stand_in.pools[self.pool]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.send_header("x-api-pool", self.pool)
        self.send_header("x-rate-limit-limit", str(pool.rate))
        self.send_header("x-rate-limit-interval", "1s")
        self.send_header("x-concurrency-limit", str(pool.concurrency))
        for name, value in {**self.stand_in.headers, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
