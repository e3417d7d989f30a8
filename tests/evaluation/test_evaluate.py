"""The measuring of the search: parts, places, tables, and that the labels name what is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.evaluate import ABSENT, HERE, PARTS, Asked, floor, position, questions_of, read, table
from knowledge_garden.search import build
from planting import STARTER
from unit.search.making import FILLER, document


def test_only_the_part_that_is_asked_for_is_read(tmp_path: Path) -> None:
    file = tmp_path / "questions.yml"
    entry = "- {{question: q{n}, class: name, answer: [a], part: {part}}}\n"
    file.write_text(entry.format(n=1, part="development") + entry.format(n=2, part="kept-aside"))
    assert [each.question for each in questions_of(file, "development")] == ["q1"]
    assert [each.question for each in questions_of(file, "kept-aside")] == ["q2"]


def test_an_entry_without_a_part_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "questions.yml"
    file.write_text("- {question: q, class: name, answer: []}\n")
    with pytest.raises(ValueError, match="has no part"):
        read(file, "development")


def test_the_place_of_the_first_right_answer() -> None:
    assert position(["a", "b", "c"], ("c", "b")) == 2
    assert position(["a"], ("b",)) == 0


def test_a_table_counts_by_class() -> None:
    answers = {"q1": ["a"], "q2": ["x", "y", "z", "a"], "q3": [], "q4": ["a"], "q5": []}
    asked = [Asked(q, "name", ("a",)) for q in ("q1", "q2", "q3")] + [Asked(q, ABSENT, ()) for q in ("q4", "q5")]
    lines = table("engine", answers.__getitem__, asked, misses=True)
    assert [line.split() for line in lines[3:6]] == [
        ["name", "3", "1", "1", "2", "1"],
        ["all", "of", "these", "3", "1", "1", "2", "1"],
        ["absent", "2", "1"],
    ]
    assert [line for line in lines if line.startswith("  ") and "wanted" not in line] == [
        "  name: q2",
        "  name: q3",
        "  absent: q4",
    ]


def test_the_floor_knows_no_other_words_and_corrects_nothing() -> None:
    index = build([document("backup", "A backup"), *FILLER])
    ask = floor(index)
    assert ask("backups")[0] == "backup"
    assert ask("recovery") == ask("bakcup") == []


@pytest.mark.parametrize("part", PARTS)
def test_the_labels_name_lessons_that_are_there(part: str) -> None:
    lessons = {each.stem for each in STARTER.glob("lessons/*/*.md")}
    named = {slug for each in read(HERE / "questions.yml", part) for slug in each["answer"]}
    named |= {slug for each in read(HERE / "needs.yml", part) for slug in each.get("lessons", ())}
    assert named <= lessons


def test_what_is_kept_aside_shows_no_misses() -> None:
    command = [sys.executable, str(HERE / "evaluate.py"), "--part", "kept-aside", "--misses"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "not to be learned from" in done.stderr
    assert done.stdout == ""
