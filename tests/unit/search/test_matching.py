"""Similar lessons, copies, and needs with who can help."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.search import Likeness, build, copies, match_needs, same_titles, search, text_document
from unit.search.making import FILLER, document, garden, searched

CRANE = "The gantry crane dropped a container on the quay.\nIts brake had not been inspected since spring."
OTHER = "A crane dropped a container into the hold.\nNobody had inspected the brake of the gantry."
STORM = "A storm flooded the archive.\nThe shelves stood on the floor."


def lessons() -> list[object]:
    return [
        document("crane", "The crane's brake failed", CRANE),
        document("other", "Another brake of a crane failed", OTHER),
        document("storm", "The archive was flooded", STORM),
        *FILLER,
    ]


def test_lessons_like_a_lesson_with_the_reason() -> None:
    likeness = Likeness(build(lessons()))
    found = likeness.of("crane")
    assert [each.document.key for each in found] == ["other"]
    assert {"crane", "brake"} & set(found[0].words)
    assert 14 <= found[0].score <= 100


def test_what_is_linked_already_is_left_out() -> None:
    assert Likeness(build(lessons())).of("crane", ["other"]) == ()


def test_nothing_is_said_where_no_lesson_is_like_it() -> None:
    assert Likeness(build(lessons())).of("storm") == ()


def test_shared_causes_are_a_reason() -> None:
    crane, other, *rest = lessons()
    facets = {"cause": ("haste", "silence")}
    index = build([replace(crane, facets=facets), replace(other, facets={"cause": ("silence",)}), *rest])
    assert Likeness(index).of("crane")[0].causes == ("silence",)


def test_a_draft_is_compared_without_being_indexed() -> None:
    index = build(lessons())
    draft = text_document(
        "A brake failed", "", "<p>The <strong>crane</strong> dropped a container on the quay.</p>", causes=("haste",)
    )
    assert {each.document.key for each in Likeness(index).of_draft(draft)} == {"crane", "other"}
    assert Likeness(index).of_draft(text_document("", "", "")) == ()


def test_a_lesson_that_is_not_there_has_none() -> None:
    with pytest.raises(KeyError):
        Likeness(build(lessons())).of("nowhere")


def test_a_copy_is_a_copy_though_a_sentence_was_changed() -> None:
    text = "\n".join(f"Sentence number {number} tells what happened at the quay." for number in range(10))
    changed = text.replace("number 3 tells", "number 3 now says")
    index = build([document("first", "One", text), document("second", "Two", changed), *lessons()])
    assert [(each.first.key, each.second.key) for each in copies(index)] == [("first", "second")]
    assert copies(index)[0].score >= 80


def test_short_texts_and_a_shared_template_are_no_copies() -> None:
    template = "We describe here what happened, in our own words."
    texts = [
        f"{template}\n" + "\n".join(f"Sentence {name}{n} is about something." for n in range(9)) for name in "abcdefg"
    ]
    index = build([document(f"lesson-{number}", "T", text) for number, text in enumerate(texts)] + FILLER)
    assert copies(index) == ()


def test_titles_are_the_same_but_for_case_and_small_words() -> None:
    pair = [
        document("one", "The Crane: a failure"),
        document("two", "A crane, the failure"),
        document("three", "A crane"),
    ]
    assert [(one.key, two.key) for one, two in same_titles(build([*pair, *lessons()]))] == [("one", "two")]


PERSON = "---\nname: {name}\nholds: [{holds}]\n---\n"


def test_needs_are_matched_with_who_holds_and_with_the_lesson_that_stands_out(tmp_path: Path) -> None:
    text = "We held restore drills for the large database, and the restore drills failed."
    lesson = {"drills": ("Restore drills for a large database failed", text, text)}
    content = garden(tmp_path, lesson).garden
    people = tmp_path / "content/people"
    (people / "holder.md").write_text(PERSON.format(name="Holder", holds="Restore drills of databases"))
    (people / "other.md").write_text(PERSON.format(name="Other", holds="Painting of hulls, Drills for fire"))
    loaded = load_garden(tmp_path / "content", today=content.today, with_history=False)
    index = searched(loaded)
    need = "Somebody who has run restore drills for databases"
    match, none, own = match_needs(
        loaded.garden, index, [("other", need), ("other", "Advice on beekeeping"), ("holder", need)]
    )
    assert [(each.person, each.holds) for each in match.people] == [("holder", "Restore drills of databases")]
    assert {"restore", "drill"} <= {word.removesuffix("s") for word in match.people[0].shared}
    assert [each.document.key for each in match.lessons] == ["drills"]
    assert (none.people, none.lessons) == ((), ())
    assert own.people == ()
    hidden = match_needs(loaded.garden, index, [("other", need)], lambda path: path != "people/holder.md")
    assert hidden[0].people == ()


def test_one_word_alone_makes_no_match(tmp_path: Path) -> None:
    loaded = garden(tmp_path, {})
    people = tmp_path / "content/people"
    (people / "holder.md").write_text(PERSON.format(name="Holder", holds="Funding"))
    loaded = load_garden(tmp_path / "content", today=loaded.garden.today, with_history=False)
    assert match_needs(loaded.garden, searched(loaded), [("x", "Funding")])[0].people == ()


def held(folder: Path, entries: dict[str, str], lessons: dict[str, tuple[str, str, str]]) -> LoadedGarden:
    content = garden(folder, lessons).garden
    for slug, holds in entries.items():
        (folder / f"content/people/{slug}.md").write_text(PERSON.format(name=slug.title(), holds=holds))
    return load_garden(folder / "content", today=content.today, with_history=False)


def test_a_holder_far_behind_the_best_is_left_out(tmp_path: Path) -> None:
    entries = {"best": "Restore drills of databases", "far": "Restore drills of boats and of gantry hoists"}
    loaded = held(tmp_path, entries, {"a": ("Boats", "Gantry hoists, databases.", "Restore drills.")})
    match = match_needs(loaded.garden, searched(loaded), [("x", "Restore drills of databases")])[0]
    assert [each.person for each in match.people] == ["best"]
    alone = match_needs(loaded.garden, searched(loaded), [("best", "Restore drills of databases")])[0]
    assert [each.person for each in alone.people] == ["far"]


def test_the_best_holder_comes_first_whatever_the_names(tmp_path: Path) -> None:
    entries = {"amy": "Restore drills of large databases", "zoe": "Restore drills of databases"}
    loaded = held(tmp_path, entries, {"a": ("Boats", "Large databases.", "Restore drills.")})
    match = match_needs(loaded.garden, searched(loaded), [("x", "Restore drills of databases")])[0]
    assert [holder.person for holder in match.people] == ["zoe", "amy"]
    assert match.people[0].score > match.people[1].score


def test_where_several_lessons_come_equally_near_none_is_shown(tmp_path: Path) -> None:
    text = "We held restore drills for the large database."
    lessons = dict.fromkeys(("one", "two"), ("Restore drills for a large database", text, text))
    loaded = held(tmp_path, {}, lessons)
    assert match_needs(loaded.garden, searched(loaded), [("x", "Restore drills for databases")])[0].lessons == ()


def test_one_word_in_common_makes_no_lesson_similar() -> None:
    weak = document(
        "weak", "A tramway", "A tram ran downhill.\nThe driver pulled the brake.\nPassengers jumped onto rails."
    )
    assert Likeness(build([weak, *lessons()])).of("weak") == ()


def test_many_copies_are_told_from_each_to_the_next() -> None:
    text = "\n".join(f"Sentence number {number} tells what happened at the quay." for number in range(10))
    index = build([document(f"copy-{number}", f"T {number}", text) for number in range(6)])
    assert [(each.first.key, each.second.key) for each in copies(index)] == [
        (f"copy-{number}", f"copy-{number + 1}") for number in range(5)
    ]


def test_a_joined_word_is_no_reason_beside_its_parts() -> None:
    one = document("one", "A sand-lorry", "The sand-lorry spoke.")
    two = document("two", "Another sand-lorry", "That sand-lorry wrote.")
    assert "sandlorry" not in Likeness(build([one, two, *lessons()])).of("one")[0].words


def test_the_words_that_tell_most_are_the_reason_best_first() -> None:
    similar = Likeness(build(lessons())).of("crane")[0]
    assert len(similar.words) == 4
    assert set(similar.words) == {"brake", "crane", "drop", "failed"}
    assert similar.words[-1] == "drop"  # in the title, or twice in the text: the others tell more


def test_a_limit_of_similar_lessons() -> None:
    copies_of = [document(f"crane-{number}", "The crane's brake failed", CRANE) for number in range(4)]
    likeness = Likeness(build([*copies_of, *lessons()]))
    assert len(likeness.of("crane", limit=2)) == 2
    assert likeness.of("crane", ["crane-0", "crane-1", "crane-2", "crane-3", "other"]) == ()


NEED = "Examples of restore drills for databases"


def test_a_lesson_that_only_mentions_what_is_needed_is_not_shown(tmp_path: Path) -> None:
    """It answers a question, but a need is met only by a lesson whose title, summary or tags say so."""
    text = "We held restore drills for databases. The restore drills for databases went on."
    loaded = held(tmp_path / "one", {}, {"told": ("A quiet year in the office", "Nothing else.", text)})
    index = searched(loaded)
    assert [result.document.key for result in search(index, NEED).results] == ["told"]
    assert match_needs(loaded.garden, index, [("x", NEED)])[0].lessons == ()
    loaded = held(tmp_path / "two", {}, {"told": ("Restore drills for databases", "Nothing else.", text)})
    assert [
        lesson.document.key for lesson in match_needs(loaded.garden, searched(loaded), [("x", NEED)])[0].lessons
    ] == ["told"]


def test_words_by_which_a_need_is_put_make_no_match(tmp_path: Path) -> None:
    entries = {"zoe": "Examples and practical help for people"}
    loaded = held(tmp_path, entries, {"a": ("Boats", "Practical help and examples.", "People.")})
    need = "Practical examples, and help from people who repair sails"
    assert match_needs(loaded.garden, searched(loaded), [("x", need)])[0].people == ()


def test_words_that_very_many_lessons_have_point_at_none_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "Repairing old sails at sea"
    lessons = {"one": (title, title, "We repaired old sails at sea."), "two": ("Locks", "Locks stick.", "Oil them.")}
    loaded = garden(tmp_path, lessons)
    match = [("x", "How to repair old sails")]
    assert match_needs(loaded.garden, searched(loaded), match)[0].lessons
    monkeypatch.setattr("knowledge_garden.search.needs.COMMON", 0)
    assert match_needs(loaded.garden, searched(loaded), match)[0].lessons == ()
