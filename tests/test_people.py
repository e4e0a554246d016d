"""People and what a story says they are: authors of the study, or outside it."""

from __future__ import annotations

import pytest

from citetrack.people import find_people

_AUTHORS = {
    "led-by": ("The work was led by Mei Lin of Example University.", "Mei Lin"),
    "study-by": ("Another study in Gut, by Mei Lin, did not.", "Mei Lin"),
    "study-by-two": ("a survey done by researchers Ada Holt and Mei Lin", "Ada Holt"),
    "lead-author": ("Lead author Dr Mei Lin said it was a surprise.", "Mei Lin"),
    "senior-after": ("said Mei Lin, the study's senior author.", "Mei Lin"),
    "who-led": ("Mei Lin, who led the study at the clinic, was glad.", "Mei Lin"),
    "co-led": ("Mei Lin, who co-led the research, was glad.", "Mei Lin"),
    "worked-on": ("Dr Mei Lin, who also worked on the study, was glad.", "Mei Lin"),
    "one-of": ("Mei Lin, one of the study's authors, was glad.", "Mei Lin"),
    "colleagues": ("Mei Lin and her colleagues weighed the walruses.", "Mei Lin"),
    "et-al": ("Lin et al. weighed the walruses.", "Lin"),
    "owner-of-colleagues": ("Mei Lin's colleagues weighed the walruses.", "Mei Lin"),
    "investigator": ("Principal investigator Mei Lin said so.", "Mei Lin"),
    "body-before": ("Newcastle University's Professor Sir Jo Ash, who led the study", "Jo Ash"),
    "subject-before": ("Professor of Physiology Jo Ash, the senior author, said", "Jo Ash"),
    "german": ("sagt Studienleiterin Dr. Ute Kahn.", "Ute Kahn"),
    "german-no-title": ("Studienleiter Jo Kahn von der Hochschule sagte", "Jo Kahn"),
    "german-after": ("Ute Kahn, Erstautorin der Studie, sagt", "Ute Kahn"),
    "german-team": ("Ute Kahn und ihre Kollegen wogen Walrosse.", "Ute Kahn"),
    "german-trade": ("sagt der Ornithologe Jo Kahn, Hauptautor der Studie.", "Jo Kahn"),
    "french": ("explique Anne Morel, auteure principale de l'étude", "Anne Morel"),
    "french-who": ("Anne Morel, qui a dirigé l'étude, explique", "Anne Morel"),
    "spanish": ("explica Ana Ruiz, autora principal del estudio", "Ana Ruiz"),
    "spanish-who": ("Ana Ruiz, que lideró el estudio, explica", "Ana Ruiz"),
    "spanish-title": ("La doctora Ruiz-Gil, que ha dirigido el trabajo, insiste", "Ruiz-Gil"),
    "portuguese": ("diz Rita Lopes, coautora do estudo", "Rita Lopes"),
    "portuguese-who": ("Rita Lopes, que liderou a pesquisa, diz", "Rita Lopes"),
    "italian": ("spiega Luca Bruni, primo autore dello studio", "Luca Bruni"),
    "italian-who": ("Luca Bruni, che ha coordinato lo studio, spiega", "Luca Bruni"),
    "dutch": ("zegt Jan de Wit, hoofdauteur van het onderzoek", "Jan de Wit"),
    "dutch-trade": (
        "Epidemioloog Sanne van der Wit volgde met collega’s ons.",
        "Sanne van der Wit",
    ),
    "dutch-team": ("Jan de Wit en zijn collega's wogen walrussen.", "Jan de Wit"),
}
_OUTSIDERS = {
    "not-involved": ("Dr Ola Berg, who was not involved, was cautious.", "Ola Berg"),
    "no-part": ("Ola Berg, who had no part in the study, said so.", "Ola Berg"),
    "no-author": ("Ola Berg, who wasn't an author of the paper, said so.", "Ola Berg"),
    "editorial": ("In an editorial, Dr Ola Berg urged patience.", "Ola Berg"),
    "editorial-after": ("Dr Ola Berg, who wrote an accompanying editorial, said", "Ola Berg"),
    "charity": ("Ola Berg, of the Walrus Foundation, said it was early.", "Ola Berg"),
    "charity-office": ("Ola Berg, chief executive of the charity, welcomed it.", "Ola Berg"),
    "society": ("Dr Ola Berg, from the Sleep Society, said it was early.", "Ola Berg"),
    "college": ("Dr Ola Berg, president of the Royal College of Sleepers, said", "Ola Berg"),
    "minister": ("Health Minister Ola Berg said funds were there.", "Ola Berg"),
    "spokesman": ("spokeswoman Ola Berg said funds were there.", "Ola Berg"),
    "patient": ("Ola Berg, 43, has lived with the illness for years.", "Ola Berg"),
    "participant": ("Ola Berg, who took part in the trial, sleeps again.", "Ola Berg"),
    "german": ("Dr. Ute Kahn, die an der Studie nicht beteiligt war, lobt sie.", "Ute Kahn"),
    "french": ("Anne Morel, qui n'a pas participé à l'étude, explique", "Anne Morel"),
    "spanish": ("explica Ana Ruiz, que no participó en el estudio", "Ana Ruiz"),
    "portuguese": ("diz Rita Lopes, que não participou do estudo", "Rita Lopes"),
    "italian": ("dice Luca Bruni, non coinvolto nello studio", "Luca Bruni"),
    "dutch": ("zegt Jan de Wit, die niet bij het onderzoek betrokken was", "Jan de Wit"),
}


