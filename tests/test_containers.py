"""Journals found by name and by what stands near; the packaged list, and how it is widened."""

from __future__ import annotations

import re
import runpy
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from citetrack.containers import Gazetteer, find_containers, journal_key, standard_gazetteer
from citetrack.containers.finding import SEEDS
from citetrack.containers.gazetteer import packaged_table
from citetrack.containers.listed import Listed
from citetrack.containers.spelling import ALONE, SEED, VERB, spellings_of
from citetrack.containers.table import Name, packed_names
from citetrack.mentions import find_mentions
from citetrack.model import Article, Link
from citetrack.pipeline.journals import finders

#: What stands in the text, and the title under which records print it.
_NAMED = {
    "verb": ("researchers report in Nature Medicine.", ["Nature Medicine"]),
    "say": ("the team says in the BMJ", ["BMJ"]),
    "noun-before-in": ("The study, in the Lancet Oncology, followed", ["The Lancet Oncology"]),
    "blanks-that-do-not-break": ("published in\xa0Nature\xa0today.", ["Nature"]),
    "in-front": ("In Nature Medicine, doctors describe the case", ["Nature Medicine"]),
    "by-somebody-italian": ("Pubblicato su Science da Anna Conti, lo studio", ["Science"]),
    "by-somebody-spanish": ("publicado en la revista Nature de Ana Ruiz", ["Nature"]),
    "and-i": ("a paper in The Lancet and I would not", ["The Lancet"]),
    "one-of-two": ("The second, in Brain Research, followed men", ["Brain Research"]),
    "in-front-of-a-week": ("In this week's Nature, the team writes that", ["Nature"]),
    "its-own-issue": ("The method is in Nature's latest issue.", ["Nature"]),
    "who-owns-a-team": ("in the Lancet medical journal, Lin's team said so", ["The Lancet"]),
    "weekday": ("published in Thursday's Science", ["Science"]),
    "issue": ("in the 5 May edition of Blood", ["Blood"]),
    "list": ("in the journals Science, Nature and Cell.", ["Science", "Nature", "Cell"]),
    "two-after-verb": ("appear in Science and Nature this week", ["Science", "Nature"]),
    "comma-in-name": (
        "reported in Arteriosclerosis, Thrombosis, and Vascular Biology.",
        ["Arteriosclerosis, Thrombosis, and Vascular Biology"],
    ),
    "comma-in-name-after-noun": (
        "in the journal Arteriosclerosis, Thrombosis, and Vascular Biology.",
        ["Arteriosclerosis, Thrombosis, and Vascular Biology"],
    ),
    "comma-after-name": ("in the journal Gut, Ana Ruiz said", ["Gut"]),
    "nickname": ("printed by PNAS", ["Proceedings of the National Academy of Sciences"]),
    "nickname-again": (
        "in the Journal of the American Medical Association (JAMA).",
        ["JAMA"],
    ),
    "british-medical-journal": ("the British Medical Journal said", ["BMJ"]),
    "former-name": ("in Archives of Internal Medicine", ["Archives of Internal Medicine"]),
    "spelling": ("published in Plos One", ["PLOS ONE"]),
    "and-for-ampersand": (
        "published in The Lancet Diabetes and Endocrinology",
        ["The Lancet Diabetes & Endocrinology"],
    ),
    "section": ("reported in Circulation: Heart Failure", ["Circulation: Heart Failure"]),
    "colon-subtitle": ("reported in Sleep Health", ["Sleep Health"]),
    "possessive-owner": ("in the Royal Society's Biology Letters", ["Biology Letters"]),
    "unknown-after-noun": ("in the journal Dream Ecology", ["Dream Ecology"]),
    "unknown-after-verb": (
        "published in the Annals of Sleepless Medicine.",
        ["Annals of Sleepless Medicine"],
    ),
    "unknown-longer-than-known": (
        "reported in JAMA Sleepless Medicine on Monday",
        ["JAMA Sleepless Medicine"],
    ),
    "source-line": ("SOURCE: bit.ly/2abcd JAMA Pediatrics, online May 5.", ["JAMA Pediatrics"]),
    "source-line-one-word": ("SOURCE: bit.ly/2abcd Neurology, online May 5.", ["Neurology"]),
    "emphasis": ("He reads *Nature* at breakfast.", ["Nature"]),
    "adjective": ("a Nature Communications paper", ["Nature Communications"]),
    "reference": ("(Ruiz et al., Nature 2019)", ["Nature"]),
    "headline": ("New Study In Nature Says Naps Help Tired Doctors", ["Nature"]),
    "preprint-server": ("posted on medRxiv last week", ["medRxiv"]),
    "latest": ("she reports it in the latest European Urology.", ["European Urology"]),
    "name-of-a-person-after": (
        "Writing in the journal Sleep, Mei Lin of the Hill Sleep Clinic says that odor helps.",
        ["Sleep"],
    ),
    "doi-in-brackets": ("ice beneath dust (Icarus, doi.org/abc9)", ["Icarus"]),
    "abbreviated": ("a report in Nat. Commun. found none", ["Nature Communications"]),
    "abbreviated-year": (
        "in 16 steps (J. Am. Chem. Soc. 2025, DOI: 10.5555/x)",
        ["Journal of the American Chemical Society"],
    ),
    "initials": ("to be published in PRL", ["Physical Review Letters"]),
    "paper-of-a-journal": ("authors of the Brain paper looked again", ["Brain"]),
    "short-month-between": ("published Oct. 15 in the Journal of Naps", ["Journal of Naps"]),
    "one-common-word": ("published in Sensors", ["Sensors"]),
    "portuguese-periodical": ("saiu no periódico Brain Research", ["Brain Research"]),
    "german-verb-last": ("die in Energy Policy veröffentlicht wurden", ["Energy Policy"]),
    "german-study-in": ("Eine Studie in Brain Research zeigt das.", ["Brain Research"]),
    "french-columns": ("expliquent-ils dans les colonnes de Cell", ["Cell"]),
    "german": ("berichten Forscher in »Nature«.", ["Nature"]),
    "german-noun": ("erschien im Fachblatt „Science Advances“", ["Science Advances"]),
    "french": ("publiée mercredi dans la revue médicale The Lancet", ["The Lancet"]),
    "french-unmarked": ("publié dans Nature Climate Change", ["Nature Climate Change"]),
    "spanish": ("publicado este lunes en la revista 'Nature Medicine'", ["Nature Medicine"]),
    "portuguese": ("na revista científica britânica Nature", ["Nature"]),
    "italian": ("lo studio pubblicato su Nature Medicine", ["Nature Medicine"]),
    "italian-noun": ("sulla rivista scientifica The Lancet Oncology", ["The Lancet Oncology"]),
    "dutch": ("gepubliceerd in het vakblad Nature Medicine", ["Nature Medicine"]),
    "japanese": ("7日付の英科学誌ネイチャーに掲載された。", ["Nature"]),
    "japanese-words": ("「ネイチャー・コミュニケーションズ」に発表", ["Nature Communications"]),
    "japanese-latin": ("米科学誌Science Advancesに掲載", ["Science Advances"]),
    "japanese-kanji": ("論文は米国科学アカデミー紀要に", [
        "Proceedings of the National Academy of Sciences"
    ]),
    "japanese-unknown": ("医学誌「眠りの医学」に発表", ["眠りの医学"]),
    "chinese": ("研究发表在《自然》杂志上", ["Nature"]),
    "chinese-traditional": ("發表於《刺胳針》", ["The Lancet"]),
    "chinese-unknown": ("发表于《睡眠生态学》杂志", ["睡眠生态学"]),
    "korean": ("국제학술지 '네이처'에 발표했다", ["Nature"]),
}  # fmt: skip


