"""A community's dashboard: due pages, actions, needs, silence, newcomers and maintenance, hidden where a group is small."""

import datetime
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from knowledge_garden.cli import main
from knowledge_garden.features import installed_plugins
from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.dashboard import Activity, Dashboard
from knowledge_garden.loading import index_garden, load_garden
from knowledge_garden.model.contributions import Contribution, History, Identity, PageHistory
from knowledge_garden.outputs.dashboard import dashboard_document, dashboard_lines
from planting import TODAY, plant

DOCK, CHARTER = "content/lessons/2021/dry-dock.md", "content/communities/harbour.md"
FLOOD = "lessons/2020/spring-flood.md"


def did(who: str, day: str, role: str = "maintained", page: str = DOCK, *, flags: tuple[str, ...] = ()) -> Contribution:
    identity = Identity(who, f"{who.replace(' ', '.').lower()}@example.org")
    return Contribution(
        identity, role, page, datetime.date.fromisoformat(day), f"{who}{day}{role}", "author", flags=flags
    )


def indexes_of(
    folder: Path, contributions: Iterable[Contribution], *, state: str = "complete", charter: str = "", minimum: int = 5
) -> Indexes:
    content = plant("good", folder)
    path = content / "communities/harbour.md"
    path.write_text(path.read_text(encoding="utf-8").replace("partners:", f"{charter}partners:"), encoding="utf-8")
    flood = content / FLOOD
    text = flood.read_text(encoding="utf-8")
    assert text.count("actions:\n") == 1
    more = (
        "review_by: 2026-05\nactions:\n  - {what: Ring the bell, owner: rosa-canina, due: 2026-05-31}\n"
        "  - {what: Paint the line, due: 2026-06}\n"
    )
    flood.write_text(text.replace("actions:\n", more), encoding="utf-8")
    settings = content / "garden.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + f"credit: {{minimum_group: {minimum}}}\n", encoding="utf-8"
    )
    garden = load_garden(content, today=TODAY, with_history=False).garden
    pages = {DOCK: PageHistory(DOCK, created=datetime.date(2024, 1, 1), updated=datetime.date(2026, 5, 1))}
    history = History(state, "a" * 40, tuple(contributions), pages=pages)  # type: ignore[arg-type]
    return index_garden(replace(garden, history=history), installed_plugins())[0]


def board(indexes: Indexes) -> Dashboard:
    return indexes.dashboards["harbour"]


NAMES = ("Ann One", "Bea Two", "Cleo Three", "Dora Four", "Eve Five")
MANY = (
    did("Ann One", "2024-01-01", "wrote"),
    *(did("Ann One", f"2026-0{month}-01") for month in (1, 2, 3, 4)),
    did("Bea Two", "2025-01-01", "wrote"),
    did("Bea Two", "2026-01-05"),
    did("Bea Two", "2026-02-05"),
    *(did(name, "2026-03-10") for name in NAMES[2:]),
    did("Eve Five", "2026-04-15", page=CHARTER),
)


def test_pages_and_actions_that_are_due(tmp_path: Path) -> None:
    shown = board(indexes_of(tmp_path, MANY))
    assert [(item.path, item.since.isoformat()) for item in shown.due] == [(FLOOD, "2026-05-31")]
    overdue = [item.action.what for item in shown.overdue_actions]
    assert overdue == ["Ring the bell"], "an action that is due in a month is not late within the month"
    assert overdue[0] == shown.open_actions[0].action.what, "the most urgent first"
    assert "Paint the line" in [item.action.what for item in shown.open_actions]


def test_needs_are_counted_by_their_state(tmp_path: Path) -> None:
    indexes = indexes_of(tmp_path, MANY)
    assert (board(indexes).open_needs, board(indexes).answered_needs) == (1, 0)


def test_the_history_is_told_at_the_level_of_the_team(tmp_path: Path) -> None:
    activity = board(indexes_of(tmp_path, MANY)).activity
    # Nine lines of maintenance in the last year beside Bea's and Ann's first: Ann has four, Bea and Eve two each.
    assert activity == Activity(datetime.date(2026, 4, 15), silent_months=1, people=5, newcomers=3, half=2)


