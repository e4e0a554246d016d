"""A DataCite object (JSON:API, metadata schema 4) becomes a work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citetrack.errors import InvalidIdentifier, MalformedRecord
from citetrack.model import Contributor, Doi, PartialDate, Update, Work
from citetrack.record.clean import clean_abstract, clean_text
from citetrack.record.dates import readable_date
from citetrack.updates import says_withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: DataCite's resourceTypeGeneral in CSL's words (schema 4.6); the rest is a "document".
_CSL_TYPES = {
    "journalarticle": "article-journal",
    "preprint": "article",
    "book": "book",
    "bookchapter": "chapter",
    "conferencepaper": "paper-conference",
    "conferenceproceeding": "book",
    "datapaper": "article-journal",
    "dataset": "dataset",
    "dissertation": "thesis",
    "journal": "periodical",
    "peerreview": "review",
    "report": "report",
    "software": "software",
    "standard": "standard",
    "image": "graphic",
    "audiovisual": "motion_picture",
}
#: Older records say "Text", and what it is in their own words.
_OWN_WORDS = {
    "journalarticle": "article-journal",
    "article": "article-journal",
    "preprint": "article",
    "thesis": "thesis",
    "report": "report",
    "bookchapter": "chapter",
    "conferencepaper": "paper-conference",
}
#: What Crossref calls the same, so that judging and checks know one vocabulary.
_CROSSREF_TYPES = {"dataset": "dataset", "peerreview": "peer-review", "preprint": "posted-content"}
_RELATIONS = {
    "isversionof": "is-version-of",
    "hasversion": "has-version",
    "isnewversionof": "is-new-version-of",
    "ispreviousversionof": "is-previous-version-of",
    "isidenticalto": "is-identical-to",
    "isvariantformof": "is-variant-form-of",
    "isoriginalformof": "is-original-form-of",
    "ispreprintof": "is-preprint-of",
    "haspreprint": "has-preprint",
    "ispublishedin": "is-published-in",
    "issupplementto": "is-supplement-to",
    "issupplementedby": "is-supplemented-by",
    "obsoletes": "replaces",
    "isobsoletedby": "is-replaced-by",
}
_DATES = {
    "issued": "published",
    "available": "published-online",
    "submitted": "posted",
    "accepted": "accepted",
    "created": "created",
}
_ORCID = re.compile(r"(?:\d{4}-){3}\d{3}[\dXx]")
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]")
_SERVERS = frozenset({"arxiv", "biorxiv", "medrxiv"})
_NO_PUBLISHER = frozenset({"(:unav)", "(:none)", "unknown", ""})


def work_of(message: Mapping[str, Any]) -> Work:
    """Return the work of `{"data": {"attributes": …}}`, of `data`, or of the attributes alone.

    What cannot be read is left out. Raises MalformedRecord when it is no such object or names no
    DOI.
    """
    attributes = _attributes(message)
    kinds = _dict(attributes.get("types"))
    general, own = _word(kinds.get("resourceTypeGeneral")), _word(kinds.get("resourceType"))
    is_preprint = general == "preprint" or own == "preprint" or _is_server(attributes)
    container = _dict(attributes.get("container"))
    dates = tuple(d for d in _dates(attributes) if is_preprint or d[0] != "posted")
    return Work(
        doi=_doi(attributes),
        type="article" if is_preprint else _csl_type(general, own),
        title=_title(attributes),
        subtitle=_subtitle(attributes),
        containers=tuple(_containers(attributes, container, is_preprint=is_preprint)),
        issn=(i,) if (i := _issn(container)) else (),
        authors=tuple(_authors(attributes)),
        issued=_issued(attributes, dates),
        dates=dates,
        abstract=_abstract(attributes),
        volume=_text(container.get("volume")),
        issue=_text(container.get("issue")),
        page=_page(container),
        publisher=_publisher(attributes),
        language=_text(attributes.get("language")),
        landing_url=_text(attributes.get("url")),
        relations=tuple(_relations(attributes)),
        updates=_withdrawn(attributes) if is_preprint else (),
        registered_type="posted-content" if is_preprint else _CROSSREF_TYPES.get(general, general),
        subtype="preprint" if is_preprint else None,
    )


def _attributes(message: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(message, dict):
        raise MalformedRecord("A DataCite record is a JSON object; this is none.")
    data = message.get("data", message)
    attributes = data.get("attributes", data) if isinstance(data, dict) else None
    if not isinstance(attributes, dict):
        raise MalformedRecord("DataCite's answer holds no record.")
    return attributes if attributes.get("doi") else {**attributes, "doi": data.get("id")}


def _doi(attributes: dict[str, Any]) -> Doi:
    try:
        return Doi.parse(str(attributes.get("doi") or ""))
    except InvalidIdentifier as e:
        raise MalformedRecord("DataCite's record names no DOI.") from e


def _csl_type(general: str, own: str) -> str:
    if general in {"text", "other", ""}:
        return _OWN_WORDS.get(own, "document")
    return _CSL_TYPES.get(general, "document")


def _is_server(attributes: dict[str, Any]) -> bool:
    """Whether the record is a preprint server's: arXiv's older records call themselves "Text"."""
    return (_publisher(attributes) or "").casefold() in _SERVERS


def _title(attributes: dict[str, Any]) -> str | None:
    """Return the title proper; some records have only one of another kind."""
    titles = _dicts(attributes.get("titles"))
    other = [t for t in titles if t.get("titleType") and t.get("titleType") != "Subtitle"]
    own = [t for t in titles if not t.get("titleType")]
    return next(filter(None, (_text(t.get("title")) for t in (*own, *other))), None)


def _subtitle(attributes: dict[str, Any]) -> str | None:
    titles = _dicts(attributes.get("titles"))
    return next((_text(t.get("title")) for t in titles if t.get("titleType") == "Subtitle"), None)


def _containers(
    attributes: dict[str, Any], container: dict[str, Any], *, is_preprint: bool
) -> Iterator[str]:
    title = _text(container.get("title"))
    if title:
        yield title
    server = _publisher(attributes)
    if is_preprint and server and server != title:
        yield server


def _publisher(attributes: dict[str, Any]) -> str | None:
    publisher = attributes.get("publisher")
    name = _text(publisher.get("name") if isinstance(publisher, dict) else publisher)
    return None if name is None or name.casefold() in _NO_PUBLISHER else name


def _issn(container: dict[str, Any]) -> str | None:
    number = re.sub(r"[^0-9Xx]", "", str(container.get("identifier") or "")).upper()
    is_issn = container.get("identifierType") == "ISSN" and len(number) == len("12345678")
    return f"{number[:4]}-{number[4:]}" if is_issn else None


def _page(container: dict[str, Any]) -> str | None:
    first, last = _text(container.get("firstPage")), _text(container.get("lastPage"))
    return f"{first}-{last}" if first and last and first != last else first


def _authors(attributes: dict[str, Any]) -> Iterator[Contributor]:
    for creator in _dicts(attributes.get("creators")):
        family, given = _text(creator.get("familyName")), _text(creator.get("givenName"))
        name = _text(creator.get("name"))
        if not family and name and "," in name and creator.get("nameType") != "Organizational":
            family, _, rest = (p.strip() for p in name.partition(","))
            given = rest or None
        if family or name:
            yield Contributor(
                family,
                given if family else None,
                None if family else name,
                _orcid(creator),
                tuple(_affiliations(creator)),
            )


def _orcid(creator: dict[str, Any]) -> str | None:
    for identifier in _dicts(creator.get("nameIdentifiers")):
        m = _ORCID.search(str(identifier.get("nameIdentifier") or ""))
        if m:
            return m[0].upper()
    return None


def _affiliations(creator: dict[str, Any]) -> Iterator[str]:
    listed = creator.get("affiliation")
    for affiliation in listed if isinstance(listed, list) else []:
        name = _text(affiliation.get("name") if isinstance(affiliation, dict) else affiliation)
        if name:
            yield name


def _dates(attributes: dict[str, Any]) -> Iterator[tuple[str, PartialDate]]:
    """Yield the first date of each kind; later ones are of later versions."""
    seen = set()
    for entry in _dicts(attributes.get("dates")):
        kind = _DATES.get(_word(entry.get("dateType")))
        date = readable_date(entry.get("date"))
        if kind and date and kind not in seen:
            seen.add(kind)
            yield kind, date


def _issued(
    attributes: dict[str, Any], dates: tuple[tuple[str, PartialDate], ...]
) -> PartialDate | None:
    """Return the earliest day the work was public: what is issued is often known by year only."""
    out = [d for kind, d in dates if kind not in {"created", "accepted"}]
    year = readable_date(attributes.get("publicationYear"))
    out = [d for d in out if year is None or d.year == year.year] or ([year] if year else out)
    most = max((len(str(d)) for d in out), default=0)
    return min((d for d in out if len(str(d)) == most), key=str, default=None)


def _abstract(attributes: dict[str, Any]) -> str | None:
    for entry in _dicts(attributes.get("descriptions")):
        text = entry.get("description")
        if entry.get("descriptionType") == "Abstract" and isinstance(text, str):
            abstract = clean_abstract(text)
            if abstract:
                return abstract
    return None


def _withdrawn(attributes: dict[str, Any]) -> tuple[Update, ...]:
    """Return the withdrawal of which arXiv's remarks on a text ("12 pages, …") tell."""
    remarks = (
        _text(entry.get("description"))
        for entry in _dicts(attributes.get("descriptions"))
        if entry.get("descriptionType") == "Other"
    )
    told = any(says_withdrawn(remark) for remark in remarks if remark)
    return (Update("withdrawal", None, None, "comment"),) if told else ()


def _relations(attributes: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for entry in _dicts(attributes.get("relatedIdentifiers")):
        relation = _RELATIONS.get(_word(entry.get("relationType")))
        other = entry.get("relatedIdentifier")
        if relation and isinstance(other, str) and entry.get("relatedIdentifierType") == "DOI":
            try:
                yield relation, Doi.parse(other).value
            except InvalidIdentifier:
                continue


# ---------------------------------------------------------------- values of any shape


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [x for x in value if isinstance(x, dict)] if isinstance(value, list) else []


def _word(value: object) -> str:
    return _NOT_ALPHANUMERIC.sub("", value.lower()) if isinstance(value, str) else ""


def _text(value: object) -> str | None:
    return clean_text(str(value)) if isinstance(value, str | int) else None
