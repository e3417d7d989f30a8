"""The measuring of the search: parts, places, tables, and that the labels name what is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.evaluate import page, table
from evaluation.measuring import (
    ABSENT,
    FIGURES,
    HERE,
    PARTS,
    SHOWN_PARTS,
    Asked,
    floor,
    loaded_index,
    pair_counts,
    position,
    questions_of,
    read,
)
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
    if part in SHOWN_PARTS:
        named |= {slug for each in read(HERE / "pairs.yml", part) for slug in each["lessons"]}
    assert named <= lessons


def test_what_is_kept_aside_shows_no_misses() -> None:
    command = [sys.executable, "-m", "evaluation.evaluate", "--part", "kept-aside", "--misses"]
    paths = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=paths)
    assert done.returncode == 1
    assert "not to be learned from" in done.stderr
    assert done.stdout == ""


def test_similar_lessons_are_counted_by_pairs_in_either_direction() -> None:
    text = "The gantry crane dropped a container on the quay.\nIts brake had not been inspected since spring."
    near = [document("one", "The crane's brake failed", text), document("two", "A crane's brake failed", text)]
    index = build([*near, document("far", "The archive was flooded", "The shelves stood on the floor."), *FILLER])
    pairs = [
        {"lessons": ["two", "one"], "related": True},
        {"lessons": ["one", "far"], "related": True},
        {"lessons": ["two", "far"], "related": False},
    ]
    assert pair_counts(index, pairs) == (1, 1, 2)
    assert pair_counts(index, [{"lessons": ["one", "two"], "related": False}]) == (0, 1, 0)


def test_the_figures_of_the_handbook_are_close_to_those_that_are_measured() -> None:
    """Each edit of the content may move a figure a little; a change of the engine that moves more must be written down."""
    garden, _, index = loaded_index()
    written = (STARTER / FIGURES).read_text(encoding="utf-8").split("\n")
    tables = "\n".join(page(garden, index))
    rows = {re.sub(r"\d+", "#", row): row for row in written if row.startswith("|")}
    for measured in filter(None, tables.split("\n")):
        row = rows.get(re.sub(r"\d+", "#", measured), "")
        before, now = ([int(number) for number in re.findall(r"\d+", line)] for line in (row, measured))
        close = len(before) == len(now) and all(abs(old - new) <= 3 for old, new in zip(before, now, strict=True))
        assert close, f"Replace the tables of handbook/search.md by these (scripts/evaluate --page):\n{tables}"
