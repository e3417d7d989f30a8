"""The borders of periods, seats, uses and years, the order of needs, and which evidence is shown."""

import csv
import hashlib
import io
from dataclasses import replace
from datetime import date

import pytest

from credit.conftest import CREDITS, lesson
from history.repository import Repository
from knowledge_garden import load_garden
from knowledge_garden.indexes import corrections as corrections_module
from knowledge_garden.indexes.credits import Credits
from knowledge_garden.indexes.ledger import Ledger
from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.indexes.review import Period, Review, reviews
from knowledge_garden.model.declarations import Correction
from knowledge_garden.model.people import Contributor, Directory
from knowledge_garden.model.settings import CreditSettings
from knowledge_garden.outputs.ledger import ledger_csv, within
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.moved import old_addresses

CHARTER = """---
title: Bees
purpose: To learn about bees.
sponsor: ann
leads: [{{person: ann, since: 2020-01-01}}]
{seats}
---
"""


def reviewed(repo: Repository, since: str, until: str, person: str = "ben") -> list[Review]:
    loaded = load_garden(repo.path / "content", today=date(2024, 12, 31))
    period = Period(date.fromisoformat(since), date.fromisoformat(until))
    return reviews(loaded.indexes, loaded.indexes.ledger, period, person=person)


@pytest.mark.parametrize(
    ("since", "until", "roles"),
    [
        ("2024-01-02", "2024-01-02", ["maintained"]),
        ("2024-01-03", "2024-01-31", []),
        ("2023-12-01", "2024-01-01", ["mentored", "told"]),
        ("2024-01-01", "2024-01-02", ["mentored", "told", "maintained"]),
    ],
)
def test_both_days_of_a_period_are_in_it(garden: Repository, since: str, until: str, roles: list[str]) -> None:
    found = [line.role for review in reviewed(garden, since, until) for line in review.lines]
    assert found == roles
    loaded = load_garden(garden.path / "content", today=date(2024, 12, 31))
    bens = [line for line in loaded.indexes.ledger.lines if line.contributor.key == "person:ben"]
    assert [line.role for line in within(bens, date.fromisoformat(since), date.fromisoformat(until))] == roles


@pytest.mark.parametrize(
    ("seat", "since", "until", "held"),
    [
        ("facilitators: [{person: ben, since: 2022-03-05, until: 2022-04-06}]", "2022-04-06", "2022-05-01", True),
        ("facilitators: [{person: ben, since: 2022-03-05, until: 2022-04-06}]", "2022-04-07", "2022-05-01", False),
        ("facilitators: [{person: ben, since: 2022-03-05, until: 2022-04-06}]", "2022-01-01", "2022-03-05", True),
        ("facilitators: [{person: ben, since: 2022-03-05, until: 2022-04-06}]", "2022-01-01", "2022-03-04", False),
        ("facilitators: [{person: ben, until: 2022-04}]", "2022-04-30", "2022-05-01", True),
        ("facilitators: [{person: ben, until: 2022-04}]", "2022-05-01", "2022-05-02", False),
        ("facilitators: [{person: ben, since: 2022-04}]", "2022-01-01", "2022-03-31", False),
        ("facilitators: [ben]", "2022-01-01", "2022-01-01", True),
        ("alumni: [ben]", "2022-01-01", "2022-01-01", False),
        ("alumni: [{person: ben, since: 2020}]", "2022-01-01", "2022-01-01", False),
        ("alumni: [{person: ben, until: 2022}]", "2022-01-01", "2022-01-01", True),
    ],
)
def test_a_seat_is_of_the_periods_it_was_held_in(
    garden: Repository, seat: str, since: str, until: str, held: bool
) -> None:
    (garden.path / "content/communities/bees.md").write_text(CHARTER.format(seats=seat), encoding="utf-8")
    found = [held_seat.role for review in reviewed(garden, since, until) for held_seat in review.seats]
    assert found == ([seat.split(":")[0]] if held else [])


@pytest.mark.parametrize(
    ("used", "since", "until", "shown"),
    [
        ("2024-01-15", "2024-01-01", "2024-01-15", True),
        ("2024-01-15", "2024-01-15", "2024-02-01", True),
        ("2024-01-15", "2024-01-01", "2024-01-14", False),
        ("2024-01-15", "2024-01-16", "2024-02-03", False),
        ("2024-01", "2024-01-31", "2024-02-03", True),
        ("2023-12", "2024-01-01", "2024-02-03", False),
        ("2024-02", "2024-01-01", "2024-01-31", False),
        ("", "2024-01-01", "2024-01-02", True),
    ],
)
def test_a_use_is_of_the_period_it_was_made_in(
    garden: Repository, used: str, since: str, until: str, shown: bool
) -> None:
    use = f"applied:\n  - {{by: Otter Hospital{f', date: {used}' if used else ''}}}\n"
    (garden.path / "content/lessons/2023/swarm.md").write_text(lesson("The swarm", more=use), encoding="utf-8")
    found = [
        use.user.name for review in reviewed(garden, since, until, "ann") for use in review.uses if use.application
    ]
    assert found == (["Otter Hospital"] if shown else [])


