"""`citetrack check --dry-run`: the questions that a check would ask, and nothing sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetrack.model import Doi, Question
from citetrack.text import printable, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetrack.config import Settings
    from citetrack.pipeline import Checker
    from citetrack.pipeline.answers import Unasked

_AFTER = """\
A search is made of words of the story and technical words that titles use; no
search is made where the record of a printed DOI settles which study it is.
After the answers: notices about each study that is found; for a DOI that
Crossref does not have, which agency has it (doi.org) and its record (DataCite);
for one that nobody has, which DOIs one slip away exist; for a preprint, the
article that came of it. What is kept in the tracker is not asked again. Nothing
else of a story leaves this machine: docs/privacy.md.
"""


def dry_run(checker: Checker, sources: Iterable[str], options: dict[str, Any]) -> int:
    """Write what would be asked for each story; return the exit code (2 for unreadable input)."""
    from citetrack.cli.saying import say
    from citetrack.cli.writing import write_data

    code, reader = 0, checker.reader(options["stdin"])
    as_text = not (options["json"] or options["nl"])
    stories = []
    for item in (item for source in sources for item in reader.read(source)):
        if item.article is None and item.error:
            fetched = item.source if item.error.code == "unreachable" else None
            code = code if fetched else max(code, item.error.exit_code)
            if fetched is None:
                say(str(item.error))
                continue
            questions = [{"source": "page", "asks": "the story itself", "address": fetched}]
        else:
            checker.check(item)
            questions = [_told(q, checker.settings) for q in checker.registry.answers.unasked]
        stories.append({"article": item.source, "questions": questions})
        if as_text:
            write_data(_lines(stories[-1], verbose=options["verbose"]))
    _finish(stories, options, as_text=as_text)
    return code


def _finish(stories: list[dict[str, Any]], options: dict[str, Any], *, as_text: bool) -> None:
    from citetrack.cli.writing import write_data
    from citetrack.exports.jsonl import array_pieces, to_json

    if options["nl"]:
        write_data(f"{to_json(story)}\n" for story in stories)
    elif not as_text:
        write_data(array_pieces(stories))
    elif stories:
        write_data([_AFTER])


def _lines(story: dict[str, Any], *, verbose: bool) -> Iterator[str]:
    yield f"{printable(story['article'])}\n"
    for question in story["questions"]:
        yield from _wrapped(f"{question['source']:<9} ", question["asks"])
        if verbose:
            yield f"            {printable(question['address'])}\n"
    if not story["questions"]:
        yield "  nothing: no study is named, or all answers are at hand\n"
    yield "\n"


def _wrapped(label: str, text: str) -> Iterator[str]:
    import textwrap

    lines = textwrap.wrap(
        squeeze(printable(text)), 80 - 2 - len(label), break_on_hyphens=False
    ) or [""]
    for i, line in enumerate(lines):
        yield f"  {label if i == 0 else ' ' * len(label)}{line}\n"


def _told(asked: Unasked, settings: Settings) -> dict[str, str]:
    """Return one question as people read it, with the address that would be asked."""
    from citetrack.strategies import SEARCHED
    from citetrack.works.crossref import bibliographic, notices_url, search_url, work_url

    base, question = settings.crossref_url, asked.question
    kind, _, rest = asked.key.partition(":")
    if kind == "search" and isinstance(question, Question):
        words = bibliographic(question)
        return _row("Crossref", f"a search for: {words}", search_url(base, question, SEARCHED))
    if kind == "work":
        return _row("Crossref", f"the record of {rest}", work_url(base, Doi(rest)))
    if kind == "updates":
        return _row("Crossref", f"notices about {rest}", notices_url(base, Doi(rest)))
    if kind == "page":
        return _row("page", f"which DOI this page states of itself: {rest}", rest)
    return _row("PMC", f"the DOI of {kind.upper()} {rest}", settings.pmc_url)


def _row(source: str, asks: str, address: str) -> dict[str, str]:
    return {"source": source, "asks": asks, "address": address}
