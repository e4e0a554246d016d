"""Searching, filtering and paging as Crossref's REST API does it, over a handful of records."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Record = dict[str, Any]
MOST_ROWS, MOST_OFFSET, MOST_SAMPLE = 1000, 10_000, 100
_WORD = re.compile(r"\w+")
_FIELD_QUERIES = {
    "query.author": ("author",),
    "query.container-title": ("container-title", "short-container-title"),
    "query.title": ("title",),
    "query.publisher-name": ("publisher",),
}
_BIBLIOGRAPHIC = (
    "title", "subtitle", "author", "container-title", "short-container-title", "ISSN",
    "issued", "volume", "page",
)  # fmt: skip
_OTHERS = frozenset("filter rows offset cursor sample sort order select facet mailto".split())
_SORTS = frozenset(
    "score relevance issued published published-online published-print deposited indexed updated "
    "created is-referenced-by-count references-count".split()
)


class Refusal(Exception):
    """A question that the API answers with 400."""

    def __init__(self, kind: str, value: str, message: str) -> None:
        super().__init__(message)
        self.kind, self.value, self.message = kind, value, message


def words_of(value: object) -> list[str]:
    """Return the words in any part of a record, in lower case."""
    if isinstance(value, dict):
        return [w for k, v in value.items() if k != "affiliation" for w in words_of(v)]
    if isinstance(value, list):
        return [w for v in value for w in words_of(v)]
    return _WORD.findall(str(value).lower())


def _text(record: Record, fields: Iterable[str]) -> list[str]:
    return [w for f in fields for w in words_of(record.get(f) or ())]


def ranked(records: list[Record], query: str, fields: Iterable[str]) -> list[tuple[float, Record]]:
    """Return the records that share a word with `query`, by BM25 (k1 = 1.2, b = 0.75)."""
    texts = [Counter(_text(r, fields)) for r in records]
    spread = Counter(w for t in texts for w in t)
    mean = sum(t.total() for t in texts) / max(len(texts), 1) or 1.0
    scored = []
    for record, text in zip(records, texts, strict=True):
        score = 0.0
        for word in set(words_of(query)) & set(text):
            rarity = math.log(1 + (len(texts) - spread[word] + 0.5) / (spread[word] + 0.5))
            tf = text[word]
            score += rarity * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * text.total() / mean))
        if score > 0:
            scored.append((round(score * 10, 4), record))
    return sorted(scored, key=lambda pair: -pair[0])


# ---------------------------------------------------------------- filters


def _date(record: Record, kind: str) -> str:
    """Return a date as its first day: 2013-02 counts as 2013-02-01."""
    parts = ((record.get(kind) or {}).get("date-parts") or [[None]])[0]
    if not parts or parts[0] is None:
        return ""
    y, m, d = (*parts, 1, 1)[:3]
    return f"{y:04}-{m:02}-{d:02}"


def _first_day(text: str) -> str:
    return "-".join((*text.split("-"), "01", "01")[:3])


def _last_day(text: str) -> str:
    return "-".join((*text.split("-"), "12", "31")[:3])


def _lower(values: Iterable[object]) -> set[str]:
    return {str(v).lower() for v in values}


def _updated(record: Record, key: str) -> set[str]:
    return _lower(u.get(key) for u in record.get("update-to") or ())


def _truth(name: str) -> Callable[[Record, str], bool]:
    return lambda record, value: bool(record.get(name)) == (value.lower() in {"true", "1", "t"})


_DATES = {
    "pub": "published", "online-pub": "published-online", "print-pub": "published-print",
    "posted": "posted", "accepted": "accepted", "created": "created", "deposit": "deposited",
    "update": "deposited", "index": "indexed", "issued": "issued",
}  # fmt: skip
FILTERS: dict[str, Callable[[Record, str], bool]] = {
    "doi": lambda r, v: r["DOI"].lower() == v.lower(),
    "issn": lambda r, v: v.upper() in (r.get("ISSN") or ()),
    "container-title": lambda r, v: v in (r.get("container-title") or ()),
    "type": lambda r, v: r.get("type") == v,
    "prefix": lambda r, v: r["DOI"].startswith(v + "/"),
    "member": lambda r, v: r.get("member") == v,
    "publisher-name": lambda r, v: v.lower() in str(r.get("publisher")).lower(),
    "article-number": lambda r, v: r.get("article-number") == v,
    "alternative-id": lambda r, v: v in (r.get("alternative-id") or ()),
    "orcid": lambda r, v: any(v in str(a.get("ORCID")) for a in r.get("author") or ()),
    "clinical-trial-number": lambda r, v: v.lower() in words_of(r.get("clinical-trial-number")),
    "relation.type": lambda r, v: v in (r.get("relation") or ()),
    "relation.object": lambda r, v: v.lower() in _lower(
        o.get("id") for others in (r.get("relation") or {}).values() for o in others
    ),
    "updates": lambda r, v: v.lower() in _updated(r, "DOI"),
    "update-type": lambda r, v: v.lower() in _updated(r, "type"),
    "is-update": _truth("update-to"),
    "has-update": _truth("updated-by"),
    "has-abstract": _truth("abstract"),
    "has-relation": _truth("relation"),
    "has-alias": _truth("aliases"),
}  # fmt: skip


def _keeps(name: str) -> Callable[[Record, str], bool]:
    if name in FILTERS:
        return FILTERS[name]
    side, _, rest = name.partition("-")
    kind = _DATES.get(rest.removesuffix("-date"))
    if side in {"from", "until"} and rest.endswith("-date") and kind:
        if side == "from":
            return lambda r, v: _date(r, kind) >= _first_day(v)
        return lambda r, v: "" < _date(r, kind) <= _last_day(v)
    raise Refusal("filter-not-available", name, f"Filter {name} specified but there is no such")


def filtered(records: list[Record], text: str) -> list[Record]:
    """Return the records that pass: different names AND, the same name repeated OR."""
    wanted: dict[str, list[str]] = {}
    for part in filter(None, text.split(",")):
        name, _, value = part.partition(":")
        wanted.setdefault(name, []).append(value)
    tests = [(_keeps(name), values) for name, values in wanted.items()]
    return [r for r in records if all(any(keep(r, v) for v in vs) for keep, vs in tests)]


# ---------------------------------------------------------------- the list


def _number(params: dict[str, str], name: str, default: int, most: int) -> int:
    text = params.get(name, str(default))
    if not text.isdecimal() or int(text) > most:
        message = f"Integer specified as {text} but must be a positive integer up to {most}"
        raise Refusal("integer-not-valid", text, message)
    return int(text)


def matches(records: list[Record], params: dict[str, str]) -> list[Record]:
    """Return all records that answer the parameters, ranked or sorted, with their score."""
    for name in params:
        if not (name in _OTHERS or name.startswith("query")):
            message = f"Parameter {name} specified but is not allowed on this route"
            raise Refusal("parameter-not-allowed", name, message)
    found = [(0.0, r) for r in filtered(records, params.get("filter", ""))]
    for name, query in params.items():
        if name.startswith("query"):
            fields = _FIELD_QUERIES.get(name, _BIBLIOGRAPHIC)
            scored = ranked([r for _, r in found], query, fields)
            before = {id(r): s for s, r in found}
            found = [(s + before[id(r)], r) for s, r in scored]
    found.sort(key=lambda pair: -pair[0])
    return _sorted([{**r, "score": s} for s, r in found], params)


def _sorted(records: list[Record], params: dict[str, str]) -> list[Record]:
    by = params.get("sort")
    if by is None:
        return records
    if by not in _SORTS:
        raise Refusal("sort-not-valid", by, f"Sort {by} specified but is not valid")
    down = params.get("order", "desc") == "desc"
    if by in {"score", "relevance"}:
        return sorted(records, key=lambda r: r["score"], reverse=down)
    if by.endswith("count"):
        return sorted(records, key=lambda r: r.get(by) or 0, reverse=down)
    return sorted(records, key=lambda r: _date(r, by), reverse=down)


def page(found: list[Record], params: dict[str, str], start: int | None = None) -> Record:
    """Return the message of a list: one page of what was found."""
    rows = _number(params, "rows", 20, MOST_ROWS)
    if "sample" in params:
        items = [{**r, "score": 0.0} for r in found[: _number(params, "sample", 0, MOST_SAMPLE)]]
    else:
        offset = _number(params, "offset", 0, MOST_OFFSET) if start is None else start
        items = found[offset : offset + rows]
    if "select" in params:
        names = params["select"].split(",")
        items = [{k: r[k] for k in names if k in r} for r in items]
    return {
        "facets": {},
        "total-results": len(found),
        "items": items,
        "items-per-page": rows,
        "query": {"start-index": start or 0, "search-terms": params.get("query")},
    }
