"""What a publisher's page says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetrack.mentions import identifiers
from citetrack.model import Doi, Zone

if TYPE_CHECKING:
    from citetrack.ingest.dispatch import Fetched

_SELF = (Zone.META, Zone.JSON_LD)


def doi_of_page(page: Fetched) -> Doi | None:
    """Return the one DOI in a page's metadata (`citation_doi`, Dublin Core, JSON-LD), or None.

    Two different DOIs mean that the metadata speak of more than this page: then nobody knows.
    """
    from citetrack.ingest.html import read_html

    article = read_html(page.body, source=page.url, url=page.url, charset=page.charset)
    for zone in _SELF:
        stated = {
            m.value
            for m in identifiers(article)
            if m.kind == "doi" and article.zone_at(m.start) is zone
        }
        if stated:
            return Doi(stated.pop()) if len(stated) == 1 else None
    return None
