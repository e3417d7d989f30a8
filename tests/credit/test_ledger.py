"""The ledger: history, declarations and lessons joined; corrections; who is shown how."""

import csv
import hashlib
import io
from datetime import date
from pathlib import Path

import pytest

from credit.conftest import lesson
from history.repository import Repository
from knowledge_garden import load_garden
from knowledge_garden.indexes.ledger import Ledger, garden_ledger
from knowledge_garden.model.names import printable
from knowledge_garden.model.people import directory_of
from knowledge_garden.outputs.ledger import COLUMNS, ledger_csv, ledger_document

TODAY = date(2024, 3, 1)


def ledger(repo: Repository, **options: object) -> Ledger:
    return garden_ledger(load_garden(repo.path / "content", today=TODAY).garden, **options)


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
        "01-02 Cy Dee maintained swarm (trailer)",
        "01-02 Ben Reed maintained swarm (author)",
        "01-03 tidy[bot] maintained hive (author)",
        "02-03 Ann Rose maintained swarm (reviewed, nothing to change)",
    ]


def test_a_correction_takes_credit_out_and_gives_it_away(garden: Repository) -> None:
    maintained = garden.git("rev-parse", "main~1")
    correction = f"""\
corrections:
  - {{commit: {maintained[:10]}, person: Cy Dee, reason: They only lent their machine., decided_by: Ann Rose}}
  - {{commit: {maintained[:10]}, page: lessons/2023/swarm.md, person: ben, give_to: ann, reason: Ann's work., decided_by: ann}}
  - {{commit: abcdef1, reason: Nothing of this name., decided_by: ann}}
"""
    (garden.path / "content/credits.yml").write_text(correction, encoding="utf-8")
    found = ledger(garden)
    assert "01-02 Ann Rose maintained swarm (author)" in said(found)
    assert not any("Cy Dee" in line or "Ben Reed maintained" in line for line in said(found))
    assert [line.flags for line in found.lines if line.commit == maintained] == [("corrected",)]
    assert sorted(correction.reason for _, correction in found.corrected) == [
        "Ann's work.",
        "They only lent their machine.",
    ]
    assert [correction.commit for correction in found.unused] == ["abcdef1"]
    document = ledger_document(found)
    assert {each["given_to"] for each in document["corrected"]} == {"", "Ann Rose"}


def test_a_correction_that_meets_nothing_is_a_problem(garden: Repository) -> None:
    (garden.path / "content/credits.yml").write_text(
        "corrections:\n  - {commit: abcdef1, reason: Nothing of this name., decided_by: ann}\n", encoding="utf-8"
    )
    problems = load_garden(garden.path / "content", today=TODAY).problems
    assert [(each.code, each.path) for each in problems if "abcdef1" in each.message] == [
        ("unused-correction", "content/credits.yml")
    ]


def test_an_anonymous_lesson_names_nobody_who_told_it(garden: Repository) -> None:
    more = "told_by: [ben]\nanonymous: true\n"
    (garden.path / "content/lessons/2023/hive.md").write_text(lesson("The hive", more=more), encoding="utf-8")
    assert not any(line.role == "told" for line in ledger(garden).lines)


def test_a_teller_without_a_profile_is_credited_by_the_name_they_gave(garden: Repository) -> None:
    more = "told_by: [Dog Rose, ben-reed-of-nowhere]\n"
    (garden.path / "content/lessons/2023/hive.md").write_text(lesson("The hive", more=more), encoding="utf-8")
    told = [line.contributor for line in ledger(garden).lines if line.role == "told"]
    assert [(teller.name, teller.slug) for teller in told] == [("Dog Rose", "")]


def test_a_private_list_says_who_is_behind_an_address(garden: Repository) -> None:
    found = ledger(garden, identities={"cy@garden.test": "ben"})
    assert "01-02 Ben Reed maintained swarm (trailer)" in said(found)


