"""The ledger: history, declarations and lessons joined; corrections; who is shown how."""

import csv
import hashlib
import io
from datetime import date
from pathlib import Path

import pytest

from credit.conftest import lesson
from history.repository import Repository
from knowledge_garden import grow
from knowledge_garden.indexes.ledger import Ledger, garden_ledger
from knowledge_garden.outputs.ledger import COLUMNS, ledger_csv, ledger_document

TODAY = date(2024, 3, 1)


def ledger(repo: Repository, **options: object) -> Ledger:
    return garden_ledger(grow(repo.path / "content", today=TODAY).garden, **options)


def said(found: Ledger) -> list[str]:
    """Each line of a lesson or of no page as "day person role page (rule)"."""
    return [
        f"{line.date:%m-%d} {line.contributor.full_name} {line.role} {Path(line.page).stem or line.what} ({line.rule})"
        for line in found.lines
        if "lessons" in line.page or not line.page
    ]


def test_everything_is_joined_and_in_order(garden: Repository) -> None:
    assert said(ledger(garden)) == [
        "01-01 Ann Rose wrote hive (author)",
        "01-01 Ann Rose wrote swarm (author)",
        "01-01 Ben Reed mentored Two newcomers (declared)",
        "01-01 Ben Reed told hive (told_by)",
        "01-02 Cy Dee tended swarm (trailer)",
        "01-02 Ben Reed tended swarm (author)",
        "01-03 tidy[bot] tended hive (author)",
        "02-03 Ann Rose tended swarm (reviewed, nothing to change)",
    ]


def test_a_correction_takes_credit_out_and_gives_it_away(garden: Repository) -> None:
    tended = garden.git("rev-parse", "main~1")
    correction = f"""\
corrections:
  - {{commit: {tended[:10]}, person: Cy Dee, reason: They only lent their machine., decided_by: Ann Rose}}
  - {{commit: {tended[:10]}, page: lessons/2023/swarm.md, person: ben, give_to: ann, reason: Ann's work., decided_by: ann}}
  - {{commit: abcdef1, reason: Nothing of this name., decided_by: ann}}
"""
    (garden.path / "content/credits.yml").write_text(correction, encoding="utf-8")
    found = ledger(garden)
    assert "01-02 Ann Rose tended swarm (author)" in said(found)
    assert not any("Cy Dee" in line or "Ben Reed tended" in line for line in said(found))
    assert [line.flags for line in found.lines if line.commit == tended] == [("corrected",)]
    assert sorted(correction.reason for _, correction in found.corrected) == [
        "Ann's work.",
        "They only lent their machine.",
    ]
    assert [correction.commit for correction in found.unused] == ["abcdef1"]
    document = ledger_document(found)
    assert {each["given_to"] for each in document["corrected"]} == {"", "ann"}


def test_a_correction_that_meets_nothing_is_a_problem(garden: Repository) -> None:
    (garden.path / "content/credits.yml").write_text(
        "corrections:\n  - {commit: abcdef1, reason: Nothing of this name., decided_by: ann}\n", encoding="utf-8"
    )
    problems = grow(garden.path / "content", today=TODAY).problems
    assert [(each.code, each.path) for each in problems if "abcdef1" in each.message] == [
        ("unused-correction", "content/credits.yml")
    ]


def test_an_anonymous_lesson_names_nobody_who_told_it(garden: Repository) -> None:
    more = "told_by: [ben]\nanonymous: true\n"
    (garden.path / "content/lessons/2023/hive.md").write_text(lesson("The hive", more=more), encoding="utf-8")
    assert not any(line.role == "told" for line in ledger(garden).lines)


def test_a_private_list_says_who_is_behind_an_address(garden: Repository) -> None:
    found = ledger(garden, identities={"cy@garden.test": "ben"})
    assert "01-02 Ben Reed tended swarm (trailer)" in said(found)