#: What a study and a journal do in the languages read: past, present, passive, with and without
#: an article; {} is the journal.
_PHRASES = """
El estudio, publicado por {}, muestra|El estudio se publica en {}|Un estudio que publica {}
según publica hoy {} en un estudio|un estudio que publica la revista {}|explican en {} los autores
El estudio que hoy publica '{}'|{} publica hoy un estudio|publicado en la {}|aparece en {}
O estudo, publicado pela {}, mostra|publicado pela revista {}|publicado pelo {} nesta quinta
divulgado na {}|O estudo saiu na {}|A {} publicou o estudo|escrevem os autores do estudo na {}
Lo studio, pubblicato da {}, mostra|pubblicato dalla {}|pubblicato dal {}|pubblicato oggi su {}
Lo studio che {} pubblica oggi|come scrivono su {} gli autori|pubblicata sulla {}|è uscito su {}
Het onderzoek, gepubliceerd door {}, toont|gepubliceerd in {}|verschijnt deze week in {}
Onderzoek dat {} publiceert|{} publiceerde het onderzoek|schrijven ze in {}|in {} verschenen
Une étude que publie {}|Une étude publiée par {}|Une étude publiée dans {}|à paraître dans {}
écrivent-ils dans {}|L'étude, parue dans {}, montre|L'étude est publiée ce jeudi dans {}
Eine Studie, die {} veröffentlicht hat|die in {} erschienene Studie|erscheint in {}
Die im Mai in {} veröffentlichte Studie|wurde in der {} veröffentlicht|von {} veröffentlicht
schreiben die Forscher in {}|schreiben Forscher um Ute Kahn in {}|wie sie in {} berichten
das berichten Mediziner im {}
a study that {} publishes today|{} published the study on Monday|a study published by {}
"""
#: The same words where something else is published, or by somebody else.
_OTHERS = (
    "una encuesta que publica El País muestra",
    "un estudio que publica Greenpeace",
    "um relatório divulgado pela Fundação Abrinq",
    "lo studio pubblicato dalla Banca d'Italia",
    "il video pubblicato su Facebook",
    "het rapport gepubliceerd door Greenpeace",
    "une étude publiée par Greenpeace",
    "eine in Wien veröffentlichte Studie der Caritas",
    "Die Studie, die die Bundesregierung veröffentlicht",
    "Nature has published its gardening tips",
    "a specialist trained at the Centre for Research in Science",
    "He lives in Paris, and Jane Doe in Nature",
)


