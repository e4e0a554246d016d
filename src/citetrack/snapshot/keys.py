"""What a work is found by besides its words: the hash of its DOI, and the keys of its pages."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from citetrack.text import words

if TYPE_CHECKING:
    from citetrack.model import Work
    from citetrack.record.core import Core

#: Bits of a DOI's hash. 56 fit a SQLite key of eight bytes; among 180 million DOIs a made-up one
#: meets another's hash once in 400 million questions.
HASH_BITS = 56
_SHORTEST_NUMBER = 6
#: "/content/359/6380/1146", "/article/142/5/1234/5432109": volume, issue, first page.
_VOLUME_PAGE = re.compile(
    r"/(?P<volume>\d{1,4})/(?:\w{1,8}/)?(?P<page>[a-z]?\d{1,6})(?:[/.]|$)", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//(?P<host>[^/?#]+)(?P<path>/[^?#]*)?")
_OTHER = re.compile("[^a-z0-9]")


def doi_hash(doi: str) -> int:
    """Return the number under which a DOI (bare, in lower case) is kept."""
    return int.from_bytes(blake2b(doi.encode(), digest_size=HASH_BITS // 8).digest(), "big")


def page_keys(url: str) -> list[str]:
    """Return what identifies a landing page: its bare address, and the number at its end.

    >>> page_keys("https://www.sciencedirect.com/science/article/pii/S0140673621014318?via=x")
    ['sciencedirect.com/science/article/pii/s0140673621014318', '#s0140673621014318']
    """
    m = _ADDRESS.match(url.strip().lower())
    if m is None or m["host"].endswith("doi.org"):
        return []
    path = (m["path"] or "").rstrip("/")
    if not path:
        return []
    return [m["host"].removeprefix("www.") + path, *number_keys(path.rsplit("/", 1)[-1])]


def number_keys(text: str) -> list[str]:
    """Return the key of a publisher's number; one too short would be anything's."""
    bare = text.lower()
    if not (bare.isalnum() and bare.isascii()):
        bare = _OTHER.sub("", bare)
    bare = bare.removeprefix("pii")
    telling = len(bare) >= _SHORTEST_NUMBER and not bare.isalpha()
    return [f"#{bare}"] if telling else []


def keys_of(work: Work) -> set[str]:
    """Return every key by which the page of a work may be found."""
    landing = page_keys(work.landing_url) if work.landing_url else []
    return {*landing, *_other_keys(work)}


def _other_keys(work: Work | Core) -> set[str]:
    keys = {key for x in work.alternative_ids for key in number_keys(x)}
    if work.volume and work.page:
        first = work.page.replace("–", "-").partition("-")[0]
        keys.add(f"{work.volume}:{first.lower()}")
    return keys


def indexed_keys_of(core: Core) -> set[str]:
    """Return the keys that an index must hold so that each of `keys_of` leads to the work.

    An address with a number at its end is found by the number, one with the DOI in it by the DOI.
    """
    url = core.landing_url
    keys = _other_keys(core)
    if not url or core.doi in (address := url.lower()):
        return keys
    if f"#{address.rpartition('/')[2]}" not in keys:  # mostly it is the publisher's number
        keys.update(page_keys(url)[-1:])
    return keys


def volume_key(url: str) -> str | None:
    """Return the key of the volume and page that an address names, if it names them.

    >>> volume_key("http://science.sciencemag.org/content/359/6380/1146")
    '359:1146'
    """
    m = _VOLUME_PAGE.search(url.split("?", 1)[0])
    return f"{m['volume']}:{m['page'].lower()}" if m else None


def term_of(key: str) -> str:
    """Return the word that stands for a key in the index: of an address a hash, for shortness."""
    if "/" not in key:
        return key
    return "@" + blake2b(key.encode(), digest_size=5).hexdigest()


def names_container(address: str, containers: tuple[str, ...]) -> bool:
    """Whether an address names a journal: "sciencemag" names Science, "pnas" the Proceedings."""
    named = words(address)
    return any(_is_named(words(c), named) for c in containers)


def _is_named(container: list[str], address: list[str]) -> bool:
    telling = [w for w in container if len(w) > len("the")]
    initials = "".join(w[0] for w in container if w not in {"of", "the", "and"})
    return initials in address or any(p.startswith(w) for p in address for w in telling)
