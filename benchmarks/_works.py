"""Works made up for measuring: as many as wanted, the same for the same seed.

Words have the shape of real ones: a few are in every title, most are rare, each work keeps to a
subject, and the tail of rare words grows with the number of works. The words come from the records
of tests/eval and data/ and from syllables; a file of real records may be named instead. Nothing of
such a file is written down.
"""

from __future__ import annotations

import gzip
import json
import random
from itertools import accumulate, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
OURS = (ROOT / "tests" / "eval" / "works.jsonl", ROOT / "data" / "works.jsonl")
_SYLLABLES = [a + b for a, b in product("b c d f g l m n p r s t v st tr ph".split(), "aeiou")]
_SUBJECTS, _WORDS_A_SUBJECT = 3000, 50
_SURNAMES, _JOURNALS = 60_000, 6000
_FIRST_YEAR, _YEARS = 1990, 36
#: Shares and mean length in real records; a record is 5 kB of JSON, 1.4 kB packed.
_ABSTRACTS, _AFFILIATIONS, _REFERENCES = 0.13, 0.4, 14
#: Authors of a work: more than the two of all of Crossref; and of papers that newspapers report,
#: by twentieths of those papers, eleven in the mean.
ANY = tuple(range(1, 8))
IN_THE_NEWS = (1, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 10, 11, 12, 14, 18, 80)
#: Given names, and in what form records print them: of 14,133 real records' authors 43% have a
#: name alone, 17% a name and an initial, 21% two initials, 13% one, 3% two names. Of the names ten
#: are a twelfth of all, a hundred a quarter, a thousand 60%.
_GIVEN, _GIVEN_OFFSET = 30_000, 12
_GIVEN_FORMS = ("{0}", "{0} {2}.", "{1}. {2}.", "{1}.", "{0} {3}")
_GIVEN_SHARES = (43, 17, 21, 13, 3)


