"""What the addresses of publishers and registries say without the network.

The rules are data: `resources/landing.tsv`, a row each. A row whose kind is "lookup" marks a page
of a work whose identifier is not in the address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from citetrack.identifiers import (
    arxiv,
    bibcode,
    doi,
    handle,
    isbn,
    orcid,
    pii,
    pubmed,
    repec,
    shortdoi,
    ssrn,
    trial,
)
from citetrack.identifiers.addresses import find_addresses
from citetrack.model import Identifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from citetrack.identifiers.folding import Folded

#: What makes an identifier canonical, by kind.
CANONICAL: Mapping[str, Callable[[str], str | None]] = {
    "doi": doi.canonical,
    "shortdoi": shortdoi.canonical,
    "pmid": pubmed.canonical_pmid,
    "pmcid": pubmed.canonical_pmcid,
    "arxiv": arxiv.canonical,
    "isbn": isbn.canonical,
    "nct": trial.canonical_nct,
    "isrctn": trial.canonical_isrctn,
    "handle": handle.canonical,
    "pii": pii.canonical,
    "bibcode": bibcode.canonical,
    "repec": repec.canonical,
    "ssrn": ssrn.canonical,
    "orcid": orcid.canonical,
}
LOOKUP = "lookup"
#: A rule ends where the path, one of its parts or the sentence ends.
_TAIL = r"(?=$|[/?#&;.,)=])"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: at these hosts, a path of this form is this identifier.

    `hosts` are names that a host may end in ("=bmj.com": be); `template` is filled with the named
    groups of `path`, empty where `kind` is "lookup". `alone` is the group of a template that is
    nothing else: the identifier is printed in the path as it stands.
    """

    publisher: str
    hosts: tuple[str, ...]
    path: re.Pattern[str]
    kind: str
    template: str
    example: str
    result: str
    source: str
    alone: str | None = None

    def value(self, host: str, m: re.Match[str]) -> str | None:
        """Return the identifier that a path stands for, or None where a table lacks the entry.

        Besides the groups of the path, `site` is the first label of the host.
        """
        groups = {k: v or "" for k, v in m.groupdict().items()}
        if "issn" in groups:
            abbreviation, first = mdpi_abbreviations().get(groups["issn"].upper(), ("", 0))
            if not abbreviation or int(groups["volume"]) < first:
                return None
            groups["abbreviation"] = abbreviation
        return self.template.format(site=host.partition(".")[0], **groups)


@cache
def load_rules() -> tuple[Rule, ...]:
    """Return the rows of the table, in the order in which they are tried."""
    return tuple(_rule(row) for row in _rows("landing.tsv"))


@cache
def mdpi_abbreviations() -> Mapping[str, tuple[str, int]]:
    """Return, by ISSN, the letters in the DOIs of MDPI's journals and their first volume."""
    return {row[0]: (row[1], int(row[2])) for row in _rows("mdpi.tsv")}


def find_landing(page: Folded) -> Iterator[Identifier]:
    """Yield what the addresses in a text say by rule.

    The span is that of the printed part where the identifier is one, else the whole address.
    """
    for address in find_addresses(page, is_known):
        for kind, value, printed, span in _said(address.host, address.path):
            start, end = address.start, address.end
            if span:
                start, end = (address.path_start + i for i in span)
            yield Identifier(kind, value, start, end, printed)


def is_known(host: str) -> bool:
    """Say whether there are rules for a host."""
    return bool(_rules_at(host))


def matching(host: str, path: str) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Yield the rules that fit an address, in the table's order."""
    for rule in _rules_at(host):
        m = rule.path.match(path)
        if m:
            yield rule, m


@lru_cache(maxsize=4096)
def _rules_at(host: str) -> tuple[Rule, ...]:
    return tuple(rule for name in _names(host) for rule in _index().get(name, ()))


@lru_cache(maxsize=1024)  # a page repeats its links
def _said(host: str, path: str) -> tuple[tuple[str, str, str, tuple[int, int] | None], ...]:
    """Return what an address says, as (kind, value, as printed, its span in the path).

    There is no span where anything in the address had to be put together: all of it is meant.
    """
    found: dict[str, tuple[str, str, tuple[int, int] | None]] = {}
    for rule, m in matching(host, path):
        printed = rule.value(host, m) if rule.kind != LOOKUP and rule.kind not in found else None
        value = CANONICAL[rule.kind](printed) if printed else None
        if printed and value:
            found[rule.kind] = value, printed, m.span(rule.alone) if rule.alone else None
    derived = any(span is None for _, _, span in found.values())
    return tuple((k, v, p, None if derived else span) for k, (v, p, span) in found.items())


@cache
def _index() -> Mapping[str, tuple[Rule, ...]]:
    index: dict[str, list[Rule]] = {}
    for rule in load_rules():
        for host in rule.hosts:
            index.setdefault(host, []).append(rule)
    return {host: tuple(rules) for host, rules in index.items()}


def _names(host: str) -> Iterator[str]:
    """Yield the names under which rules may stand for a host."""
    yield f"={host}"
    yield host
    at = host.find(".")
    while at >= 0:
        yield host[at + 1 :]
        at = host.find(".", at + 1)


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files("citetrack").joinpath("resources", name).read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("\t")]


def _rule(row: list[str]) -> Rule:
    publisher, hosts, path, kind, template, example, result, source = row
    return Rule(
        publisher,
        tuple(hosts.split()),
        re.compile(f"/{path}{'' if kind == LOOKUP else _TAIL}", re.IGNORECASE | re.ASCII),
        kind,
        template,
        example,
        result,
        source,
        template[1:-1] if re.fullmatch(r"\{\w+\}", template) else None,
    )
