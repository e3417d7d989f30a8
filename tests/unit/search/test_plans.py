"""Which lessons come near a plan: not those that share a few words of one sentence, and the same ones each time."""

from __future__ import annotations

import pytest

from knowledge_garden.model.settings import Settings
from knowledge_garden.search import Likeness, build, match_plan, plans, stage_of, text_document
from unit.search.making import FILLER, document

STRONG = "Harbour masters of Lisbon Porto Faro Lagos Sines Aveiro Leixoes Viana Setubal Figueira Peniche Portimao"
BODY = "The crane brake let a container go. " + "Nobody on the quay was hurt on that ordinary day. " * 3
OTHER = "A ferry with passengers, lorries, mail, cattle, timber, oranges, salt and sardines ran aground in fog off the cape."
PLAN = f"<p>A crane with a new brake and a container of zygotic quasars.</p><p>{OTHER}</p>"


def likeness() -> Likeness:
    lessons = [document("crane", STRONG, BODY), document("ferry", "A ferry ran aground in fog", OTHER)]
    return Likeness(build([*lessons, *FILLER]))


def keys(plan: str = PLAN) -> list[str]:
    return [match.document.key for match in match_plan(likeness(), text_document("", "", plan)).near]


def test_a_sentence_that_says_much_else_is_not_near(monkeypatch: pytest.MonkeyPatch) -> None:
    assert keys() == ["ferry"]
    monkeypatch.setattr(plans, "SURE", 0)
    assert keys() == ["ferry", "crane"], "it is the threshold that leaves it out"


def test_the_nearest_sentence_counts_and_the_whole_is_added() -> None:
    index = likeness()
    (near,) = match_plan(index, text_document("", "", f"<p>A ferry in fog.</p><p>{OTHER}</p>")).near
    (whole,) = index.of_draft(text_document("", "", f"<p>A ferry in fog.</p><p>{OTHER}</p>"))
    assert near.sentence == OTHER
    assert whole.score < near.score <= whole.score + 100


def test_an_empty_plan_is_near_to_nothing() -> None:
    empty = text_document("", "", "")
    assert match_plan(likeness(), empty).near == ()
    assert stage_of(empty, [], Settings.model_validate({"stages": {"build": "Building"}})) is None
    assert stage_of(empty, [], Settings()) is None


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("Building the new quay", ("build", "Building")),
        ("Plans for the build", ("build", "Building")),
        ("Ready to go live: the new quay", ("launch", "go-live")),
        ("The living quay", None),
    ],
)
def test_a_stage_is_named_in_any_form(title: str, stage: tuple[str, str] | None) -> None:
    settings = Settings.model_validate(
        {"stages": {"build": "Building", "launch": {"title": "Opening", "also": ["go-live", "rollout"]}}}
    )
    found = stage_of(text_document(title, "", ""), [title], settings)
    assert (found and (found.key, found.words)) == (stage or None)


def test_the_stems_are_those_of_the_gardens_language() -> None:
    settings = Settings.model_validate({"language": "de", "stages": {"bau": "Bauarbeiten"}})
    found = stage_of(text_document("Die Bauarbeit am Kai", "", ""), [], settings)
    assert found
    assert found.words == "Bauarbeiten"