class Maker:
    """Makes records. `references` off leaves out what is never kept, for speed."""

    def __init__(
        self,
        seed: int = 1,
        source: Path | None = None,
        *,
        references: bool = True,
        authors: tuple[int, ...] = ANY,
    ) -> None:
        self._numbers = authors
        self.chance = random.Random(seed)
        records = list(_read([source] if source else OURS))
        common = _words(t for r in records for t in r.get("title") or ())
        self._common = common[:4000]
        self._weights = list(accumulate(1 / (n + 3) for n in range(len(self._common))))
        tail = common[4000:] + [_word(n) for n in range(60_000)]
        self.chance.shuffle(tail)
        self._subjects = [
            self.chance.sample(self._common[50:] + tail[:30_000], _WORDS_A_SUBJECT)
            for _ in range(_SUBJECTS)
        ]
        names = {a.get("family") for r in records for a in r.get("author") or () if a}
        real = sorted(n for n in names if n and n.isascii() and n.isalpha())
        made = [_word(n).capitalize() for n in range(10_000, 10_000 + _SURNAMES)]
        self._surnames = self.chance.sample(real + made, min(_SURNAMES, len(real) + len(made)))
        self._surname_weights = list(
            accumulate((n + 20) ** -0.7 for n in range(len(self._surnames)))
        )
        self._given = [_given(n, self._surnames) for n in range(_GIVEN)]
        self._given_weights = list(accumulate(1 / (n + _GIVEN_OFFSET) for n in range(_GIVEN)))
        self._journals = [self._journal(n) for n in range(_JOURNALS)]
        self._journal_weights = list(accumulate((n + 5) ** -0.8 for n in range(_JOURNALS)))
        self._places = [
            f"Department of {self._topic(0)}, University of {s}" for s in self._surnames[:3000]
        ]
        self._cited = [self._reference(n) for n in range(3000)] if references else []

    def _journal(self, number: int) -> str:
        kind = ("Journal of", "Annals of", "Archives of", "Advances in")[number % 4]
        return f"{kind} {self._topic(number % _SUBJECTS)} {self._topic((number * 7) % _SUBJECTS)}"

    def _topic(self, subject: int) -> str:
        return self.chance.choice(self._subjects[subject]).capitalize()

    def _title(self, subject: int, number: int, length: int) -> str:
        own = self.chance.choices(self._subjects[subject], k=length // 2 + 1)
        other = self.chance.choices(self._common, cum_weights=self._weights, k=length - len(own))
        words = own + other
        self.chance.shuffle(words)
        if number % 5 == 0:  # names of genes, places, species: seen once or twice
            words[-1] = _word(100_000 + number // 10)
        return " ".join(words).capitalize()

    def _reference(self, number: int) -> str:
        title = self._title(number % _SUBJECTS, 1, 11)
        return (
            f'{{"key":"ref{number % 60}","doi-asserted-by":"crossref","DOI":"10.{1000 + number}/'
            f'{_word(number)}.{number * 7919}","author":"{self.chance.choice(self._surnames)}",'
            f'"article-title":"{title}","volume":"{number % 90}","year":"{1990 + number % 30}"}}'
        )

    def lines(self, first: int, count: int) -> Iterator[bytes]:
        """Yield records number `first` and on, each as a line of JSON."""
        for number in range(first, first + count):
            yield self._line(number).encode()

    def _line(self, number: int) -> str:
        chance = self.chance
        subject = chance.randrange(_SUBJECTS)
        year, month, _day = (
            _FIRST_YEAR + int(_YEARS * chance.random() ** 0.5),
            chance.randint(1, 12),
            7,
        )
        (journal,) = chance.choices(range(_JOURNALS), cum_weights=self._journal_weights)
        name = self._journals[journal]
        date = f'{{"date-parts":[[{year},{month},{number % 28 + 1}]]}}'
        doi = f"10.{1000 + journal}/{_word(journal)}.{year}.{number * 2654435761 % 2**32:08x}"
        page = chance.randrange(1, 3000)
        abstract = ""
        if chance.random() < _ABSTRACTS:
            text = ". ".join(self._title(subject, 1, 22) for _ in range(8))
            abstract = f'"abstract":"<jats:p>{text}.</jats:p>",'
        cited = (
            chance.choices(self._cited, k=chance.randrange(2 * _REFERENCES)) if self._cited else ()
        )
        return (
            f'{{"indexed":{{"date-parts":[[2026,1,5]],"timestamp":{1767571200000 + number}}},'
            f'"reference-count":{len(cited)},"publisher":"{name.split()[-1]} Publishing",'
            f'"issue":"{month}","content-domain":{{"domain":[],"crossmark-restriction":false}},'
            f'"short-container-title":["{_short(name)}"],{abstract}"DOI":"{doi.upper()}",'
            f'"type":"journal-article","created":{date},"page":"{page}-{page + 9}",'
            f'"source":"Crossref","is-referenced-by-count":{page},'
            f'"title":["{self._title(subject, number, chance.randint(6, 18))}"],'
            f'"prefix":"10.{1000 + journal}","volume":"{year - 1960}",'
            f'"author":[{self._authors(subject)}],"member":"{journal % 300}",'
            f'"reference":[{",".join(cited)}],"container-title":["{name}"],"language":"en",'
            f'"deposited":{date},"score":0.0,"resource":{{"primary":{{"URL":'
            f'"https://www.{_word(journal)}.com/article/pii/S{number * 40503 % 10**15:016}"}}}},'
            f'"issued":{date},"published-online":{date},"published-print":{date},'
            f'"alternative-id":["S{number * 40503 % 10**15:016}"],"published":{date},'
            f'"URL":"https://doi.org/{doi}","ISSN":["{1000 + journal}-{journal % 9000 + 1000}"]}}'
        )

    def _authors(self, subject: int) -> str:
        chance = self.chance
        names = chance.choices(
            self._surnames, cum_weights=self._surname_weights, k=chance.choice(self._numbers)
        )
        place = self._places[subject] if chance.random() < _AFFILIATIONS else None
        where = f'[{{"name":"{place}"}}]' if place else "[]"
        first, second = (
            chance.choices(self._given, cum_weights=self._given_weights, k=len(names))
            for _ in range(2)
        )
        forms = chance.choices(_GIVEN_FORMS, _GIVEN_SHARES, k=len(names))
        return ",".join(
            f'{{"given":"{form.format(one, one[0], other[0], other)}","family":"{name}",'
            f'"sequence":"additional","affiliation":{where}}}'
            for name, form, one, other in zip(names, forms, first, second, strict=True)
        )


def write(folder: Path, maker: Maker, count: int, *, files: int, packed: bool = True) -> None:
    """Write records into files as the public data file has them."""
    folder.mkdir(parents=True)
    each = -(-count // files)
    for n in range(files):
        path = folder / f"{n:03}.jsonl{'.gz' if packed else ''}"
        with gzip.open(path, "wb", compresslevel=2) if packed else path.open("wb") as file:
            for line in maker.lines(n * each, min(each, count - n * each)):
                file.write(line + b"\n")


def _read(paths: Any) -> Iterator[dict[str, Any]]:
    for path in paths:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for line in file:
                yield json.loads(line)


def _words(texts: Iterator[str]) -> list[str]:
    """Return plain words, the commonest first."""
    from collections import Counter

    counted = Counter(w for t in texts for w in t.lower().split() if w.isascii() and w.isalpha())
    return [w for w, _ in counted.most_common()]


def _word(number: int) -> str:
    """Return a word of syllables, another for each number."""
    word, rest = "", number
    while True:
        rest, place = divmod(rest, len(_SYLLABLES))
        word += _SYLLABLES[place]
        if not rest:
            return word + "nrst"[number % 4]


def _given(number: int, surnames: list[str]) -> str:
    """Return a given name, six letters long in the mean as real ones are."""
    name = surnames[number * 7 % len(surnames)]
    return name[: 3 + number % 7]


def _short(name: str) -> str:
    return " ".join(w[:4] + "." for w in name.split() if len(w) > 2)
