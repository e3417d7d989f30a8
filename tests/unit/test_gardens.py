"""Each small garden of tests/gardens/ shows the problems that its expected.yml lists, and no others."""

from pathlib import Path

import pytest

from knowledge_garden.model.problems import CODES
from planting import GARDENS, NAMES, expected, plant_and_grow

# What needs a history or a file system that refuses; shown by tests of their own.
ELSEWHERE = {
    "unreadable-file",
    "history-shallow",
    "more-problems",
    "history-missing",
    "history-notice",
    "history-unreadable",
    "unused-correction",
    "site-settings",
    "similar-lesson",
}
REPEATING = ("copied-lesson", "possible-recurrence")


@pytest.mark.parametrize("name", NAMES)
def test_a_garden_shows_its_problems_and_no_others(name: str, tmp_path: Path) -> None:
    loaded = plant_and_grow(name, tmp_path)
    found = [
        {
            "code": each.code,
            "path": each.path.removeprefix("content/"),
            "line": each.line,
            "message": each.message,
            "hint": each.hint,
        }
        for each in loaded.problems
        # Most broken gardens repeat the text of the good lesson, which only one of them is about.
        if each.code not in REPEATING or name == each.code
    ]
    assert found == expected(name)["problems"]


@pytest.mark.parametrize("name", NAMES)
def test_every_problem_names_a_line_that_is_there_and_a_way_to_mend_it(name: str, tmp_path: Path) -> None:
    for each in plant_and_grow(name, tmp_path).problems:
        assert each.hint
        assert len(each.message) < 300
        place = tmp_path / each.path
        if place.is_file() and each.line:
            assert each.line <= place.read_bytes().count(b"\n") + 1


def test_every_kind_of_problem_has_a_garden() -> None:
    shown = {each["code"] for name in NAMES for each in expected(name)["problems"]}
    assert set(CODES) - ELSEWHERE <= shown, "a new code needs a garden that shows it"


def test_the_good_garden_is_good() -> None:
    assert expected("good")["problems"] == []
    assert (GARDENS / "good" / "content" / "garden.yml").is_file()