def test_a_group_that_is_too_small_is_not_counted(tmp_path: Path) -> None:
    few = [line for line in MANY if line.person.name != "Eve Five"]
    activity = board(indexes_of(tmp_path / "a", few)).activity
    assert activity == Activity(datetime.date(2026, 4, 1), silent_months=2, people=0, newcomers=0, half=0)
    assert activity is not None
    assert not activity.is_shown
    smaller = board(indexes_of(tmp_path / "b", few, minimum=4)).activity
    assert smaller is not None
    assert (smaller.people, smaller.half) == (4, 1)


def test_half_is_hidden_where_few_maintain_though_many_help(tmp_path: Path) -> None:
    lines = [did("Ann One", "2026-01-01"), *(did(name, "2026-03-10", "suggested") for name in NAMES)]
    activity = board(indexes_of(tmp_path, lines)).activity
    assert activity is not None
    assert (activity.people, activity.half) == (5, 0)


def test_bulk_changes_and_tools_and_the_future_do_not_count(tmp_path: Path) -> None:
    tool = replace(did("Robot", "2026-05-20"), tool=True)
    bulk = [did("Bea Two", f"2026-03-{day}", flags=("bulk",)) for day in range(10, 20)]
    lines = [*MANY, tool, did("Ann One", "2027-01-01"), *bulk]
    activity = board(indexes_of(tmp_path, lines)).activity
    assert activity == Activity(datetime.date(2026, 4, 15), silent_months=1, people=5, newcomers=3, half=2)


def test_without_a_history_nothing_is_said_of_people(tmp_path: Path) -> None:
    assert board(indexes_of(tmp_path / "a", MANY, state="shallow")).activity is None
    indexes = indexes_of(tmp_path / "b", [])
    assert board(indexes).activity == Activity(None, None, 0, 0, 0)
    assert "Nobody has contributed yet." in list(dashboard_lines(indexes, "harbour"))


def test_seats_that_end_soon(tmp_path: Path) -> None:
    charter = (
        "facilitators:\n  - {person: acer-campestre, until: 2026-11}\n  - {person: rosa-canina, until: 2026-12-02}\n"
        "  - {person: linnea-borealis, until: 2026-05-31}\ncore: [{person: rosa-canina, until: 2026-06-01}]\n"
    )
    ending = board(indexes_of(tmp_path, MANY, charter=charter)).ending
    assert [(held.role, held.seat.person) for held in ending] == [
        ("facilitators", "acer-campestre"),
        ("core", "rosa-canina"),
    ]


def test_the_document_and_the_sentences_say_the_same(tmp_path: Path) -> None:
    indexes = indexes_of(tmp_path, MANY, charter="core: [{person: rosa-canina, until: 2026-08}]\n")
    document = dashboard_document(indexes, "harbour")
    assert document["activity"] == {"last": "2026-04-15", "silent_months": 1, "people": 5, "newcomers": 3, "half": 2}
    assert document["ending"] == [{"role": "core", "person": "Rosa Canina", "until": "2026-08"}]
    assert [action["overdue"] for action in document["actions"]].count(True) == 1
    lines = list(dashboard_lines(indexes, "harbour"))
    for words in (
        "Harbour on 2026-06-01",
        "1 page is due for review.",
        "1 of them is overdue.",
        "5 people contributed in the last twelve months.",
        "2 people did half of the maintenance.",
        "A seat ends soon: core, Rosa Canina, until 2026-08.",
    ):
        assert words in lines


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    plant("good", tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["community", *arguments, "--today", "2026-06-01"])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_says_how_a_community_is_doing(folder: Path) -> None:
    code, out, _ = run("harbour", str(folder))
    assert code == 0
    assert out.startswith("Harbour on 2026-06-01\n")
    assert "There is no history to read, so nothing is said of contributions." in out
    code, out, _ = run("harbour", str(folder), "--format", "json")
    assert code == 0
    assert json.loads(out)["community"] == "harbour"
    assert json.loads(out)["activity"] is None


def test_the_command_offers_the_nearest_community(folder: Path) -> None:
    code, _, err = run("harbor", str(folder))
    assert code == 2
    assert "There is no community harbor. Did you mean harbour?" in err