@pytest.mark.parametrize("phrase", _PHRASES.strip().replace("\n", "|").split("|"))
def test_a_journal_is_known_by_what_it_or_a_study_does_in_each_language(phrase: str) -> None:
    text = f"{phrase.format('Nature')} y más."
    assert [m.value for m in find_containers(text)] == ["Nature"]


@pytest.mark.parametrize("text", _OTHERS)
def test_what_others_publish_names_no_journal(text: str) -> None:
    assert list(find_containers(f"{text} y más.")) == []


@pytest.mark.parametrize(("text", "titles"), _NAMED.values(), ids=_NAMED)
def test_a_journal_has_the_title_that_records_print(text: str, titles: list[str]) -> None:
    assert [m.value for m in find_containers(text)] == titles


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Nature is healing, and Science marches on.", id="everyday-words"),
        pytest.param("Time Magazine named him in Time.", id="magazine"),
        pytest.param("a doctor at the Department of Neurology in Rome", id="department"),
        pytest.param("guidelines by the American Academy of Neurology", id="academy"),
        pytest.param("a report published by the Institute of Medicine", id="institute"),
        pytest.param("she was told by Cancer Research UK", id="charity"),
        pytest.param("a specialist in Sleep Medicine at the clinic", id="trade"),
        pytest.param("published in Paris on Monday", id="town"),
        pytest.param("writing in the Wall Street Journal, he said", id="newspaper"),
        pytest.param("The Nature Reserve was described in a report", id="reserve"),
        pytest.param("Energy prices rose. Published in Water", id="one-everyday-word"),
        pytest.param("ネイチャーガイドとサイエンスカフェ", id="longer-japanese-word"),
    ],
)
def test_a_name_without_a_second_sign_is_no_journal(text: str) -> None:
    assert list(find_containers(text)) == []


