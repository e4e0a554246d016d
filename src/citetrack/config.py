"""Settings of a run, and what each stands at when nobody sets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from citetrack.model import PartialDate

CROSSREF_URL = "https://api.crossref.org"
DATACITE_URL = "https://api.datacite.org"
DOI_URL = "https://doi.org"
PMC_URL = "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles/"
TIMEOUT = 20.0
#: From which severity on a finding sets exit code 1.
FAIL_ON = ("error", "warning", "never")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is told.

    `works` are files of records to consult first. `db` is the tracker in which answers are kept
    (None: no tracker); `save` keeps the stories too; `cache` off asks anew and keeps nothing,
    `refresh` asks anew and keeps it. `timeout` is what one answer may take, in seconds.
    `retraction_watch` is the CSV to use; without it, what the tracker has stored of it.
    `dry_run` asks nothing and notes what would be asked.
    `links` opens every link to a study, to see whether it leads anywhere.
    `published` is the date of stories that carry none; findings with a code in `ignore` are
    dropped.
    """

    works: tuple[Path, ...] = ()
    offline: bool = False
    dry_run: bool = False
    crossref_url: str = CROSSREF_URL
    datacite_url: str = DATACITE_URL
    doi_url: str = DOI_URL
    pmc_url: str = PMC_URL
    retraction_watch: Path | None = None
    mailto: str | None = None
    published: PartialDate | None = None
    db: Path | None = None
    save: bool = False
    cache: bool = True
    refresh: bool = False
    timeout: float = TIMEOUT
    allow_private: bool = False
    links: bool = False
    ignore: frozenset[str] = frozenset()