def test_a_shallow_clone_withholds_declared_credit_too(garden: Repository, tmp_path: Path) -> None:
    clone = tmp_path / "shallow"
    garden.git("clone", "--quiet", "--depth=1", garden.path.as_uri(), str(clone))
    grown = grow(clone / "content", today=TODAY)
    assert garden_ledger(grown.garden).lines == ()
    assert [each.code for each in grown.problems if each.code.startswith("history")] == ["history-shallow"]
    assert "fetch-depth: 0" in next(each.hint for each in grown.problems if each.code == "history-shallow")


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        ("name", "Ben Reed"),
        ("initials", "B. R."),
        ("pseudonym\npseudonym: Marsh Hen", "Marsh Hen"),
        ("pseudonym", "B. R."),
        ("hidden", "Someone who prefers not to be named"),
    ],
)
def test_the_ledger_shows_people_as_they_chose(garden: Repository, choice: str, name: str) -> None:
    place = garden.path / "content/people/ben.md"
    place.write_text(f"---\nname: Ben Reed\ndisplay: {choice}\n---\n", encoding="utf-8")
    found = ledger(garden)
    shown = ledger_document(found)
    assert name in shown["people"]
    assert ("Ben Reed" in str(shown)) == (name == "Ben Reed")
    assert ("people/ben.md" in str(shown) + ledger_csv(found)) == (name == "Ben Reed")
    assert "content/people/ben.md" in ledger_document(found, names="full")["pages"]
    assert "Ben Reed" in ledger_document(found, names="full")["people"]
    assert ("Ben Reed" in ledger_csv(found)) == (name == "Ben Reed")


def test_no_address_is_in_any_form_of_the_ledger(garden: Repository) -> None:
    found = ledger(garden)
    for names in ("shown", "full"):
        assert "@" not in str(ledger_document(found, names=names)) + ledger_csv(found, names=names)
    assert "@" not in repr(found.lines)


def test_the_form_of_the_json(garden: Repository) -> None:
    document = ledger_document(ledger(garden), since=date(2024, 1, 2), until=date(2024, 1, 31))
    assert document["version"] == 1
    assert document["complete"] is True
    assert document["revision"] == garden.git("rev-parse", "HEAD")
    assert set(document["versions"]) == {"knowledge-garden", "git", "parser"}
    settings = (garden.path / "content/garden.yml").read_bytes()
    assert document["configuration"]["content/garden.yml"] == hashlib.sha256(settings).hexdigest()
    assert set(document["configuration"]) == {"content/garden.yml", "content/credits.yml"}
    page = document["pages"]["content/lessons/2023/swarm.md"]
    assert (page["created"], page["updated"], page["former_paths"]) == ("2024-01-01", "2024-01-02", [])
    assert [(each["person"], each["role"], each["rule"]) for each in page["contributions"]] == [
        ("Cy Dee", "tended", "trailer"),
        ("Ben Reed", "tended", "author"),
    ]
    assert document["people"]["Ben Reed"]["roles"] == {"tended": ["content/lessons/2023/swarm.md"]}
    assert document["people"]["tidy[bot]"]["tool"] is True
    assert document["excluded"] == {"counts": {}, "commits": []}
    part = ledger_document(ledger(garden), since=date(2024, 2, 1), all_pages=False)
    assert list(part["pages"]) == ["content/lessons/2023/swarm.md"]


def test_what_belongs_to_no_page_stands_elsewhere(garden: Repository) -> None:
    (found,) = ledger_document(ledger(garden))["elsewhere"]
    assert (found["role"], found["what"], found["community"]) == ("mentored", "Two newcomers", "bees")
    assert found["flags"] == ["date-approximate"]


def test_the_csv_is_safe_in_a_spreadsheet(repo: Repository) -> None:
    repo.commit(by="=cmd()|x <x@garden.test>", write={"content/lessons/a.md": lesson("A"), "content/garden.yml": ""})
    repo.git("reset", "--quiet", "--hard", "main")
    rows = list(csv.DictReader(io.StringIO(ledger_csv(ledger(repo)))))
    assert tuple(rows[0]) == COLUMNS
    assert {row["person"] for row in rows} == {"'=cmd()|x"}


def test_one_address_of_two_names_and_one_name_of_two_addresses(repo: Repository) -> None:
    repo.commit(by="Ann <ann@one.test>", write={"content/lessons/a.md": lesson("A"), "content/garden.yml": ""})
    repo.commit(by="Ann <ann@two.test>", write={"content/lessons/a.md": lesson("A", "Other words.")})
    repo.git("reset", "--quiet", "--hard", "main")
    assert {line.contributor.name for line in ledger(repo).lines} == {"Ann"}
    assert len({line.contributor.key for line in ledger(repo).lines}) == 1