def test_a_shallow_clone_withholds_declared_credit_too(garden: Repository, tmp_path: Path) -> None:
    clone = tmp_path / "shallow"
    garden.git("clone", "--quiet", "--depth=1", garden.path.as_uri(), str(clone))
    loaded = load_garden(clone / "content", today=TODAY)
    assert garden_ledger(loaded.garden).lines == ()
    assert [each.code for each in loaded.problems if each.code.startswith("history")] == ["history-shallow"]
    assert "fetch-depth: 0" in next(each.hint for each in loaded.problems if each.code == "history-shallow")


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
    assert name in [each["name"] for each in shown["people"]]
    assert ("Ben Reed" in str(shown)) == (name == "Ben Reed")
    assert ("people/ben.md" in str(shown) + ledger_csv(found)) == (name == "Ben Reed")
    assert "content/people/ben.md" in ledger_document(found, names="full")["pages"]
    assert "Ben Reed" in [each["name"] for each in ledger_document(found, names="full")["people"]]
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
    assert set(document["configuration"]) == {"content/garden.yml", "content/credits.yml", "content/people/"}
    files = sorted((garden.path / "content/people").iterdir())
    lines = [f"{hashlib.sha256(each.read_bytes()).hexdigest()}  content/people/{each.name}\n" for each in files]
    assert document["configuration"]["content/people/"] == hashlib.sha256("".join(lines).encode()).hexdigest()
    page = document["pages"]["content/lessons/2023/swarm.md"]
    assert (page["created"], page["updated"], page["former_paths"]) == ("2024-01-01", "2024-01-02", [])
    assert [(each["person"], each["role"], each["rule"]) for each in page["contributions"]] == [
        ("Ben Reed", "maintained", "author"),
        ("Cy Dee", "maintained", "trailer"),
    ]
    assert document["people"] == [
        {"name": name, "tool": tool, "roles": {"maintained": [f"content/lessons/2023/{page}.md"]}}
        for name, tool, page in [("Ben Reed", False, "swarm"), ("Cy Dee", False, "swarm"), ("tidy[bot]", True, "hive")]
    ]
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


def hide(garden: Repository, slug: str, more: str = "") -> None:
    place = garden.path / f"content/people/{slug}.md"
    place.write_text(place.read_text(encoding="utf-8").replace("\nuses:", f"\ndisplay: hidden{more}\nuses:"))


def declare(garden: Repository, text: str) -> None:
    (garden.path / "content/credits.yml").write_text(text, encoding="utf-8")


def test_names_as_shown_hide_names_in_notices_and_corrections(garden: Repository) -> None:
    garden.commit(by="Ben Reed <ben@elsewhere.test>", write={"content/index.md": "# More\n"})
    garden.commit(by="B. Reed <ben@elsewhere.test>", write={"content/index.md": "# Even more\n"})
    garden.commit(by="Ann Rose", write={"content/people/ben.md": "---\nname: Ben Reed\nuses: [hive]\n---\n"})
    tip = garden.git("rev-parse", "main")
    wrote = garden.git("rev-parse", "main~5")
    garden.git("reset", "--quiet", "--hard", "main")
    hide(garden, "ben", "\naliases: [b. reed]")
    declare(
        garden,
        f"""corrections:
  - {{commit: {wrote}, page: swarm, give_to: ben, reason: It was told., decided_by: ben}}
  - {{commit: {wrote}, page: hive, give_to: Ben Reed, reason: It was told., decided_by: bees}}
  - {{commit: {tip}, page: people/ben, reason: A slip., decided_by: ann}}
""",
    )
    found = ledger(garden)
    shown, full = ledger_document(found), ledger_document(found, names="full")
    assert [each["code"] for each in shown["notices"]] == [each["code"] for each in full["notices"]]
    assert {"address-with-several-names"} <= {each["code"] for each in shown["notices"]}
    assert not any(name in str(shown).casefold() for name in ("reed", "people/ben", "'ben'"))
    unnamed = "Someone who prefers not to be named"
    given = [(each["page"][-8:], each["given_to"], each["decided_by"]) for each in shown["corrected"]]
    assert given == [("/hive.md", unnamed, "bees"), ("swarm.md", unnamed, unnamed)]
    assert [each["given_to"] for each in full["corrected"]] == ["Ben Reed", "Ben Reed", ""]
    assert "B. Reed" in str(full["notices"])
    later = ledger_document(found, names="full", since=date(2024, 1, 2))
    assert [each["reason"] for each in later["corrected"]] == ["A slip."]