@pytest.mark.parametrize(("text", "name"), _AUTHORS.values(), ids=_AUTHORS)
def test_an_author_is_told_by_the_words_beside_the_name(text: str, name: str) -> None:
    found = [(m.value, m.kind, m.role) for m in find_people(text)]
    assert (name, "author", "author") in found


@pytest.mark.parametrize(("text", "name"), _OUTSIDERS.values(), ids=_OUTSIDERS)
def test_an_outsider_is_told_by_the_words_beside_the_name(text: str, name: str) -> None:
    assert [(m.value, m.kind, m.role) for m in find_people(text)] == [(name, "person", "outsider")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Professors Ada Holt and Mei Lin weighed them.", ["Ada Holt", "Mei Lin"]),
        ("Researcher Dr Mei Lin said so.", ["Mei Lin"]),
        ("explican Ana Ruiz y Luis Gil, autores del estudio", ["Ana Ruiz", "Luis Gil"]),
        ("berichten Forscher um Ute Kahn von der Universität Nordholm", ["Ute Kahn"]),
        ("dice José Ortega y Gasset, coautor del estudio", ["José Ortega y Gasset"]),
        ("Mei Lin, Professor of Sleep, said so.", ["Mei Lin"]),
        ("A spokesman for the George Institute for Global Health, who led the trial", []),
        ("the Centre for Human Genetics at Example University, who led the study", []),
        ("Oxford's team lost to Manchester United's team.", []),
        ("Self-harm is common, said a lead author of the study.", []),
    ],
)
def test_people_are_told_from_bodies_and_subjects(text: str, names: list[str]) -> None:
    assert [m.value for m in find_people(text)] == names


def test_a_surname_keeps_the_role_told_with_the_full_name() -> None:
    text = (
        "Dr Mei Lin, who led the study, was glad. Dr Ola Berg, who was not involved, was not.\n\n"
        "“It is clear,” Dr Lin said. Professor Berg said it was not. Dr Holt said nothing."
    )
    assert [(m.value, m.role) for m in find_people(text)] == [
        ("Mei Lin", "author"),
        ("Ola Berg", "outsider"),
        ("Lin", "author"),
        ("Berg", "outsider"),
        ("Holt", None),
    ]
