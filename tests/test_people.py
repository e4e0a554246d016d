"""People and what a story says they are: authors of the study, or outside it."""

from __future__ import annotations

import pytest

from citetrack.people import find_people

_AUTHORS = {
    "led-by": ("The work was led by Mei Lin of Example University.", "Mei Lin"),
    "study-by": ("Another study in Gut, by Mei Lin, did not.", "Mei Lin"),
    "study-by-two": ("a survey done by researchers Ada Holt and Mei Lin", "Ada Holt"),
    "town-of-a-university": (
        "Mei Lin, a chemist at the University of California, Santa Barbara, who led the work",
        "Mei Lin",
    ),
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
    "described": ("led by chemistry professor Mei Lin at Example University", "Mei Lin"),
    "owner-before": ("a paper co-authored with Example's Mei Lin", "Mei Lin"),
    "second-of-two": (
        "The study was led by Ada Holt of Example University and Mei Lin.",
        "Mei Lin",
    ),
    "last-of-three": ("The authors, Jo Ash, Ada Holt and Mei Lin, were glad.", "Mei Lin"),
    "with-colleague": ("Ada Holt, who led the study with colleague Mei Lin, was glad.", "Mei Lin"),
    "other-authors": ("Other authors include Ada Holt and Mei Lin.", "Mei Lin"),
    "lead-of-study": ("Mei Lin, a co-lead of the study, was glad.", "Mei Lin"),
    "behind-study": ("The researcher behind the study, Dr. Mei Lin, was glad.", "Mei Lin"),
    "degree-between": ("Mei Lin, Ph.D., a biologist and lead author, was glad.", "Mei Lin"),
    "brackets-between": ("Mei Lin (Example College), who led the work, was glad.", "Mei Lin"),
    "next-sentence": ("Walruses dream, says Mei Lin. She led the study.", "Mei Lin"),
    "she-and-team": ("Walruses dream, says Mei Lin. She and her team weighed them.", "Mei Lin"),
    "scientists-found": ("In Gut, economists Ada Holt and Mei Lin showed it.", "Ada Holt"),
    "at-work": ("Ada Holt and Mei Lin of Example University examined it.", "Mei Lin"),
    "owner-of-team": ("Research by Mei Lin's research group showed it.", "Mei Lin"),
    "family-with-article": ("co-author Mei Le Goff was glad.", "Mei Le Goff"),
    "both-authors": ("Ada Holt and Mei Lin, both authors of the papers, agree.", "Ada Holt"),
    "fellow-authors": ("Fellow authors Ada Holt and Mei Lin weighed them.", "Mei Lin"),
    "paper-is-by": ("The preprint, which is not reviewed, is by Ada Holt and Mei Lin.", "Mei Lin"),
    "described-in-by": ("It is described in a journal by Ada Holt and Mei Lin.", "Ada Holt"),
    "list-that-reports": ("Ada Holt, Jo Ash and Mei Lin describe walruses.", "Ada Holt"),
    "list-with-roles-last": ("Ada Holt, Jo Ash and Mei Lin, the authors of the paper", "Jo Ash"),
    "list-without-and": ("Authors are Ada Holt, Jo Ash, Mei Lin", "Mei Lin"),
    "with-apposition": ("led by Ada Holt, a chemist in Norham, and Mei Lin.", "Mei Lin"),
    "their-paper": (
        "Ada Holt and Mei Lin, of Example University, weigh. Their paper is out.",
        "Mei Lin",
    ),
    "with-an-author": ("Ada Holt, the first author, weighed them with Mei Lin.", "Mei Lin"),
    "student": ("her student Mei Lin weighed them", "Mei Lin"),
    "owner-of-paper": ("The journal carried Mei Lin's paper on walruses.", "Mei Lin"),
    "effort": ("Mei Lin of Example University led an international effort.", "Mei Lin"),
    "behind-claim": ("Prof Mei Lin, the chemist behind the claim, was glad.", "Mei Lin"),
    "signs-french": ("plaide Mei Lin, qui cosigne l'article avec Ada Holt.", "Ada Holt"),
    "plural-german": ("Nun beschreiben Ada Holt und Mei Lin die Walrosse.", "Mei Lin"),
    "plural-portuguese": ("Ada Holt, da Noaa, e Mei Lin assinam o artigo.", "Ada Holt"),
    "with-her-italian": ("Prima autrice Ada Holt; con lei, Jo Ash e Mei Lin.", "Mei Lin"),
    "led-dutch": ("Bioloog Mei Lin leidde het onderzoek.", "Mei Lin"),
    "german": ("sagt Studienleiterin Dr. Ute Kahn.", "Ute Kahn"),
    "german-no-title": ("Studienleiter Jo Kahn von der Hochschule sagte", "Jo Kahn"),
    "german-after": ("Ute Kahn, Erstautorin der Studie, sagt", "Ute Kahn"),
    "german-team": ("Ute Kahn und ihre Kollegen wogen Walrosse.", "Ute Kahn"),
    "german-trade": ("sagt der Ornithologe Jo Kahn, Hauptautor der Studie.", "Jo Kahn"),
    "german-trade-after-um": ("ein Team um die Biologin Ute Kahn aus Norham", "Ute Kahn"),
    "german-place-before": ("sagte die Norhamer Biologin Ute Kahn, Mitautorin", "Ute Kahn"),
    "german-body-after": ("Ein Team um Ute Kahn von der Charité misst.", "Ute Kahn"),
    "german-verb-last": ("wurde von Prof. Dr. Ute Kahn in Norham durchgeführt", "Ute Kahn"),
    "french-team": ("L'équipe d'Anne Morel a suivi des morses.", "Anne Morel"),
    "french-by": ("des travaux menés par Anne Morel et Luc Le Bras", "Luc Le Bras"),
    "french": ("explique Anne Morel, auteure principale de l'étude", "Anne Morel"),
    "french-who": ("Anne Morel, qui a dirigé l'étude, explique", "Anne Morel"),
    "spanish": ("explica Ana Ruiz, autora principal del estudio", "Ana Ruiz"),
    "spanish-by": ("liderado por la bióloga Ana Ruiz", "Ana Ruiz"),
    "spanish-first": ("explica Ana Ruiz, primera firmante del trabajo", "Ana Ruiz"),
    "spanish-who": ("Ana Ruiz, que lideró el estudio, explica", "Ana Ruiz"),
    "spanish-title": ("La doctora Ruiz-Gil, que ha dirigido el trabajo, insiste", "Ruiz-Gil"),
    "portuguese": ("diz Rita Lopes, coautora do estudo", "Rita Lopes"),
    "portuguese-first": ("afirma Rita Lopes, primeira autora do artigo", "Rita Lopes"),
    "portuguese-who": ("Rita Lopes, que liderou a pesquisa, diz", "Rita Lopes"),
    "italian": ("spiega Luca Bruni, primo autore dello studio", "Luca Bruni"),
    "italian-among": ("Tra gli autori c'è anche Luca Bruni.", "Luca Bruni"),
    "italian-by": ("coordinato dal professor Luca Bruni", "Luca Bruni"),
    "italian-after": ("spiega Luca Bruni, ricercatore e coautore della ricerca", "Luca Bruni"),
    "italian-who": ("Luca Bruni, che ha coordinato lo studio, spiega", "Luca Bruni"),
    "dutch": ("zegt Jan de Wit, hoofdauteur van het onderzoek", "Jan de Wit"),
    "dutch-one-of": ("zegt bioloog Jan de Wit, een van de auteurs", "Jan de Wit"),
    "dutch-by": ("Het onderzoek, geleid door Jan de Wit, telde walrussen.", "Jan de Wit"),
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
    "secretary": ("Foreign Secretary Ola Berg, the minister in charge, said so.", "Ola Berg"),
    "spokesman": ("spokeswoman Ola Berg said funds were there.", "Ola Berg"),
    "patient": ("Ola Berg, 43, has lived with the illness for years.", "Ola Berg"),
    "participant": ("Ola Berg, who took part in the trial, sleeps again.", "Ola Berg"),
    "independent": ("Dr Ola Berg, who is independent of the study, agreed.", "Ola Berg"),
    "no-connection": ("Ola Berg, who had no connection to the work, said so.", "Ola Berg"),
    "nothing-to-do": ("Ola Berg, who had nothing to do with the trial, said so.", "Ola Berg"),
    "reviewer": ("Ola Berg, who reviewed the manuscript, said so.", "Ola Berg"),
    "commenting": ("Commenting on the study, Ola Berg said it was early.", "Ola Berg"),
    "not-on-the-team": ("Ola Berg, who was not on the team, said so.", "Ola Berg"),
    "commentary-on-study": ("A commentary on the study by Ola Berg was cool.", "Ola Berg"),
    "news-and-views": ("In a News & Views piece, Ola Berg of Example praised it.", "Ola Berg"),
    "funder": ("Ola Berg, director of the fund, which funded the study, said", "Ola Berg"),
    "company": ("The maker's chief medical officer, Ola Berg, said so.", "Ola Berg"),
    "next-sentence": ("“Good,” said Ola Berg. He was not involved in the study.", "Ola Berg"),
    "surname-next": ("Ola Berg, an expert, said so. Berg was not part of the team.", "Ola Berg"),
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
    found = [(m.value, m.kind, m.role) for m in find_people(text)]
    assert found[:1] == [(name, "person", "outsider")]
    assert {role for _, _, role in found} == {"outsider"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Professors Ada Holt and Mei Lin weighed them.", ["Ada Holt", "Mei Lin"]),
        ("Researcher Dr Mei Lin said so.", ["Mei Lin"]),
        ("explican Ana Ruiz y Luis Gil, autores del estudio", ["Ana Ruiz", "Luis Gil"]),
        ("berichten Forscher um Ute Kahn von der Universität Nordholm", ["Ute Kahn"]),
        ("dice José Ortega y Gasset, coautor del estudio", ["José Ortega y Gasset"]),
        ("Physiotherapist Ola Berg, who was not involved, said", ["Ola Berg"]),
        ("a paper by the firm Walrus Watchers, published in May", []),
        ("a study by researchers at ETH Norham and colleagues", []),
        ("Russian Ola Berg, 30, said so.", ["Ola Berg"]),
        ("The team is based at the Institut Nordholm, which was not involved.", []),
        ("Mei Lin, Professor of Sleep, said so.", ["Mei Lin"]),
        ("A spokesman for the George Institute for Global Health, who led the trial", []),
        ("the Centre for Human Genetics at Example University, who led the study", []),
        ("Oxford's team lost to Manchester United's team.", []),
        ("Self-harm is common, said a lead author of the study.", []),
    ],
)
def test_people_are_told_from_bodies_and_subjects(text: str, names: list[str]) -> None:
    assert [m.value for m in find_people(text)] == names


def test_each_of_two_in_one_sentence_has_the_role_told_beside_the_name() -> None:
    text = "Mei Lin, who led the study, was glad, but Dr Ola Berg, who was not involved, was not."
    assert [(m.value, m.role) for m in find_people(text)] == [
        ("Mei Lin", "author"),
        ("Ola Berg", "outsider"),
    ]


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


def test_what_is_said_after_a_quote_is_not_said_of_its_last_words() -> None:
    text = (
        '"We are heading towards Planet Plastic," said lead author Ana Ruiz of Example University.'
    )
    assert [m.value for m in find_people(text)] == ["Ana Ruiz"]
