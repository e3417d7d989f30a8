"""The day of a build is a day in the garden's timezone, as the days of commits are."""

from datetime import UTC, date, datetime

import pytest

from credit.conftest import lesson
from history.repository import Repository
from knowledge_garden import load_garden


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Pacific/Auckland", date(2024, 1, 2)), ("UTC", date(2024, 1, 1)), ("Pacific/Honolulu", date(2024, 1, 1))],
)
def test_a_commit_of_this_moment_is_of_this_day(repo: Repository, zone: str, day: date) -> None:
    repo.commit(by="Ann", write={"content/garden.yml": f"timezone: {zone}\n", "content/lessons/a.md": lesson("A")})
    repo.git("reset", "--quiet", "--hard", "main")
    garden = load_garden(repo.path / "content", today=datetime(2024, 1, 1, 12, 30, tzinfo=UTC)).garden
    assert garden.today == day
    assert [(each.date, each.flags) for each in garden.history.contributions] == [(day, ())]