def test_the_anchor_of_a_link_is_a_sign() -> None:
    text = "More about it at Nature today."
    link = Link("https://www.nature.com/articles/x", 17, 23)
    assert list(find_containers(text)) == []
    assert [m.quote or m.value for m in find_containers(text, links=(link,))] == ["Nature"]


@given(
    st.lists(st.sampled_from(["Nature", " in the ", "journal ", "《自然》", "誌", "*", "Cell, "]))
)
@example(["journal ", "Nature", "誌", " in the ", "Nature"])
@example(["《自然》", "》杂志"])
def test_spans_of_journals_never_overlap(parts: list[str]) -> None:
    found = list(find_containers("".join(parts)))
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "repeated", ["Nature ", "Heart Research ", "Nature's ", "Nature: ", "A.A.A. "]
)
def test_a_long_line_of_capitals_is_read_in_time(repeated: str) -> None:
    """Looking back over all of it for each name would take minutes; a busy machine gets these."""
    start = time.process_time()
    assert list(find_containers(repeated * 20_000)) == []
    assert time.process_time() - start < 10


# ---------------------------------------------------------------- the list


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("PNAS", "Proceedings of the National Academy of Sciences", True),
        ("The BMJ", "British Medical Journal", True),
        ("lancet", "The Lancet", True),
        ("Archives of Internal Medicine", "JAMA Internal Medicine", True),
        ("JAMA", "JAMA Network Open", False),
        ("Nature", "Dream Ecology", None),
    ],
)
def test_two_names_are_one_journals(one: str, other: str, same: bool | None) -> None:  # noqa: FBT001
    assert standard_gazetteer().same(one, other) is same


def test_a_journal_has_its_issn() -> None:
    journal = standard_gazetteer().find("jama netw open")
    assert journal
    assert (journal.title, journal.issn) == ("JAMA Network Open", ("2574-3805",))


def test_titles_of_the_works_in_use_are_found_like_the_packaged_ones() -> None:
    text = "a Dreaming Walruses paper"
    assert list(find_containers(text)) == []
    wider = standard_gazetteer().with_journals(
        [Listed(title) for title in ("Dreaming Walruses", "Nature", " ", "JAMA")]
    )
    assert [m.value for m in find_containers(text, gazetteer=wider)] == ["Dreaming Walruses"]
    assert wider.find("Nature") == standard_gazetteer().find("Nature")
    assert len(wider) == len(standard_gazetteer()) + 1


class _Walruses:
    """A source whose works stand in a journal that nobody listed."""

    def containers(self) -> list[Listed]:
        return [Listed("Dreaming Walruses"), Listed("Nature")]


def test_a_run_knows_the_journals_of_its_works() -> None:
    article = Article("x", "a Dreaming Walruses paper")
    assert find_mentions(article, finders([object()])) == ()
    (mention,) = find_mentions(article, finders([_Walruses(), object()]))
    assert (mention.kind, mention.value) == ("container", "Dreaming Walruses")


def test_a_reference_block_names_the_journal_by_its_title() -> None:
    text = "More information: Ana Ruiz et al, A trial of naps in adults, JAMA Netw Open (2024)."
    values = [m.value for m in find_mentions(Article("x", text)) if m.kind == "container"]
    assert values == ["JAMA Network Open"]


def test_without_a_list_only_what_a_word_for_a_journal_announces_is_found() -> None:
    nothing = Gazetteer.of({"journal": Name(None, "", SEED)})
    assert list(find_containers("in Nature", gazetteer=nothing)) == []
    text = "in the journal Nature"
    assert [m.value for m in find_containers(text, gazetteer=nothing)] == ["Nature"]


