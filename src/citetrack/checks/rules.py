"""What each code means, for people: the texts of `citetrack rule` and of docs/rules/.

They are data: `resources/rules.toml`. Severity and title stand in `codes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from citetrack.checks.codes import CODES
from citetrack.errors import InputError

_EFFECT = {
    "error": "It sets exit code 1, unless `--fail-on never` is given.",
    "warning": "It sets exit code 1 only with `--fail-on warning`.",
    "note": "It never sets exit code 1.",
}

_NOT_RAISED = "Not raised by this version"


@dataclass(frozen=True, slots=True)
class Rule:
    """One code: what it means, when it is raised, an example of our own, what to do."""

    code: str
    severity: str
    title: str
    means: str
    raised: str
    story: str
    record: str
    message: str
    do: str

    @property
    def is_raised(self) -> bool:
        """Whether a check of this version raises it."""
        return not self.raised.startswith(_NOT_RAISED)

    @property
    def listed(self) -> str:
        """The title as lists show it."""
        return self.title if self.is_raised else f"{self.title} (not raised by this version)"

    @property
    def effect(self) -> str:
        """What the severity does to the exit code."""
        return _EFFECT[self.severity]

    @property
    def leave_out(self) -> str:
        """How to be spared the findings of this code."""
        return (
            f"`citetrack check … --ignore {self.code}` leaves it out of a run;"
            f" `citetrack ignore STORY {self.code}` for one story that was kept, for good."
        )


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules, in the order of their codes."""
    import tomllib
    from importlib import resources

    text = resources.files("citetrack.resources").joinpath("rules.toml").read_text("utf-8")
    told = tomllib.loads(text)
    return tuple(
        Rule(code, severity.value, title, **told[code])
        for code, (severity, title) in sorted(CODES.items())
    )


def find_rule(code: str) -> Rule:
    """Return the rule of a code; raise InputError when there is none."""
    wanted = code.strip().upper()
    found = next((r for r in rules() if r.code == wanted), None)
    if found is None:
        raise InputError(f"There is no code {code}.", hint="`citetrack rule` lists them.")
    return found


def page(code: str) -> str:
    """Return the page of a code in Markdown."""
    rule = find_rule(code)
    parts = (
        f"# {rule.code}: {rule.title}",
        f"Severity: **{rule.severity}**. {rule.effect}",
        rule.means,
        f"## When it is raised\n\n{rule.raised}",
        f"## Example\n\n{_table(rule)}",
        f"## What to do\n\n{rule.do}",
        f"## How to leave it out\n\n{rule.leave_out}",
    )
    return "\n\n".join(parts) + "\n"


def _table(rule: Rule) -> str:
    rows = (
        ("", ""),
        ("---", "---"),
        ("the story says", rule.story),
        ("the record says", rule.record),
        ("citetrack says", rule.message),
    )
    return "\n".join(f"| {left} | {right} |" for left, right in rows)


def index() -> str:
    """Return the table of all codes in Markdown."""
    rows = (f"| [{r.code}]({r.code}.md) | {r.severity} | {r.listed} |" for r in rules())
    return "\n".join(("| code | severity | means |", "|---|---|---|", *rows)) + "\n"
