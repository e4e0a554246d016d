"""Rows of a Retraction Watch CSV, made up, in the shape of the file that Crossref publishes."""

from __future__ import annotations

import csv
import gzip
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = (
    "Record ID", "Title", "Subject", "Institution", "Journal", "Publisher", "Country", "Author",
    "URLS", "ArticleType", "RetractionDate", "RetractionDOI", "RetractionPubMedID",
    "OriginalPaperDate", "OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature",
    "Reason", "Paywalled", "Notes",
)  # fmt: skip


def watched(
    paper: str,
    nature: str,
    date: str = "6/2/2021 0:00",
    notice: str = "unavailable",
    reason: str = "+Concerns/Issues About Data;",
) -> dict[str, str]:
    """Return a row about the paper with a DOI."""
    return {
        **dict.fromkeys(COLUMNS, ""),
        "Record ID": "17",
        "Title": 'Snails, "tea" and speed',
        "Author": "Ann Ray;Bo Moe",
        "RetractionDate": date,
        "RetractionDOI": notice,
        "OriginalPaperDate": "4/7/2019 0:00",
        "OriginalPaperDOI": paper,
        "RetractionNature": nature,
        "Reason": reason,
        "Notes": "First line\nsecond line",
    }


def csv_of(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> bytes:
    """Return the file with these rows."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def write_csv(path: Path, *rows: dict[str, str]) -> Path:
    """Write the file, packed where its name ends in .gz."""
    body = csv_of(*rows)
    path.write_bytes(gzip.compress(body) if path.suffix == ".gz" else body)
    return path