def test_own_uses_are_no_use_by_others_whatever_they_are_called(garden: Repository) -> None:
    use = "applied:\n  - {by: ann}\n  - {by: Ann  ROSE}\n  - {by: ben}\n"
    (garden.path / "content/lessons/2023/swarm.md").write_text(lesson("The swarm", more=use), encoding="utf-8")
    (ann,) = reviewed(garden, "2024-01-01", "2024-12-31", "ann")
    assert [use.user.name for use in ann.uses if use.application] == ["Ben Reed"]


def credits_on(repo: Repository, day: date) -> Credits:
    return load_garden(repo.path / "content", today=day).indexes.credits


@pytest.mark.parametrize(
    ("today", "names"),
    [
        (date(2024, 12, 31), ["Ann Rose", "Ben Reed", "Cy Dee"]),  # 364 days after 2 January
        (date(2025, 1, 1), ["Ann Rose"]),
        (date(2025, 2, 1), ["Ann Rose"]),
        (date(2025, 2, 2), []),
    ],
)
def test_a_community_s_year_has_365_days(garden: Repository, today: date, names: list[str]) -> None:
    assert [who.name for who in credits_on(garden, today).community("bees")] == names


def test_what_is_dated_after_today_is_not_of_the_year(garden: Repository) -> None:
    future = CREDITS.replace("date: 2024-02-03", "date: 2024-01-05").replace("date: 2024-01\n", "date: 2024-05\n")
    (garden.path / "content/credits.yml").write_text(
        future.replace("person: ben", "person: Eve Late"), encoding="utf-8"
    )
    assert "Eve Late" not in [who.name for who in credits_on(garden, date(2024, 4, 30)).community("bees")]
    assert "Eve Late" in [who.name for who in credits_on(garden, date(2024, 5, 1)).community("bees")]


def test_a_former_path_of_a_person_leads_nowhere_and_that_of_a_lesson_leads_on(garden: Repository) -> None:
    garden.commit(
        move={
            "content/people/ben.md": "content/people/benno.md",
            "content/lessons/2023/hive.md": "content/lessons/2023/bee-hive.md",
        },
    )
    garden.git("reset", "--quiet", "--hard", "main")
    loaded = load_garden(garden.path / "content", today=date(2024, 3, 1))
    file = loaded.garden.file("people/benno.md")
    assert loaded.garden.history.pages[file].former_paths == ("content/people/ben.md",)
    assert set(old_addresses(loaded.indexes, Frame())) == {"lessons/2023/hive/index.html"}


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(garden: Repository, first: str) -> None:
    ledger = load_garden(garden.path / "content", today=date(2024, 3, 1)).indexes.ledger
    line = next(line for line in ledger.lines if line.what)
    harmful: Ledger = replace(ledger, lines=(replace(line, what=f"{first}1+1", role=f"{first}x"),))
    for names in ("shown", "full"):
        cell = f"'{first}1+1".replace("\r", " ")  # a carriage return would end the row
        (row,) = csv.DictReader(io.StringIO(ledger_csv(harmful, names=names), newline=""))
        assert (row["what"], row["role"]) == (cell, cell.replace("1+1", "x"))


PERSON = "---\nname: {}\nneeds: [{}]\nholds: [{}]\n---\n"


def test_the_evidence_of_a_part_is_its_latest(garden: Repository) -> None:
    later = garden.commit(
        by="Ben Reed", write={"content/lessons/2023/swarm.md": lesson("The swarm", "Bees came back.")}
    )
    garden.git("reset", "--quiet", "--hard", "main")
    page = credits_on(garden, date(2024, 3, 1)).page("content/lessons/2023/swarm.md")
    (ben,) = [part for line in page.lines for part in line.people if part.contributor.name == "Ben Reed"]
    assert (ben.evidence_commit, ben.first, ben.last) == (later, date(2024, 1, 2), date(2024, 1, 4))


@pytest.mark.parametrize(
    ("sources", "message"),
    [("[]", "No source is named."), ("[One]", "Only one source is named."), ("[One, Two]", None), ("[A, B, C]", None)],
)
def test_two_sources_are_enough(garden: Repository, sources: str, message: str | None) -> None:
    path = garden.path / "content/lessons/2023/swarm.md"
    path.write_text(lesson("The swarm", more=f"sources: {sources}\n"), encoding="utf-8")
    problems = load_garden(garden.path / "content", today=date(2024, 3, 1)).problems
    found = [each.message for each in problems if each.code == "few-sources" and each.path.endswith("swarm.md")]
    assert found == ([message] if message else [])


def test_a_line_is_held_against_the_corrections_of_its_commit_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    who = Contributor("name:ann", "Ann", "Ann")
    commits = [hashlib.sha1(str(number).encode(), usedforsecurity=False).hexdigest() for number in range(2_000)]
    lines = [LedgerLine(who, "wrote", "p.md", date(2024, 1, 1), "author", commit) for commit in commits]
    corrections = tuple(
        Correction(commit=commit[: 40 - number % 20], reason="R.", decided_by="ann")
        for number, commit in enumerate(commits[1_000:])
    )
    held: list[str] = []
    fits = corrections_module._Prepared.fits
    monkeypatch.setattr(
        corrections_module._Prepared, "fits", lambda prepared, line: held.append(line.commit) or fits(prepared, line)
    )
    directory = Directory({}, CreditSettings(), {}, {}, {})
    kept, taken, unused = corrections_module.correct(lines, corrections, directory, lambda page: page)
    assert [line.commit for line in kept] == commits[:1_000]
    assert (len(taken), unused) == (1_000, [])
    assert len(held) == 1_000
