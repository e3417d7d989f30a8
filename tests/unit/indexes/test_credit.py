"""The ledger and what readers see of it: corrections, declared work, people and tools, and what is kept back."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge_garden import Garden, load_garden
from knowledge_garden.features import installed_plugins
from knowledge_garden.indexes.credits import Credits
from knowledge_garden.indexes.ledger import garden_ledger
from knowledge_garden.loading import index_garden
from knowledge_garden.model.contributions import Contribution, History, Identity, PageHistory, State
from knowledge_garden.model.names import UNNAMED
from planting import TODAY, plant

FLOOD, DOCK = "content/lessons/2020/spring-flood.md", "content/lessons/2021/dry-dock.md"
ROSA = Identity("Rosa  CANINA", "rosa@example.org")
ACER = Identity("acer", "Acer@Example.org")
STRANGER = Identity("Quercus Robur", "quercus@example.org")
BOT = Identity("renovate[bot]", "bot@example.org")


def did(who: Identity, role: str, page: str, day: str, commit: str, *, tool: bool = False) -> Contribution:
    return Contribution(who, role, page, datetime.date.fromisoformat(day), commit * 10, "author", tool=tool)


DONE = (
    did(ROSA, "wrote", FLOOD, "2024-01-01", "aaaa"),
    did(STRANGER, "maintained", FLOOD, "2024-02-01", "bbbb"),
    did(STRANGER, "maintained", FLOOD, "2026-05-01", "cccc"),
    did(ACER, "reviewed", FLOOD, "2026-05-02", "dddd"),
    did(BOT, "maintained", FLOOD, "2026-05-03", "eeee", tool=True),
    did(ROSA, "wrote", DOCK, "2026-05-04", "ffff"),
    did(ROSA, "wrote", "content/people/linnea-borealis.md", "2026-05-04", "abab"),
)


def planted(
    folder: Path, credits_yml: str = "", *, state: State = "complete", files: dict[str, str] | None = None
) -> Garden:
    content = plant("good", folder)
    for path, text in {**(files or {}), **({"credits.yml": credits_yml} if credits_yml else {})}.items():
        (content / path).write_text(text, encoding="utf-8")
    garden = load_garden(content, today=TODAY, with_history=False).garden
    lives = {path: PageHistory(path, created=datetime.date(2024, 1, 1)) for path in (FLOOD, DOCK)}
    return replace(garden, history=History(state, "a" * 40, DONE, pages=lives))


def index_credits(garden: Garden) -> Credits:
    return index_garden(garden, installed_plugins())[0].credits


def shown(credit: Credits, page: str) -> dict[str, list[str]]:
    return {line.label: [part.contributor.name for part in line.people] for line in credit.page(page).lines}


def test_a_page_shows_its_people_by_role_and_no_tools(tmp_path: Path) -> None:
    credit = index_credits(planted(tmp_path))
    assert shown(credit, FLOOD) == {
        "Wrote": ["Rosa Canina"],
        "Told": ["Rosa Canina"],
        "Maintained": ["Quercus Robur"],
        "Reviewed": ["acer"],
    }
    maintained = credit.page(FLOOD).lines[2].people[0]
    assert (maintained.first.isoformat(), maintained.last.isoformat()) == ("2024-02-01", "2026-05-01")
    assert maintained.evidence_commit == "cccc" * 10
    assert [each.name for each in credit.tools] == ["renovate[bot]"]
    assert credit.page("content/nothing.md").lines == ()


def test_people_stand_in_alphabetical_order_with_all_they_helped(tmp_path: Path) -> None:
    credit = index_credits(planted(tmp_path))
    assert [each.contributor.name for each in credit.people] == ["acer", "Quercus Robur", "Rosa Canina"]
    rosa = credit.person("rosa-canina")
    assert rosa
    assert [(line.label, line.title) for line in rosa.lines] == [
        ("Wrote", "A dock tested before the water came"),
        ("Wrote", "Linnea Borealis"),
        ("Wrote", "The wall that ended too soon"),
        ("Told", "The wall that ended too soon"),
    ]
    assert [each.name for each in credit.newcomers] == ["acer"]
    assert {each.name for each in credit.community("harbour")} == {"acer", "Quercus Robur", "Rosa Canina"}
    assert credit.community("nothing") == ()
    assert credit.person("nobody") is None
    assert [each.slug for each in credit.latest] == ["dry-dock", "spring-flood"]


def test_an_alias_or_a_private_list_joins_identities(tmp_path: Path) -> None:
    files = {"people/acer-campestre.md": "---\nname: Acer Campestre\naliases: [acer]\n---\n"}
    garden = planted(tmp_path, files=files)
    assert {line.contributor.slug for line in garden_ledger(garden).lines} == {"rosa-canina", "acer-campestre", ""}
    private = garden_ledger(garden, identities={"quercus@example.org": "linnea-borealis"})
    assert "linnea-borealis" in {line.contributor.slug for line in private.lines}


def test_declared_work_and_corrections_are_applied_and_kept(tmp_path: Path) -> None:
    garden = planted(
        tmp_path,
        """declared:
  - {person: acer-campestre, role: mentored, date: 2025, page: spring-flood, evidence: https://example.org/a}
  - {person: Someone New, role: organised, date: 2025-03-01, what: The walk, community: harbour, evidence: https://example.org/b}
reviewed:
  - {person: linnea-borealis, page: lessons/2021/dry-dock.md, date: 2026-01-01}
corrections:
  - {commit: aaaaaaa, give_to: linnea-borealis, reason: She wrote it., decided_by: harbour}
  - {commit: bbbbbbb, page: lessons/2020/spring-flood.md, person: Quercus Robur, reason: Spelling., decided_by: harbour}
  - {commit: ccccccc, page: other.md, reason: Another page., decided_by: harbour}
  - {commit: "ddddddd", person: rosa-canina, reason: Another person., decided_by: harbour}
""",
    )
    credit = index_credits(garden)
    found = shown(credit, FLOOD)
    assert found["Wrote"] == ["Linnea Borealis"]
    assert found["Mentored"] == ["Acer Campestre"]
    assert credit.page(FLOOD).lines[2].people[0].first.isoformat() == "2026-05-01"
    assert shown(credit, DOCK)["Maintained"] == ["Linnea Borealis"]
    organised = next(line for each in credit.people for line in each.lines if line.label == "Organised")
    assert (organised.title, organised.path) == ("The walk", "")
    ledger = credit.ledger
    assert [each.reason for each in ledger.unused] == ["Another page.", "Another person."]
    assert [(line.contributor.name, each.reason) for line, each in ledger.corrected] == [
        ("Rosa Canina", "She wrote it."),
        ("Quercus Robur", "Spelling."),
    ]
    flags = {line.role: line.flags for line in ledger.lines}
    assert flags["mentored"] == ("date-approximate",)
    assert flags["wrote"] in ((), ("corrected",))


@pytest.mark.parametrize(
    ("state", "words"),
    [("shallow", "Credit is withheld"), ("none", "without a Git history"), ("empty", "without a Git")],
)
def test_credit_is_withheld_where_it_would_mislead(state: State, words: str, tmp_path: Path) -> None:
    credit = index_credits(planted(tmp_path, state=state))
    assert words in credit.withheld
    if state == "shallow":
        assert credit.people == ()
        assert credit.page(FLOOD).lines == ()


def test_who_is_hidden_is_credited_without_a_name_and_listed_nowhere(tmp_path: Path) -> None:
    files = {"people/rosa-canina.md": "---\nname: Rosa Canina\ndisplay: hidden\n---\n"}
    credit = index_credits(planted(tmp_path, files=files))
    assert shown(credit, FLOOD)["Wrote"] == [UNNAMED]
    assert credit.page(FLOOD).lines[0].people[0].evidence_commit == "", "a commit's page would tell"
    assert UNNAMED not in [each.contributor.name for each in credit.people]
    assert UNNAMED not in [each.name for each in credit.community("harbour")]
    assert credit.person("rosa-canina") is None
    assert "rosa" not in repr((credit.page(FLOOD), credit.people, credit.community("harbour"))).casefold()


def test_nobody_is_credited_for_tending_a_profile_that_is_not_shown(tmp_path: Path) -> None:
    files = {"people/linnea-borealis.md": "---\nname: Linnea Borealis\ndisplay: initials\n---\n"}
    credit = index_credits(planted(tmp_path, files=files))
    rosa = credit.person("rosa-canina")
    assert rosa
    assert not [line for line in rosa.lines if "innea" in line.title + line.path]


def test_people_of_one_shown_name_have_anchors_of_their_own(tmp_path: Path) -> None:
    files = {
        "people/rosa-canina.md": "---\nname: Rosa Canina\ndisplay: pseudonym\npseudonym: Moss\n---\n",
        "people/acer-campestre.md": "---\nname: acer\ndisplay: pseudonym\npseudonym: Moss\n---\n",
    }
    anchors = [each.anchor for each in index_credits(planted(tmp_path, files=files)).people]
    assert anchors == ["moss", "moss-2", "quercus-robur"]


def test_an_address_with_a_name_of_somebody_hidden_is_shown_as_nobody(tmp_path: Path) -> None:
    garden = planted(tmp_path, files={"people/tilia.md": "---\nname: Tilia Cordata\ndisplay: hidden\n---\n"})
    both = Identity("Rosa Canina", "rosa@example.org", names=("Rosa Canina", "Tilia Cordata"))
    work = did(both, "wrote", FLOOD, "2024-01-01", "aaaa")
    garden = replace(garden, history=replace(garden.history, contributions=(work,)))
    lines = [line for line in garden_ledger(garden).lines if line.role == "wrote"]
    assert [(line.contributor.name, line.contributor.hidden) for line in lines] == [(UNNAMED, True)]


def test_a_teller_in_words_is_credited_as_the_person_where_there_is_one(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    told = "told_by: [rosa CANINA, Jo Lindqvist, nobody-of-this-slug, acer-campestre]\n"
    flood = content / "lessons/2020/spring-flood.md"
    flood.write_text(flood.read_text(encoding="utf-8").replace("told_by: [rosa-canina]\n", told), encoding="utf-8")
    garden = load_garden(content, today=TODAY, with_history=False).garden
    assert garden.lessons["spring-flood"].fields.told_by[0] == "rosa CANINA"
    pages = {FLOOD: PageHistory(FLOOD, created=datetime.date(2024, 1, 1))}
    credit = index_credits(replace(garden, history=History("complete", "a" * 40, DONE, pages=pages)))
    told_by = {line.contributor.name: line.contributor.slug for line in credit.ledger.lines if line.role == "told"}
    assert told_by == {"Rosa Canina": "rosa-canina", "Jo Lindqvist": "", "Acer Campestre": "acer-campestre"}
    rosa = credit.person("rosa-canina")
    assert rosa is not None
    assert "Told" in [label for label, _ in rosa.roles]
