"""When: author dates in the garden's timezone, and dates that can't be right."""

from datetime import date

import pytest

from history.repository import TEXT, Repository, codes, edited, told
from knowledge_garden.history import HistoryError
from knowledge_garden.model.contributions import CreditRules, History

NEW_YEAR_IN_KATHMANDU = 1704046500  # 2023-12-31 18:15 UTC = 2024-01-01 00:00 +05:45


@pytest.mark.parametrize(
    ("timezone", "before", "after"),
    [
        ("Asia/Kathmandu", date(2023, 12, 31), date(2024, 1, 1)),
        ("UTC", date(2023, 12, 31), date(2023, 12, 31)),
        ("Pacific/Auckland", date(2024, 1, 1), date(2024, 1, 1)),
    ],
)
def test_a_zone_of_05_45_at_the_border_of_a_year(repo: Repository, timezone: str, before: date, after: date) -> None:
    repo.commit(write={"a.md": TEXT}, when=f"{NEW_YEAR_IN_KATHMANDU - 1} +0545")
    repo.commit(write={"a.md": edited(TEXT)}, when=f"{NEW_YEAR_IN_KATHMANDU} +0545")
    history = repo.read(CreditRules(timezone=timezone))
    assert [c.date for c in history.contributions] == [before, after]
    assert (history.pages["a.md"].created, history.pages["a.md"].updated) == (before, after)


def test_a_rebase_changes_no_date(repo: Repository) -> None:
    repo.commit(write={"a.md": TEXT}, when="1704103200 +0000", committed="1714103200 +0000")
    history = repo.read()
    assert [str(c.date) for c in history.contributions] == ["2024-01-01"]
    assert told(history) == ["a.md: Ann wrote"]


def test_an_author_date_after_the_commit_date_is_flagged(repo: Repository) -> None:
    repo.commit(write={"a.md": TEXT}, when="1704103200 +0000", committed="1704103199 +0000")
    assert told(repo.read()) == ["a.md: Ann wrote +date-after-commit"]


def test_a_future_date_is_flagged_and_told(repo: Repository) -> None:
    commit = repo.commit(write={"a.md": TEXT}, when="1735776000 +0000")
    assert told(repo.read(today=date(2025, 1, 2))) == ["a.md: Ann wrote"]
    history = repo.read(today=date(2025, 1, 1))
    assert told(history) == ["a.md: Ann wrote +future"]
    assert codes(history) == {"future-date": (commit,)}


def test_a_date_no_calendar_has(repo: Repository) -> None:
    blob = repo.git("hash-object", "-w", "--stdin", stdin=TEXT.encode())
    tree = repo.git("mktree", stdin=f"100644 blob {blob}\ta.md\n".encode())
    text = (
        f"tree {tree}\nauthor Ann <ann@garden.test> 999999999999999 +0000\n"
        "committer Ann <ann@garden.test> 1704103200 +0000\n\nFar\n"
    )
    commit = repo.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=text.encode())
    repo.git("update-ref", "refs/heads/main", commit)
    history = repo.read()
    assert told(history) == ["a.md: Ann wrote +date-after-commit +future"]
    assert str(history.contributions[0].date) == "2024-01-01"


def dates(history: History) -> list[str]:
    return [str(c.date) for c in history.contributions]


@pytest.mark.parametrize(
    ("when", "committed", "day", "flags"),
    [
        ("315532799", "1704103200", "2024-01-01", " +date-too-early"),
        ("315532800", "1704103200", "1980-01-01", ""),
        ("0", "0", "1980-01-01", " +date-too-early"),
        ("0", "4300000000", "1980-01-01", " +date-too-early"),
        ("1735689599", "1735689599", "2024-12-31", ""),
        ("1735775999", "1735776000", "2025-01-01", ""),
        ("4300000000", "4300000000", "2025-01-01", " +future"),
        ("4300000000", "1704103200", "2024-01-01", " +date-after-commit +future"),
        ("4300000000", "0", "2025-01-01", " +date-after-commit +future"),
    ],
)
def test_a_date_that_cannot_be_true_is_flagged_and_replaced(
    repo: Repository, when: str, committed: str, day: str, flags: str
) -> None:
    repo.commit(write={"a.md": TEXT}, when=f"{when} +0000", committed=f"{committed} +0000")
    history = repo.read()
    assert told(history) == [f"a.md: Ann wrote{flags}"]
    page = history.pages["a.md"]
    assert [*dates(history), str(page.created), str(page.updated)] == [day] * 3


def test_a_page_of_a_forged_date_is_not_fresh_for_ever(repo: Repository) -> None:
    repo.commit(write={"a.md": TEXT}, when="4300000000 +0000", committed="1704103200 +0000")
    assert str(repo.read().pages["a.md"].updated) == "2024-01-01"


def test_a_build_on_an_impossible_day_still_reads_the_history(repo: Repository) -> None:
    commit = repo.commit(write={"a.md": TEXT})
    history = repo.read(today=date(1970, 1, 2))
    assert (dates(history), codes(history)) == (["1970-01-02"], {"future-date": (commit,)})


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd"])
def test_an_unknown_timezone_is_an_error_with_an_example(repo: Repository, zone: str) -> None:
    repo.commit(write={"a.md": TEXT})
    with pytest.raises(HistoryError, match="Europe/Vienna"):
        repo.read(CreditRules(timezone=zone))


def test_contributions_are_in_order_of_page_and_date(repo: Repository) -> None:
    repo.commit(by="Ann", write={"b.md": TEXT}, when="1710000000 +0000")
    repo.commit(by="Ben", write={"b.md": edited(TEXT)}, when="1705000000 +0000")
    repo.commit(by="Cem", write={"a.md": TEXT}, when="1720000000 +0000")
    assert [(c.page, c.person.name) for c in repo.read().contributions] == [
        ("a.md", "Cem"),
        ("b.md", "Ben"),
        ("b.md", "Ann"),
    ]