def test_a_profile_with_an_error_hides_its_owner(garden: Repository) -> None:
    for front, aliased in [
        ("name: Ben Reed\ndisplay: hiden\naliases: [marsh-hen]", "Marsh-Hen"),
        ("name: [", "Ben"),
        ("display: name", "Ben"),
    ]:
        (garden.path / "content/people/ben.md").write_text(f"---\n{front}\n---\n", encoding="utf-8")
        people = directory_of(load_garden(garden.path / "content", today=TODAY, with_history=False).garden)
        assert people.named("ben").hidden
        assert people.named(aliased).hidden
        assert not people.named("Ann Rose").hidden
    (garden.path / "content/people/ben.md").write_text("---\nname: Ben Reed\ndisplay: hiden\n---\n", encoding="utf-8")
    loaded = load_garden(garden.path / "content", today=TODAY)
    assert "Reed" not in str(ledger_document(garden_ledger(loaded.garden)))
    assert "Ben Reed" not in {each.contributor.name for each in loaded.indexes.credits.people}
    assert loaded.indexes.publication.person("ben") == directory_of(loaded.garden).named("ben")


def test_a_name_of_two_records_is_neither_s(garden: Repository) -> None:
    (garden.path / "content/people/ben-2.md").write_text("---\nname: ben reed\n---\n", encoding="utf-8")
    people = directory_of(load_garden(garden.path / "content", today=TODAY, with_history=False).garden)
    assert people.claimants("Ben Reed") == ("ben-2", "ben")
    assert (people.named("Ben Reed").key, people.named("Ben Reed").hidden) == ("name:ben reed", False)
    hide(garden, "ben")
    people = directory_of(load_garden(garden.path / "content", today=TODAY, with_history=False).garden)
    assert people.named("Ben Reed").name == "Someone who prefers not to be named"
    assert people.named("ben-2").name == "ben reed"


def test_namesakes_are_one_until_the_private_list_parts_them(repo: Repository) -> None:
    repo.commit(by="Jo <jo@one.test>", write={"content/lessons/a.md": lesson("A"), "content/garden.yml": ""})
    repo.commit(by="Jo <jo@two.test>", write={"content/lessons/a.md": lesson("A", "Other words.")})
    repo.git("reset", "--quiet", "--hard", "main")
    assert {line.contributor.key for line in ledger(repo).lines} == {"name:jo"}
    problems = load_garden(repo.path / "content", today=TODAY).problems
    (notice,) = (each for each in problems if each.code == "history-notice")
    assert "names that have several addresses" in notice.message
    assert "Jo" not in notice.message
    parted = ledger(repo, identities={"jo@one.test": "Jo of the hill", "jo@two.test": "Jo of the sea"})
    assert {line.contributor.name for line in parted.lines} == {"Jo of the hill", "Jo of the sea"}
    document = ledger_document(ledger(repo, identities={"jo@one.test": "Jo Oak"}))
    assert [each["name"] for each in document["people"]] == ["Jo", "Jo Oak"]


def test_people_of_one_shown_name_have_an_entry_each(garden: Repository) -> None:
    (garden.path / "content/garden.yml").write_text("credit: {display: hidden}\n", encoding="utf-8")
    people = ledger_document(ledger(garden))["people"]
    assert [each["name"] for each in people] == ["Someone who prefers not to be named"] * 3 + ["tidy[bot]"]
    assert sorted(sorted(each["roles"]) for each in people) == [
        ["maintained"],
        ["maintained"],
        ["maintained", "mentored", "told"],
        ["maintained", "wrote"],
    ]


