"""The answers of sources as JSON, for keeping them: the only place that knows this shape."""

from __future__ import annotations

from dataclasses import dataclass

from citetrack.model import Doi, Lookup, Outcome, Question, Work


@dataclass(frozen=True, slots=True)
class _Answer:
    """A lookup less what has a column of its own. One of `doi` and `question` is set."""

    doi: Doi | None
    question: Question | None
    works: tuple[Work, ...]
    alias: Doi | None
    agency: str | None
    why: str | None
    missing: bool = False


def answer_to_json(lookup: Lookup) -> str:
    """Return what a lookup found as JSON."""
    from msgspec.json import encode

    asked = lookup.question
    answer = _Answer(
        doi=asked if isinstance(asked, Doi) else None,
        question=asked if isinstance(asked, Question) else None,
        works=lookup.works,
        alias=lookup.alias,
        agency=lookup.agency,
        why=lookup.why,
        missing=lookup.missing,
    )
    return encode(answer).decode()


def answer_from_json(source: str, outcome: str, asked_at: str | None, text: str) -> Lookup | None:
    """Return the lookup kept as `text`, None when it was kept in a shape of other days."""
    from msgspec import ValidationError
    from msgspec.json import decode

    try:
        answer = decode(text, type=_Answer)
    except (ValidationError, ValueError):
        return None
    return Lookup(
        source=source,
        question=answer.doi or answer.question or Question(),
        outcome=Outcome(outcome),
        works=answer.works,
        asked_at=asked_at,
        alias=answer.alias,
        agency=answer.agency,
        why=answer.why,
        missing=answer.missing,
    )
