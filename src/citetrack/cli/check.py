"""`citetrack check`: read, resolve, compare, report."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from citetrack.cli.options import code_type, date_type, settings_of, source_options
from citetrack.cli.progress import with_progress
from citetrack.cli.saying import say
from citetrack.config import CROSSREF_URL, FAIL_ON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetrack.config import Settings
    from citetrack.contract import Report
    from citetrack.ingest.item import Item
    from citetrack.model import Citation
    from citetrack.pipeline import Checker

_INTERRUPTED = 130
_UNCHECKED = "unchecked"
#: Not settled, and a source that could have settled it stayed silent.
_OPEN = frozenset({"weak", "ambiguous", "different"})
_KEPT = "What is done was kept."
_NOT_KEPT = "What is done was written; without --save no story was kept."
_RANK = {"note": 0, "warning": 1, "error": 2}
_EXAMPLES = """
\b
Examples:
  citetrack check story.txt --works papers.jsonl --offline
  citetrack check stories.jsonl --nl > checked.jsonl

\b
Exit code: 0 nothing at or above --fail-on (by default errors count, and
warnings alone give 0), 1 findings, 2 wrong use or unreadable input,
3 something could not be checked. Codes such as CT201: citetrack rule CT201.
"""


@click.command(epilog=_EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--json", "json", is_flag=True, help="One JSON array, one object a story.")
@click.option(
    "--nl", "nl", is_flag=True, help="One JSON object a line, as each is ready; also with --json."
)
@source_options
@click.option("--published", type=date_type, help="The date of stories that carry none.")
@click.option("--save", is_flag=True, help="Keep the stories too, with all that was found.")
@click.option("--dry-run", is_flag=True, help="Print what would be asked, and ask nothing.")
@click.option("--links", is_flag=True, help="Open the links to studies: do they lead anywhere?")
@click.option("--with-text", is_flag=True, help="Add article.text to the JSON.")
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="error",
    show_default=True,
    help="From which severity on a finding sets exit code 1.",
)
@click.option(
    "--ignore",
    multiple=True,
    type=code_type,
    help="Drop these findings (CT201 …: citetrack rule). Repeatable.",
)
@click.option("--allow-private", is_flag=True, help="Fetch pages on private addresses too.")
@click.option("-v", "--verbose", is_flag=True, help="Show each mention, reason and candidate.")
def check(sources: tuple[str, ...], **options: Any) -> int:
    """Check the studies that each SOURCE rests on.

    A SOURCE is a text, Markdown, HTML or .docx file, JSON lines, a web address, or "-".
    """
    from citetrack.cli.output import writer_of
    from citetrack.pipeline import Checker

    settings = _settings(options)
    if settings.dry_run:
        from citetrack.cli.dry_run import dry_run

        with Checker(settings, say=say) as checker:
            return dry_run(checker, sources, {**options, "stdin": sys.stdin.buffer})
    outcomes = _Outcomes(options["fail_on"])
    with (
        Checker(settings, say=say) as checker,
        writer_of(options) as writer,
    ):
        if settings.links and settings.offline:
            say("--links opens nothing, because of --offline.")
        invited = False
        try:
            for report in _reports(checker, sources):
                if not (report.error or invited):  # an address refused has no use for the tip
                    _invite_to_polite_pool(settings)
                    invited = True
                outcomes.add(report)
                writer.write(report)
        except KeyboardInterrupt:
            writer.break_off()
            say(f"Stopped after {outcomes.counted}. {_KEPT if settings.save else _NOT_KEPT}")
            return _INTERRUPTED
    if not (options["json"] or options["nl"]):
        outcomes.tell(settings)
    return outcomes.exit_code


def _settings(options: dict[str, Any]) -> Settings:
    return settings_of(
        options,
        published=options["published"],
        offline=options["offline"] or options["dry_run"],
        dry_run=options["dry_run"],
        save=options["save"] and not options["dry_run"],
        allow_private=options["allow_private"],
        links=options["links"],
        ignore=frozenset(options["ignore"]),
    )


def _reports(checker: Checker, sources: tuple[str, ...]) -> Iterator[Report]:
    """Yield the report on each story; progress shows when there are several and a person looks."""
    reader = checker.reader(sys.stdin.buffer)
    items: Iterable[Item] = (item for source in sources for item in reader.read(source))
    if "-" not in sources:  # who pipes stories in waits for each
        items = checker.look_ahead(items)
    for item in with_progress(items, sources, checker.seconds_for):
        yield _checked(checker, item)


def _checked(checker: Checker, item: Item) -> Report:
    """Check one story; a fault of our own costs that story and not the others."""
    from citetrack.contract import Report as Result
    from citetrack.errors import SnapshotError, StoreError
    from citetrack.model import Failure

    try:
        return checker.check(item)
    except (StoreError, SnapshotError, OSError):  # what every story would meet
        raise
    except Exception as error:  # noqa: BLE001 - the one place where any fault is caught
        why = f"{item.source} could not be checked: {type(error).__name__}: {error}."
        failure = Failure("internal", f"{why} This is a defect of citetrack; please report it.")
        return Result(None, item.source, error=failure, article_id=item.id)


class _Outcomes:
    """The exit code of a run: unreadable input over findings over what could not be checked."""

    def __init__(self, fail_on: str) -> None:
        self._threshold = {"error": 2, "warning": 1, "never": 3}[fail_on]
        self._seen: set[int] = set()
        self._read = self._unread = 0
        self._studies: Counter[str] = Counter()

    def add(self, report: Report) -> None:
        self._unread += bool(report.error)
        self._read += not report.error
        self._studies.update(c.status.value for c in report.citations)
        if report.error:
            self._seen.add(report.error.exit_code)
        if any(_RANK[f.severity.value] >= self._threshold for f in report.findings):
            self._seen.add(1)
        if any(_is_open(c) for c in report.citations):
            self._seen.add(3)

    def tell(self, settings: Settings) -> None:
        """Say what many stories came to, and where they are kept."""
        from citetrack.report.words import counted

        if not self._read and self._unread > 1:
            say(f"None of the {self._unread:,} could be read.")
        elif self._read + self._unread > 1:
            unread = f" {self._unread:,} more could not be read." if self._unread else ""
            say(f"{self.counted} with {counted(self._studies) or 'no study'}.{unread}")
        if settings.save and self._read:
            what = "it" if self._read == 1 else "them"
            say(f"Kept in {settings.db}: `citetrack report stories` lists {what}.")

    @property
    def counted(self) -> str:
        """How many stories were read, in words."""
        return "1 story" if self._read == 1 else f"{self._read:,} stories"

    @property
    def exit_code(self) -> int:
        return next((code for code in (2, 1, 3) if code in self._seen), 0)


def _is_open(citation: Citation) -> bool:
    """Whether somebody who was to be asked about a study, or what became of it, stayed silent."""
    if citation.status in _OPEN:
        return citation.why is not None
    return citation.status == _UNCHECKED or citation.unanswered


def _invite_to_polite_pool(settings: Settings) -> None:
    if not settings.offline and not settings.mailto and settings.crossref_url == CROSSREF_URL:
        say("Tip: with --mailto YOUR@ADDRESS (or CITETRACK_MAILTO) Crossref answers twice as fast.")
