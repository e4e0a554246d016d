"""citetrack reads news stories, finds the studies they rest on, and compares the two.

>>> import citetrack
>>> citetrack.find_identifiers("see doi:10.1001/jama.2025.3204.")[0].value
'10.1001/jama.2025.3204'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citetrack.config import Settings
    from citetrack.contract import Report
    from citetrack.errors import CitetrackError
    from citetrack.evidence import compare
    from citetrack.identifiers import find_identifiers
    from citetrack.model import Article, Identifier, Work
    from citetrack.pipeline import Checker, check, check_all, read
    from citetrack.store import Store

__all__ = [
    "Article",
    "Checker",
    "CitetrackError",
    "Identifier",
    "Report",
    "Settings",
    "Store",
    "Work",
    "check",
    "check_all",
    "compare",
    "find_identifiers",
    "read",
]

#: Where each public name lives; it is imported when it is first used.
_HOMES = {
    "Article": "model",
    "Checker": "pipeline",
    "CitetrackError": "errors",
    "Identifier": "model",
    "Report": "contract",
    "Settings": "config",
    "Store": "store",
    "Work": "model",
    "check": "pipeline",
    "check_all": "pipeline",
    "compare": "evidence",
    "find_identifiers": "identifiers",
    "read": "pipeline",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
