"""What may have happened to a paper, case by case: who says so, and what citetrack must say.

A case is a line: its name, what stands on the paper, on other records, in the Retraction Watch
data, when the story ran; then the code, what the paper is worth now, and was when the story ran.
In entries "self" is the paper's own DOI, "n" and "m" are notices about it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Entry = dict[str, Any]


@dataclass(frozen=True)
class Case:
    name: str
    code: str | None
    now: str
    then: str = "ok"
    title: str = "Tea slows snails"
    by: list[Entry] = field(default_factory=list)
    to: list[Entry] = field(default_factory=list)
    notices: list[Entry] = field(default_factory=list)
    watched: list[dict[str, str]] = field(default_factory=list)
    more: Entry = field(default_factory=dict)
    told: str = "2020-01-01"
    says: str = ""


def e(kind: str | None, day: str = "2021-06-01", doi: str = "n", **more: Any) -> Entry:
    """Return an entry of `updated-by`, `update-to`, or of a notice about the paper."""
    parts = [int(p) for p in day.split("-")] if day else [None]
    return {"DOI": doi, "type": kind, "updated": {"date-parts": [parts]}, **more}


def w(
    nature: str, day: str = "6/1/2021 0:00", notice: str = "n", reason: str = ""
) -> dict[str, str]:
    """Return a row of the Retraction Watch data about the paper."""
    return {"nature": nature, "date": day, "notice": notice, "reason": reason}


PUB, RW = {"source": "publisher"}, {"source": "retraction-watch"}
RETRACTED, OK, DOUBTED = "retracted", "ok", "expression-of-concern"

PREPRINT = {"type": "posted-content", "subtype": "preprint"}

CASES = [
    # ------------------------------------------------ on the paper: updated-by
    Case("paper-retraction", "CT201", RETRACTED, by=[e("retraction", **PUB)]),
    Case("paper-retraction-by-watch-alone", "CT201", RETRACTED, by=[e("retraction", **RW)],
         says="Retraction Watch"),
    Case("paper-retraction-before-the-story", "CT201", RETRACTED, RETRACTED,
         by=[e("retraction", **PUB)], told="2022-03-01", says="after that"),
    Case("paper-retraction-after-the-story", "CT201", RETRACTED, by=[e("retraction", **PUB)],
         told="2021-05-31", says="before that"),
    Case("paper-retraction-on-the-day", "CT201", RETRACTED, RETRACTED,
         by=[e("retraction", **PUB)], told="2021-06-01"),
    Case("paper-retraction-known-by-month", "CT201", RETRACTED, by=[e("retraction", "2021-06")],
         says="in June 2021"),
    Case("paper-retraction-without-a-date", "CT201", RETRACTED, by=[e("retraction", "")]),
    Case("paper-no-source-named", "CT201", RETRACTED, by=[e("retraction")], says="the publisher"),
    Case("paper-withdrawal", "CT201", "withdrawn", by=[e("withdrawal")], says="withdrawn"),
    Case("paper-removal", "CT201", "withdrawn", by=[e("removal")], says="removed"),
    Case("paper-partial-retraction", "CT201", RETRACTED, by=[e("partial_retraction")],
         says="in part"),
    Case("paper-concern", "CT202", DOUBTED, by=[e("expression_of_concern")],
         says="It is not retracted"),
    Case("paper-correction", "CT203", "corrected", by=[e("correction")]),
    Case("paper-erratum", "CT203", "corrected", by=[e("erratum")]),
    Case("paper-corrigendum", "CT203", "corrected", by=[e("corrigendum")]),
    Case("paper-addendum", "CT203", "corrected", by=[e("addendum")], says="addendum"),
    Case("paper-new-version-is-harmless", None, OK, by=[e("new_version", doi="self")]),
    Case("paper-unknown-type-is-kept-and-judged-by-nobody", None, OK, by=[e("article")]),
    Case("paper-nothing", None, OK),
    # ------------------------------------------------ misspelt, in other letters
    Case("misspelt-retracion", "CT201", RETRACTED, by=[e("retracion")]),
    Case("misspelt-retration", "CT201", RETRACTED, by=[e("retration")]),
    Case("capitals-and-hyphen", "CT202", DOUBTED, by=[e("Expression-of-Concern")]),
    Case("type-missing-label-given", "CT201", RETRACTED, by=[e(None, label="Retraction")]),
    # ------------------------------------------------ on the notice: update-to, found by a filter
    Case("notice-retraction", "CT201", RETRACTED, notices=[e("retraction")]),
    Case("notice-listed-twice-once-a-source", "CT201", RETRACTED,
         notices=[e("retraction", "2021-06-02", **PUB), e("Retraction", "2021-06-03", **RW)],
         says="2 June 2021"),
    Case("notice-under-two-types-the-graver-wins", "CT201", RETRACTED,
         notices=[e("erratum"), e("retraction")]),
    Case("notice-and-record-agree", "CT201", RETRACTED, by=[e("retraction", **PUB)],
         notices=[e("retraction", **PUB)]),
    Case("notice-of-concern-then-of-retraction", "CT201", RETRACTED, DOUBTED,
         notices=[e("expression_of_concern", "2020-06-02", doi="n"),
                  e("retraction", "2020-06-05", doi="m")],
         told="2020-06-03", says="already carried an expression of concern"),
    Case("concern-after-a-retraction-lifts-nothing", "CT201", RETRACTED,
         notices=[e("retraction", "2021-01-01", doi="n"),
                  e("expression_of_concern", "2022-01-01", doi="m")]),
    Case("correction-after-a-retraction-lifts-nothing", "CT201", RETRACTED,
         by=[e("retraction", "2021-01-01", doi="n"), e("correction", "2022-01-01", doi="m")]),
    Case("correction-then-concern", "CT202", DOUBTED,
         by=[e("correction", "2021-01-01", doi="n"),
             e("expression_of_concern", "2022-01-01", doi="m")]),
    # ------------------------------------------------ the paper names itself
    Case("self-retraction-updated-by", "CT201", RETRACTED, by=[e("retraction", doi="self")]),
    Case("self-retraction-update-to", "CT201", RETRACTED, to=[e("retraction", doi="self")]),
    Case("self-retraction-with-overprinted-title", "CT201", RETRACTED,
         title="RETRACTED: Tea slows snails", to=[e("retraction", doi="self")],
         says="1 June 2021"),
    # ------------------------------------------------ Retraction Watch data
    Case("watch-retraction", "CT201", RETRACTED, watched=[w("Retraction")]),
    Case("watch-notice-unavailable", "CT201", RETRACTED,
         watched=[w("Retraction", notice="unavailable")]),
    Case("watch-names-the-paper-as-its-notice", "CT201", RETRACTED,
         watched=[w("Retraction", notice="self")]),
    Case("watch-concern", "CT202", DOUBTED, watched=[w("Expression of concern")]),
    Case("watch-correction", "CT203", "corrected", watched=[w("Correction")]),
    Case("watch-and-publisher-the-publisher-speaks", "CT201", RETRACTED,
         by=[e("retraction", "2021-06-02", **PUB)], watched=[w("Retraction")],
         says="the publisher"),
    Case("watch-reinstatement-after-retraction", "CT206", OK, RETRACTED,
         watched=[w("Retraction", "6/1/2018 0:00", "n"), w("Reinstatement", "3/1/2021 0:00", "m")]),
    Case("watch-concern-lifted-by-retraction-later-reinstated", "CT206", OK, DOUBTED,
         watched=[w("Expression of concern", "6/1/2019 0:00", "n"),
                  w("Retraction", "6/1/2020 0:00", "m"),
                  w("Reinstatement", "3/1/2021 0:00", "m")]),
    Case("reinstated-and-retracted-again", "CT201", RETRACTED, RETRACTED,
         watched=[w("Retraction", "1/1/2018 0:00", "n"), w("Reinstatement", "1/1/2019 0:00", "m"),
                  w("Retraction", "1/1/2020 0:00", "m")], told="2020-02-02"),
    Case("reinstatement-without-a-date", "CT206", OK, RETRACTED,
         watched=[w("Retraction", "1/1/2018 0:00"), w("Reinstatement", "", "m")]),
    Case("retraction-without-a-date-then-reinstated", "CT206", OK,
         by=[e("retraction", "")], watched=[w("Reinstatement", "1/1/2021 0:00", "m")]),
    Case("concern-after-reinstatement", "CT202", DOUBTED, RETRACTED,
         watched=[w("Retraction", "1/1/2018 0:00", "n"), w("Reinstatement", "1/1/2021 0:00", "m"),
                  w("Expression of concern", "1/1/2022 0:00", "n")]),
    Case("corrected-and-reinstated", "CT206", "corrected", RETRACTED,
         by=[e("correction", "2017-01-01", doi="n")],
         watched=[w("Retraction", "1/1/2018 0:00", "n"), w("Reinstatement", "1/1/2021 0:00", "m")]),
    # ------------------------------------------------ retracted and published again
    Case("replaced-by-the-publishers-word", "CT204", "retracted-republished",
         by=[e("retraction_and_replacement")], says="published again"),
    Case("replaced-by-its-label", "CT204", "retracted-republished",
         by=[e("retraction", label="Retraction and Replacement")]),
    Case("replaced-by-the-reason-of-watch", "CT204", "retracted-republished",
         by=[e("retraction", **PUB)], watched=[w("Retraction", reason="+Retract and Replace;")]),
    Case("replaced-by-a-relation", "CT204", RETRACTED, by=[e("retraction")],
         more={"relation": {"is-replaced-by": [{"id-type": "doi", "id": "10.5555/again"}]}},
         says="10.5555/again"),
    # ------------------------------------------------ titles, where nothing else speaks
    Case("title-retracted", "CT201", RETRACTED, title="RETRACTED: Tea slows snails",
         says="all the evidence"),
    Case("title-withdrawn", "CT201", "withdrawn", title="WITHDRAWN: Tea slows snails",
         says="all the evidence"),
    Case("title-retracted-on-the-notice", "CT205", OK, title="RETRACTED: Tea slows snails",
         to=[e("retraction", doi="10.5555/another")], says="10.5555/another"),
    Case("title-retracted-and-reinstated-by-watch", "CT206", OK,
         title="RETRACTED: Tea slows snails", watched=[w("Reinstatement", "1/1/2021 0:00", "m")]),
    Case("abstract-of-a-preprint-withdrawn", "CT201", "withdrawn", more={**PREPRINT,
         "abstract": "<jats:p>The authors have withdrawn this manuscript.</jats:p>"},
         says="its abstract says so"),
    Case("abstract-of-a-preprint-about-a-withdrawal", None, OK, more={**PREPRINT,
         "abstract": "<jats:p>The authors have withdrawn samples of tea from snails.</jats:p>"}),
    Case("abstract-of-an-article-says-nothing-of-itself", None, OK,
         more={"abstract": "<jats:p>This paper has been withdrawn, snails said.</jats:p>"}),
    Case("title-in-other-letters-is-a-hint", "CT205", OK, title="Retracted: Tea slows snails",
         says="no source says which"),
    Case("title-retracted-article-is-a-hint", "CT205", OK,
         title="RETRACTED ARTICLE: Tea slows snails", says="no source says which"),
    Case("title-of-a-notice-in-older-records", "CT205", OK, title="Retraction: Tea slows snails",
         says="notice"),
    Case("title-of-a-notice-with-a-dash", "CT205", OK, title="Retraction—Tea slows snails"),
    Case("title-of-a-notice-to", "CT205", OK, title="Retraction notice to “Tea slows snails”"),
    Case("title-of-a-notice-of", "CT205", OK, title="Retraction of: Tea slows snails"),
    Case("title-in-brackets-is-a-hint", "CT205", OK, title="[Retracted] Tea slows snails"),
    Case("title-about-removal-is-no-notice", None, OK, title="Removal of snails from tea"),
    Case("title-about-withdrawal-is-no-notice", None, OK,
         title="Withdrawal of tea in snails with a habit"),
    Case("title-about-retractions-is-no-hint", None, OK,
         title="Retracted papers live on in reviews"),
    Case("title-of-a-hindawi-notice", "CT205", OK, title="Retracted: Tea slows snails",
         more={"page": "1-1", "author": [{"given": "Journal of", "family": "Tea"}],
               "container-title": ["Journal of Tea"]}, says="does not name the paper"),
    # ------------------------------------------------ the notice is cited
    Case("notice-cited-retraction", "CT205", OK, to=[e("retraction", doi="10.5555/another")],
         says="the retraction of 10.5555/another"),
    Case("notice-cited-correction", "CT205", OK, to=[e("erratum", doi="10.5555/another")],
         says="the correction of 10.5555/another"),
    Case("later-edition-is-no-notice", None, OK, to=[e("new_edition", doi="10.5555/another")]),
]  # fmt: skip