def _codes() -> list[tuple[str, str]]:
    journals = {n.journal for n in packaged_table().names().values() if n.journal}
    return [(j.title, code) for j in journals for code in j.issn]


def test_every_issn_of_the_list_has_its_check_digit() -> None:
    wrong = []
    for title, code in _codes():
        assert re.fullmatch(r"\d{4}-\d{3}[\dX]", code)
        digits = [10 if c == "X" else int(c) for c in code.replace("-", "")]
        if sum(d * (8 - i) for i, d in enumerate(digits)) % 11:
            wrong.append((title, code))
    # Misprints of the source, kept as they are: a title is found without its ISSN.
    assert len(wrong) <= 25, wrong


_TOOLS = Path(__file__).parents[1] / "tools"


def test_the_packed_list_is_the_one_written_down() -> None:
    tool = runpy.run_path(str(_TOOLS / "journals.py"))
    names = tool["packaged_names"]()
    assert tool["TARGET"].read_bytes() == packed_names(names, tool["ABOUT"])
    assert packaged_table().names() == names
    assert set(names) >= SEEDS


def test_the_list_written_by_hand_is_well_formed() -> None:
    text = (_TOOLS / "journals" / "own.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert all(1 <= len(row) <= 4 for row in rows)
    titles = [journal_key(row[0]) for row in rows]
    assert len(titles) == len(set(titles))


def test_a_name_is_scanned_for_in_the_spellings_of_stories() -> None:
    assert set(spellings_of("The Journal of applied naps & rest: Official organ of sleepers")) >= {
        "Journal of Applied Naps and Rest",
        "The Journal of Applied Naps & Rest",
    }


@pytest.mark.parametrize(
    ("text", "met"),
    [
        pytest.param("eLife, not Life", ["eLife", "Life"], id="one-begins-within-the-other"),
        pytest.param("Nature Medics read Nature Medicine", ["Nature", "Nature Medicine"],
                     id="longer-one-not-whole"),
        pytest.param("Nature Medicines; Natures", ["Nature"], id="whole-words"),
        pytest.param("in medrxiv, Ärzte: Journal", ["medrxiv", "Journal"], id="beyond-ascii"),
        pytest.param("Journal of Naps in Cats", ["Journal of Naps in Cats"], id="many-alike"),
        pytest.param("Journal of Naps in Cows", ["Journal of Naps", "Cows"], id="other-end"),
    ],
)  # fmt: skip
def test_names_are_met_whole_and_the_longest_first(text: str, met: list[str]) -> None:
    animals = ("Ants", "Bats", "Bees", "Cats", "Dogs", "Eels")
    names = ["eLife", "Life", "Nature", "Nature Medicine", "medrxiv", "Journal", "Cows"]
    names += ["Journal of Naps", *(f"Journal of Naps in {animal}" for animal in animals)]
    gazetteer = Gazetteer.of({name: Name(None, name, VERB) for name in names})
    assert [text[start:end] for start, end, _ in gazetteer.scan(text)] == met


@given(st.text("eLif ÄbSo", max_size=12), st.sets(st.text("eLif ÄbSo", min_size=1, max_size=6)))
def test_every_name_is_met_where_a_plain_search_meets_it(text: str, names: set[str]) -> None:
    gazetteer = Gazetteer.of({name: Name(None, name, ALONE) for name in names})
    wanted: list[str] = []
    place = 0
    while place < len(text):
        whole = [n for n in names if re.compile(_WHOLE.format(re.escape(n))).match(text, place)]
        wanted += (longest := max(whole, key=len, default="")) and [longest]
        place += len(longest) or 1
    assert [text[start:end] for start, end, _ in gazetteer.scan(text)] == wanted


_WHOLE = r"(?<![^\W_]){}(?![^\W_])"