def test_the_most_specific_correction_holds_and_all_that_fit_are_used(garden: Repository) -> None:
    maintained = garden.git("rev-parse", "main~1")
    declare(
        garden,
        f"""corrections:
  - {{commit: {maintained}, give_to: Neither, reason: a, decided_by: Ann Rose}}
  - {{commit: {maintained}, page: swarm, give_to: Page, reason: b, decided_by: Ann Rose}}
  - {{commit: {maintained}, person: ben, give_to: Person, reason: c, decided_by: Ann Rose}}
  - {{commit: {maintained}, person: ben, page: lessons/2023/swarm.md, give_to: Both, reason: d, decided_by: Ann Rose}}
""",
    )
    found = ledger(garden)
    assert {line.contributor.name for line in found.lines if line.commit == maintained} == {"Both", "Page"}
    assert [correction.reason for _, correction in found.corrected] == ["d", "b"]
    assert found.unused == ()


def test_pages_and_communities_are_found_by_alias_and_never_guessed(garden: Repository) -> None:
    more = "aliases: [old-swarm]\n"
    (garden.path / "content/lessons/2023/swarm.md").write_text(lesson("The swarm", more=more), encoding="utf-8")
    charter = garden.path / "content/communities/bees.md"
    charter.write_text(charter.read_text(encoding="utf-8").replace("\nsponsor", "\naliases: [apiary]\nsponsor"))
    (garden.path / "content/people/hive.md").write_text("---\nname: Hive Minder\n---\n", encoding="utf-8")
    entry = "{person: ann, role: drew, date: 2024-01-05, evidence: 'https://example.org/a', what: A sketch"
    declare(
        garden,
        f"""declared:
  - {entry}, page: old-swarm, community: apiary}}
  - {entry}, page: hive}}
  - {entry}, page: content/lessons/2023/hive.md}}
""",
    )
    loaded = load_garden(garden.path / "content", today=TODAY)
    drew = [(line.page, line.community) for line in garden_ledger(loaded.garden).lines if line.role == "drew"]
    assert drew == [
        ("content/lessons/2023/hive.md", ""),
        ("content/lessons/2023/swarm.md", "bees"),
        ("hive", ""),
    ]
    found = [(each.code, each.line) for each in loaded.problems if each.path == "content/credits.yml"]
    assert found == [("ambiguous-link", 3)]


def test_an_unused_correction_is_reported_with_its_line(garden: Repository) -> None:
    declare(garden, "corrections:\n  - {commit: abcdef1, reason: Nothing., decided_by: ann}\n")
    problems = load_garden(garden.path / "content", today=TODAY).problems
    assert [each.line for each in problems if each.code == "unused-correction"] == [2]


def test_no_address_of_credits_yml_is_shown(garden: Repository) -> None:
    declare(
        garden,
        """declared:
  - person: "Jo jo@example.org"
    role: mentored
    date: 2024-01
    what: Ask jo@example.org about it.
    evidence: https://example.org/minutes
""",
    )
    loaded = load_garden(garden.path / "content", today=TODAY)
    found = garden_ledger(loaded.garden)
    assert "@" not in str(ledger_document(found, names="full")) + ledger_csv(found, names="full")
    assert "Jo jo" in [each.contributor.name for each in loaded.indexes.credits.people]
    lines = [(each.code, each.line) for each in loaded.problems if each.path == "content/credits.yml"]
    assert lines == [("address-in-content", 2), ("address-in-content", 5)]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Jo jo@example.org", "Jo jo"),
        ("Jo (jo@home)", "Jo (jo)"),
        ("a@b@c", "a"),
        ("@@a@b.test", "@@a"),
        ("jo＠example.org", "jo"),
        ("Jo <jo@x.test>, Al <al@x.test>", "Jo <jo>, Al <al>"),
    ],
)
def test_no_name_holds_an_address(name: str, shown: str) -> None:
    assert printable(name) == shown
