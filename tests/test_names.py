"""People's names cut apart and compared."""

from __future__ import annotations

import pytest

from citetrack.names import Likeness, compare_names, family_as_printed, parse_name


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("Aleksandra Zgierska", ("aleksandra",), "zgierska"),
        ("Professor Aleksandra E. Zgierska, PhD", ("aleksandra", "e"), "zgierska"),
        ("Mehra, M. R.", ("m", "r"), "mehra"),
        ("Holt-Lunstad J", ("j",), "holt-lunstad"),
        ("Christopher H. van Dyck", ("christopher", "h"), "van dyck"),
        ("Ana de la Cruz", ("ana",), "de la cruz"),
        ("Ramón Estruch", ("ramon",), "estruch"),
        ("Dr Smith", (), "smith"),
        ("J.-P. Dupont", ("j", "-p"), "dupont"),
    ],
)
def test_a_name_is_cut_into_given_and_family(
    text: str, given: tuple[str, ...], family: str
) -> None:
    name = parse_name(text)
    assert name is not None
    assert (name.given, name.family) == (given, family)


@pytest.mark.parametrize("text", ["", "Dr", "  "])
def test_what_holds_no_family_name_is_none(text: str) -> None:
    assert parse_name(text) is None


@pytest.mark.parametrize(
    ("story", "record", "likeness"),
    [
        pytest.param("Roland Geyer", "Geyer, Roland", Likeness.FULL, id="same"),
        pytest.param("Aleksandra Zgierska", "Zgierska, A. E.", Likeness.INITIAL, id="initial"),
        pytest.param("Bill Smith", "Smith, Benjamin", Likeness.INITIAL, id="same-initial"),
        pytest.param("Bob Smith", "Smith, Robert", Likeness.FULL, id="nickname"),
        pytest.param("Liz Smith", "Smith, Elisabeth M.", Likeness.FULL, id="nickname-liz"),
        pytest.param("Peggy Smith", "Smith, Margaret", Likeness.FULL, id="nickname-peggy"),
        pytest.param("Robert Smith", "Smith, Bob", Likeness.FULL, id="nickname-in-record"),
        pytest.param("Bob Smith", "Smith, R.", Likeness.INITIAL, id="nickname-initial"),
        pytest.param("Steven Smith", "Smith, Stephen", Likeness.FULL, id="spelling"),
        pytest.param("Bob Smith", "Smith, William", Likeness.DIFFERENT, id="another-nickname"),
        pytest.param("Jean Dupont", "Dupont, Jean-Pierre", Likeness.FULL, id="double-given"),
        pytest.param("J. Dupont", "Dupont, Jean-Pierre", Likeness.INITIAL, id="initial-of-double"),
        pytest.param("Soren Sorensen", "Sørensen, Søren", Likeness.FULL, id="danish"),
        pytest.param("Lars Soerensen", "Sørensen, Lars", Likeness.FULL, id="danish-spelt-out"),
        pytest.param("Karin Aaberg", "Åberg, Karin", Likeness.FULL, id="swedish"),
        pytest.param("Lukasz Wozniak", "Woźniak, Łukasz", Likeness.FULL, id="polish"),
        pytest.param("Jiri Dvorak", "Dvořák, Jiří", Likeness.FULL, id="czech"),
        pytest.param("Ayse Yildiz", "Yıldız, Ayşe", Likeness.FULL, id="turkish"),
        pytest.param("Ann McDonald", "MacDonald, Ann", Likeness.FULL, id="scottish"),
        pytest.param("Sean O’Neill", "O'Neill, Sean", Likeness.FULL, id="irish"),
        pytest.param("Li Xiaoming", "Li, Xiao-Ming", Likeness.FULL, id="family-name-first"),
        pytest.param("Xiaoming Li", "Li, Xiao-Ming", Likeness.FULL, id="given-name-first"),
        pytest.param("Thomas Martin", "Thomas, Martin", Likeness.DIFFERENT, id="not-turned-round"),
        pytest.param("María Pérez", "Pérez-Gómez, María", Likeness.FULL, id="spanish-first-half"),
        pytest.param("Ana Souza", "Lima e Souza, Ana", Likeness.FULL, id="portuguese-last-half"),
        pytest.param("Smith", "Smith, Benjamin", Likeness.FAMILY, id="family-only"),
        pytest.param("Jane Smith", "Smith, Robert", Likeness.DIFFERENT, id="another-smith"),
        pytest.param("Jorge Muller", "Müller, Jörge", Likeness.FULL, id="diacritics"),
        pytest.param("Hans Mueller", "Müller, Hans", Likeness.FULL, id="umlaut-spelt-out"),
        pytest.param("Gabriel García", "García Márquez, Gabriel", Likeness.FULL, id="double-name"),
        pytest.param("Anna van der Meer", "Meer, Anna van der", Likeness.FULL, id="particles"),
        pytest.param("Julianne Lunstad", "Holt-Lunstad, Julianne", Likeness.FULL, id="hyphen"),
        pytest.param("Lee Berger", "Bergen, Lee", Likeness.DIFFERENT, id="near-miss"),
        pytest.param("Paul Jones", "Jones, Robert Paul", Likeness.INITIAL, id="middle-name"),
    ],
)
def test_names_are_as_alike_as_a_reader_would_say(
    story: str, record: str, likeness: Likeness
) -> None:
    a, b = parse_name(story), parse_name(record)
    assert a
    assert b
    assert compare_names(a, b) is likeness


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Ana de la Cruz", "de la Cruz"),
        ("Holt-Lunstad J", "Holt-Lunstad"),
        ("Mehra, M. R.", "Mehra"),
        ("Collaboration", "Collaboration"),
    ],
)
def test_the_family_name_keeps_its_letter_case(text: str, family: str) -> None:
    assert family_as_printed(text) == family
