"""What is known of a garden: names, failures and their chains, communities, freshness, and how people are shown."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.features import installed_plugins
from knowledge_garden.indexes.freshness import index_freshness
from knowledge_garden.loading import index_garden
from knowledge_garden.model.addresses import is_slug
from knowledge_garden.model.contributions import History, PageHistory
from knowledge_garden.model.names import UNNAMED, initials, printable
from knowledge_garden.model.people import contributor_named
from knowledge_garden.model.settings import CreditSettings, Settings
from knowledge_garden.pages.bed import LIMIT, plants
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.generated import pages_to_generate
from knowledge_garden.pages.moved import old_addresses
from planting import TODAY, plant, plant_and_grow

LESSON = """---
title: {title}
summary: It happened.
outcome: {outcome}
communities: [harbour]
causes: [{causes}]
{more}---
"""


def with_lessons(folder: Path, lessons: dict[str, str]) -> LoadedGarden:
    content = plant("good", folder)
    for slug, text in lessons.items():
        (content / "lessons/2022").mkdir(exist_ok=True)
        (content / f"lessons/2022/{slug}.md").write_text(text, encoding="utf-8")
    return load_garden(content, today=TODAY, with_history=False)


def lesson(more: str = "", *, title: str = "T", outcome: str = "failure", causes: str = "haste") -> str:
    return LESSON.format(title=title, outcome=outcome, causes=causes, more=more)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> LoadedGarden:
    return plant_and_grow("good", tmp_path_factory.mktemp("good"))


def test_backlinks_say_who_links_and_why(good: LoadedGarden) -> None:
    found = good.indexes.links.to("lessons/2020/spring-flood.md")
    assert [(each.source, each.relation) for each in found] == [
        ("lessons/2021/dry-dock.md", ""),
        ("lessons/2021/dry-dock.md", "recurs"),
        ("communities/harbour.md", ""),
        ("index.md", ""),
    ]
    home = found[-1]
    assert home.sentence[slice(*home.mark)] == "The wall that ended too soon"
    assert good.indexes.links.to("nothing.md") == ()


def test_failures_are_sorted_by_outcome_and_cause(tmp_path: Path) -> None:
    known = with_lessons(
        tmp_path,
        {
            "a": lesson(outcome="mixed", causes="haste, unclear-duty", more="date: 2010\n"),
            "b": lesson(outcome="near-miss"),
        },
    ).indexes.failures
    assert [each.slug for each in known.lessons] == ["spring-flood", "a", "b"], "newest first, the undated last"
    assert known.outcomes == {"success": 1, "failure": 1, "mixed": 1, "near-miss": 1}
    assert [each.slug for each in known.causes["haste"].lessons] == ["a", "b"]
    assert known.causes["haste"].beside == [("unclear-duty", 1)]


def test_recurrences_are_joined_whatever_their_order(tmp_path: Path) -> None:
    known = with_lessons(
        tmp_path,
        {
            "a": lesson("date: 2001\nrecurs: [b]\n"),
            "b": lesson("date: 2002\nrecurs: [c, a]\n"),
            "c": lesson("date: 2000\n"),
            "d": lesson("recurs: [nothing, d]\n"),
            "e": lesson("recurs: [f]\ndate: 1990\n"),
            "f": lesson("date: 1980\n"),
        },
    ).indexes.failures
    chains = [[each.slug for each in chain] for chain in known.chains]
    assert ["c", "a", "b"] in chains
    assert ["f", "e"] in chains
    assert "d" not in known.chain_of
    assert known.chain_of["a"] is known.chain_of["c"]


def test_communities_hold_seats_and_lessons(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    charter = (
        "---\ntitle: Yard\npurpose: P.\nsponsor: linnea-borealis\nleads: [rosa-canina]\nalumni: [acer-campestre]\n---\n"
    )
    (content / "communities/yard.md").write_text(charter)
    (content / "lessons/2022").mkdir()
    both = lesson("told_by: [acer-campestre]\nanonymous: true\n").replace("[harbour]", "[harbour, yard, harbour, gone]")
    (content / "lessons/2022/both.md").write_text(both)
    known = load_garden(content, today=TODAY, with_history=False).indexes.communities
    assert [each.slug for each in known.lessons["yard"]] == ["both"]
    held = {(each.community.slug, each.role): each.current for each in known.seats["acer-campestre"]}
    assert held == {("harbour", "members"): False, ("yard", "alumni"): False}
    assert "acer-campestre" not in known.told, "whoever tells without a name is not named"
    assert [each.slug for each in known.told["rosa-canina"]] == ["spring-flood"]
    assert known.tellers["spring-flood"] == ("rosa-canina",)
    assert known.tellers["both"] == ()
    assert [each.slug for each in known.used["rosa-canina"]] == ["spring-flood"]


def test_pages_ask_to_be_read_again(tmp_path: Path) -> None:
    loaded = with_lessons(tmp_path, {"a": lesson("review_by: 2026-05\n"), "b": lesson("review_by: 2026-06\n")})
    file = loaded.garden.file
    lives = {
        file(path): PageHistory(file(path), updated=day)
        for path, day in {
            "lessons/2020/spring-flood.md": datetime.date(2024, 5, 30),
            "lessons/2021/dry-dock.md": datetime.date(2024, 6, 1),
            "communities/harbour.md": datetime.date(2024, 2, 29),
        }.items()
    }
    due = index_freshness(replace(loaded.garden, history=History("complete", pages=lives)))
    assert {path: (each.reason, each.since.isoformat()) for path, each in due.items()} == {
        "lessons/2022/a.md": ("review_by", "2026-05-31"),
        "lessons/2020/spring-flood.md": ("untouched", "2026-05-30"),
        "communities/harbour.md": ("untouched", "2025-02-28"),
    }


def test_names_are_found_in_any_case_and_hints_give_nobody_away(tmp_path: Path) -> None:
    names = plant_and_grow("link-not-published", tmp_path).indexes.links.names
    assert names.find("Spring-Flood.md") == ("lessons/2020/spring-flood.md",)
    assert names.find("tilia") == ()
    assert names.withheld("Linden") == "people/tilia.md"
    assert names.withheld("spring-flood") == ""
    assert names.near("tili") == ""
    assert names.near("spring-floo") == "spring-flood"


def test_generated_pages_are_never_in_the_way_of_a_file(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    (content / "failures").mkdir()
    (content / "failures/haste.md").write_text("# Haste\n")
    loaded = load_garden(content, today=TODAY, with_history=False)
    made = set(pages_to_generate(loaded.pages, loaded.garden, Frame()))
    assert "failures/haste.md" not in made
    assert {"failures/unclear-duty.md", "lessons/index.md", "handbook/fields.md"} <= made
    assert "index.md" not in made


@pytest.mark.parametrize("path", ["lessons/README.md", "lessons/index.md", "lessons.md"])
def test_no_page_is_generated_in_the_place_of_another(path: str, tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    (content / path).write_text("# Our lessons\n")
    loaded = load_garden(content, today=TODAY, with_history=False)
    frame = Frame()
    made = pages_to_generate(loaded.pages, loaded.garden, frame)
    assert "lessons/index.html" not in map(frame.file, made)
    beside = Frame(directory_urls=False)
    made = {beside.file(made_path) for made_path in pages_to_generate(loaded.pages, loaded.garden, beside)}
    assert ("lessons/index.html" in made) is (path == "lessons.md")


def test_a_readme_is_its_folders_page(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    (content / "lessons/README.md").write_text("# Our lessons\n\n[[lessons]], [a](README.md), [b](index.md)\n")
    loaded = load_garden(content, today=TODAY, with_history=False)
    assert loaded.indexes.links.wiki("lessons") == "lessons/README.md"
    assert [(each.code, each.hint) for each in loaded.problems] == [
        ("broken-link", "Did you mean lessons/README.md?"),  # from the home page
        ("broken-link", "Did you mean README.md?"),
    ]


@pytest.mark.parametrize("months", [24, 1200])
def test_a_commit_of_a_far_future_makes_nothing_due(months: int, tmp_path: Path) -> None:
    loaded = plant_and_grow("good", tmp_path)
    file = loaded.garden.file("lessons/2020/spring-flood.md")
    lives = {file: PageHistory(file, updated=datetime.date(9999, 12, 31))}
    settings = Settings.model_validate({"freshness": {"lesson": months}})
    garden = replace(loaded.garden, history=History("complete", pages=lives), settings=settings)
    assert index_freshness(garden) == {}


def test_an_old_address_never_takes_the_place_of_a_page(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    (content / "people/taken").mkdir()
    (content / "people/taken/index.md").write_text("# Taken\n")
    person = "---\nname: Tilia Cordata\naliases: [rosa-canina, taken, index, Tilia von Linde, linden]\n---\n"
    (content / "people/tilia.md").write_text(person)
    loaded = load_garden(content, today=TODAY, with_history=False)
    life = PageHistory(
        "content/lessons/2021/dry-dock.md",
        former_paths=("content/lessons/dock.md", "content/lessons/2020/spring-flood.md", "elsewhere/x.md"),
    )
    garden = replace(loaded.garden, history=History("complete", pages={life.path: life}))
    known, _ = index_garden(garden, installed_plugins())
    assert set(old_addresses(known, Frame())) == {
        "people/campestre/index.html",
        "people/linden/index.html",
        "lessons/dock/index.html",
    }


def test_the_bed_shows_lessons_evenly_chosen_in_order_of_time(tmp_path: Path) -> None:
    lessons = {f"l{number}": lesson(f"date: {1900 + number}\n") for number in range(LIMIT + 20)}
    indexes = with_lessons(tmp_path, {**lessons, "undated": lesson()}).indexes
    bed = plants(indexes)
    assert len(bed) == LIMIT
    years = [plant.lesson.fields.date.year for plant in bed if plant.lesson.fields.date]
    assert len(years) == LIMIT
    assert years == sorted(years)
    assert years[0] == 1900
    assert plants(indexes) == bed


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Rosa Canina", "Rosa Canina"),
        ("rosa@example.org", "rosa"),
        ("Rosa\u202e\x00 Canina\n", "Rosa Canina"),
        ("\x00", UNNAMED),
        ("", UNNAMED),
        ("@", "@"),
        (b"R\xf6sa".decode("utf-8", "surrogateescape"), "R\ufffdsa"),
    ],
)
def test_a_name_is_made_fit_to_be_shown(name: str, shown: str) -> None:
    assert printable(name) == shown
    assert contributor_named(name, CreditSettings()).name == shown


@given(st.text())
def test_no_name_makes_it_raise(name: str) -> None:
    assert printable(name)
    assert initials(name)
    hidden = contributor_named(name, CreditSettings.model_validate({"display": "hidden"}))
    assert (hidden.name, hidden.slug, hidden.hidden) == (UNNAMED, "", True)


def test_a_tool_is_shown_whatever_the_rules() -> None:
    found = contributor_named("renovate[bot]", CreditSettings.model_validate({"display": "hidden"}), tool=True)
    assert (found.name, found.tool, found.hidden) == ("renovate[bot]", True, False)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("rosa-canina", True),
        ("Rosa", False),
        ("rosa canina", False),
        ("ATSB", False),
        ("x_y", False),
        ("x.y", False),
        ("x--y", False),
        ("index", False),
        ("readme", False),
    ],
)
def test_what_is_a_slug_and_what_a_name(text: str, slug: bool) -> None:
    assert is_slug(text) is slug


def test_a_long_chain_is_joined_in_one_pass(tmp_path: Path) -> None:
    lessons = {f"l{number:04}": lesson(f"recurs: [l{number - 1:04}]\n" if number else "") for number in range(300)}
    known = with_lessons(tmp_path, lessons).indexes.failures
    (chain,) = [chain for chain in known.chains if len(chain) > 2]
    assert {member.slug for member in chain} == set(lessons)
