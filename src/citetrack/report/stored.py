"""What is stored, for a terminal: tables of a report, one story, one work.

Everything that comes from outside passes through `_line`: control characters become blanks, and
`Text` shows "[markup]" as it is.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from citetrack.model import PartialDate, Update
from citetrack.report.told import MOST_SHOWN, WORTH_SHOWING, update_line
from citetrack.report.verdict import left_out
from citetrack.report.words import FEATURES, figure, when
from citetrack.text import printable, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import RenderableType

    Row = dict[str, Any]

#: How the statuses are said to people.
STATUS_WORDS = {
    "exact": "certain",
    "strong": "likely",
    "weak": "possible",
    "ambiguous": "several fit",
    "different": "another paper",
    "not_found": "not found",
    "unchecked": "not checked",
}
_WORK_STATUS_WORDS = {
    "ok": "no notice",
    "unknown": "not checked",
    "retracted-republished": "retracted, republished",
    "expression-of-concern": "expression of concern",
}
_DECISIONS = {"accept": "accepted", "reject": "rejected", "ignore": "ignored"}
_STYLES = {
    "exact": "green",
    "strong": "green",
    "weak": "yellow",
    "ambiguous": "yellow",
    "different": "red",
    "retracted": "bold red",
    "withdrawn": "bold red",
    "retracted-republished": "bold red",
    "expression-of-concern": "red",
    "error": "bold red",
    "warning": "yellow",
}


#: Dates in columns fold after the month, so that titles keep their room.
_DATES = 11


def report_table(name: str, rows: Iterable[Row]) -> Table:
    """Return the report called `name` as a table."""
    columns = _REPORTS[name]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0), header_style="bold")
    for title, _ in columns:
        if title[0] == "#":
            table.add_column(title, justify="right")
        else:
            width = _DATES if title in {"First", "Last"} else None
            table.add_column(title, overflow="fold", max_width=width)
    for row in rows:
        table.add_row(*(cell(row) for _, cell in columns))
    return table


def article_view(detail: Row) -> RenderableType:
    """Return one story: what it cites and why we think so, then its text with mentions marked."""
    article = detail["article"]
    parts: list[RenderableType] = [*_heading(article), Text()]
    references = detail["references"]
    parts.append(Text(_counted(len(references), "study", "studies") + " named", "bold"))
    for reference in references:
        parts += [Text(), *_reference(reference)]
    if detail["findings"]:
        parts += [Text(), Text("Findings", "bold"), *map(_finding, detail["findings"])]
    if ignored := [finding["code"] for finding in detail["ignored"]]:
        parts += [Text(), Text(left_out(ignored))]
    parts += [Text(f"Note: {_line(note)}") for note in article["notes"]]
    if detail["claims"]:
        parts += [Text(), Text("Claims", "bold")]
        parts += [line for claim in detail["claims"] for line in _claim(claim)]
    if detail["decisions"]:
        parts += [Text(), Text("Decisions", "bold"), *map(_decision, detail["decisions"])]
    return Group(*parts, Text(), Text("Text", "bold"), _marked(detail))


def work_view(detail: Row) -> RenderableType:
    """Return one work, what happened to it, and the stories that cite it."""
    work = detail["work"]
    parts: list[RenderableType] = [
        Text(_line(work["title"]) or "(no title)", "bold"),
        Text(_line("; ".join(map(_name, work["author"][:_AUTHORS])))),
        Text(_line(_joined(work["container-title"], _date(work)))),
        Text(_line(work["URL"])),
        Text(),
        _labelled("status", _work_status(detail)),
    ]
    parts += [_labelled("", _update(u)) for u in detail["updates"]]
    stories = detail["stories"]
    parts += [Text(), Text(_counted(len(stories), "story", "stories"), "bold")]
    return Group(*parts, _stories(stories))


# ---------------------------------------------------------------- cells of the tables


def _line(value: object) -> str:
    return "" if value is None else squeeze(printable(str(value)))


def _joined(*parts: object) -> str:
    return ", ".join(_line(p) for p in parts if p)


def _cell(title: object, *below: object) -> Text:
    text = Text(_line(title) or "(no title)")
    for line in below:
        if shown := _line(line):
            text.append(f"\n{shown}", "dim")
    return text


def _story(row: Row) -> Text:
    url = row["canonical_url"]
    address = "" if url.startswith("urn:") else url
    return _cell(row["story_title"], _joined(row["outlet"] or address, when(row["published"])))


def _study(row: Row) -> Text:
    place = _joined(row["container_title"], when(row["issued"]))
    return _cell(row["work_title"], place, row["doi"])


def _link(row: Row) -> Text:
    status = row["status"]
    text = Text(STATUS_WORDS[status], _STYLES.get(status, ""))
    if decision := row.get("decision"):
        text.append(f"\n{_DECISIONS[decision]}")
    return text


def _work_status(row: Row) -> Text:
    status = row["work_status"]
    text = Text(_WORK_STATUS_WORDS.get(status) or str(status), _STYLES.get(status, ""))
    if date := row["status_date"]:
        text.append(f"\n{_line(when(date))}", "dim")
    return text


def _plain(name: str) -> Callable[[Row], Text]:
    return lambda row: Text(_line(row[name]))


def _dated(name: str) -> Callable[[Row], Text]:
    return lambda row: Text(_line(when(row[name])))


def _named(row: Row) -> Text:
    return _cell(row["summary"], row["doi_as_printed"], row["why"])


def _outlet(row: Row) -> Text:
    return _cell(row["outlet"] or "(not named)", row["domain"])


_REPORTS: dict[str, tuple[tuple[str, Callable[[Row], Text]], ...]] = {
    "citations": (
        ("#", _plain("article_id")),
        ("Story", _story),
        ("Study", _study),
        ("Link", _link),
        ("Status", _work_status),
    ),
    "works": (
        ("Study", _study),
        ("# stories", _plain("story_count")),
        ("First", _dated("first_story")),
        ("Last", _dated("last_story")),
        ("Status", _work_status),
    ),
    "outlets": (
        ("Outlet", _outlet),
        ("# stories", _plain("story_count")),
        ("# studies named", _plain("reference_count")),
        ("# found", _plain("linked_count")),
        ("# retracted", _plain("retracted_count")),
    ),
    "retracted": (
        ("#", _plain("article_id")),
        ("Story", _story),
        ("Study", _study),
        ("Status", _work_status),
    ),
    "unresolved": (
        ("#", _plain("article_id")),
        ("Story", _story),
        ("Study, as the story names it", _named),
        ("Link", _link),
    ),
    "stories": (
        ("#", _plain("article_id")),
        ("Story", _story),
        ("# studies named", _plain("reference_count")),
        ("# found", _plain("linked_count")),
    ),
}

# ---------------------------------------------------------------- lines of one story or work

_AUTHORS = 10


def _heading(article: Row) -> Iterator[Text]:
    yield Text(_line(article["title"]) or "(no title)", "bold")
    yield Text(_joined(article["outlet"], article["byline"], when(article["published"])))
    yield Text(_line(article["url"] or article["source"]))
    revisions = article["revisions"]
    edited = f", {revisions} revisions" if revisions > 1 else ""
    yield Text(f"number {article['article_id']}, read {when(article['read_at'])}{edited}", "dim")


def _reference(reference: Row) -> Iterator[RenderableType]:
    status = reference["status"]
    confidence = reference["confidence"]
    shown = confidence is not None and status not in {"exact", "different"}
    how_sure = STATUS_WORDS[status] + (f" ({figure(confidence)})" if shown else "")
    yield Text.assemble(
        f"{reference['ordinal']}. {_line(reference['summary'])}  ",
        (how_sure, _STYLES.get(status, "")),
    )
    if work := reference["work"]:
        yield _labelled("work", Text(_line(work["title"]) or "(no title)"))
        yield _labelled("", Text(_joined(work["container-title"], _date(work))))
        yield _labelled("", Text(_line(work["URL"])))
    if reference["why"]:
        yield _labelled("note", Text(_line(reference["why"])))
    yield from (_labelled(*_reason(r)) for r in reference["reasons"] if r["agrees"] is not None)
    yield from (_labelled("notice", _update(u)) for u in reference["updates"])
    if not reference["work"]:
        likely = (c for c in reference["candidates"] if c["confidence"] >= WORTH_SHOWING)
        for candidate in islice(likely, MOST_SHOWN):
            yield _labelled("maybe", _cell(candidate["title"], candidate["doi"]))


def _reason(reason: Row) -> tuple[str, Text]:
    feature = FEATURES.get(reason["feature"], _line(reason["feature"]))
    said, recorded = reason["story"], reason["record"]
    if reason["feature"] == "issued":
        said, recorded = when(said), when(recorded)
    story, record = _line(said), _line(recorded)
    if reason["agrees"]:
        return "why", Text(f"{feature}: {story or record}")
    return "differs", Text(f"{feature}: story: {story} | record: {record}", "yellow")


def _finding(finding: Row) -> RenderableType:
    severity = finding["severity"]
    text = Text.assemble((severity, _STYLES.get(severity, "")), f": {_line(finding['message'])}")
    return _labelled(finding["code"], text)


def _claim(claim: Row) -> Iterator[RenderableType]:
    yield _labelled("story", Text(_line(claim["quote"])))
    if claim["outcome"] == "no-abstract":  # a title states no result
        yield _labelled("", Text("not compared (the record has no abstract)", "dim"))
        return
    for evidence in claim["evidence"]:
        yield _labelled(_line(evidence["field"]), Text(_line(evidence["quote"])))
    yield _labelled("", Text(claim["outcome"].replace("-", " "), "dim"))


def _decision(decision: Row) -> RenderableType:
    about = _line(decision["code"] or decision["doi"])
    who = f"{_DECISIONS[decision['verdict']]} by {_line(decision['decided_by'])}"
    note = f": {_line(decision['note'])}" if decision["note"] else ""
    return _labelled("", Text(f"{about} {who}, {when(decision['decided_at'])}{note}"))


def _update(update: Row) -> Text:
    date = PartialDate.parse(update["date"]) if update["date"] else None
    told = Update(update["type"], date, update["notice_doi"], update["source"])
    return Text(_line(update_line(told)), "red")


def _stories(stories: Iterable[Row]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for row in stories:
        table.add_row(Text(str(row["article_id"])), _story(row), _link(row))
    return table


def _labelled(label: str, content: Text) -> RenderableType:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=8, no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    table.add_row(Text(label), content)
    return Padding(table, (0, 0, 0, 2))


def _marked(detail: Row) -> Text:
    """Return the story's text; «marks» and a study's number show without colour too."""
    text = detail["article"]["text"]
    studies = {i: r["ordinal"] for r in reversed(detail["references"]) for i in r["mentions"]}
    spans = [(m["start"], -m["end"], studies.get(i)) for i, m in enumerate(detail["mentions"])]
    marked, done = Text(), 0
    for start, minus_end, study in sorted(spans, key=lambda s: (s[0], s[1], s[2] is None)):
        if start < done:
            continue
        marked.append(printable(text[done:start], keep_newlines=True))
        done = -minus_end
        marked.append(f"«{printable(text[start:done], keep_newlines=True)}»", "bold")
        if study is not None:
            marked.append(f"[{study}]", "dim")
    marked.append(printable(text[done:], keep_newlines=True))
    return marked


def _name(author: Row) -> str:
    return str(author.get("literal") or _joined(author.get("family"), author.get("given")))


def _date(work: Row) -> str:
    parts = (work["issued"] or {}).get("date-parts") or [[]]
    return when("-".join(f"{part:02}" for part in parts[0]))


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
