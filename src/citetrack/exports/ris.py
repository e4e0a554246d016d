"""Works as RIS, which reference managers import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: CSL types as RIS types; the rest are GEN.
_TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "article": "UNPB",
    "posted-content": "UNPB",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "paper-conference": "CPAPER",
    "report": "RPRT",
    "software": "COMP",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}


def pieces(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield one record a work, without rispy's line with the record's number."""
    from rispy.writer import RisWriter

    class Writer(RisWriter):  # type: ignore[misc]
        def set_header(self, count: int) -> str:  # noqa: ARG002
            return ""

    writer = Writer()
    return (f"{writer.formats([_entry(item)])}\n" for item in items)


def _entry(item: dict[str, Any]) -> dict[str, Any]:
    start, _, end = (item.get("page") or "").partition("-")
    date = [str(part).zfill(2) for part in _date_parts(item)]
    entry = {
        "type_of_reference": _TYPES.get(item["type"], "GEN"),
        "title": item["title"],
        "authors": [_author(a) for a in item["author"]],
        "journal_name": item["container-title"],
        "year": date[0] if date else None,
        # RIS writes a date as year/month/day/other, with empty places between the slashes.
        "date": "/".join([*date, "", "", ""][:3]) + "/" if date else None,
        "volume": item.get("volume"),
        "number": item.get("issue"),
        "start_page": start,
        "end_page": end,
        "note": item.get("number"),
        "issn": item.get("ISSN"),
        "publisher": item.get("publisher"),
        "type_of_work": item.get("genre"),
        "language": item.get("language"),
        "doi": item["DOI"],
        "urls": [item["URL"]],
        "notes": [item["note"]] if item.get("note") else None,
        "keywords": [item["keyword"]] if item.get("keyword") else None,
    }
    return {k: v for k, v in entry.items() if v}


def _author(author: dict[str, Any]) -> str:
    return author.get("literal") or ", ".join(
        p for p in (author.get("family"), author.get("given")) if p
    )


def _date_parts(item: dict[str, Any]) -> list[int]:
    parts: list[list[int]] = (item.get("issued") or {}).get("date-parts") or [[]]
    return parts[0]
