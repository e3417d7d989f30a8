"""Where knowledge comes from: levels, several values, silence, share, pairs, small groups, and the pages that show it."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.features import installed_plugins
from knowledge_garden.indexes.facets import index_facets
from knowledge_garden.loading import index_garden
from knowledge_garden.model.contributions import History, PageHistory
from knowledge_garden.model.world import world
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.generated import page_html
from knowledge_garden.search import facet_labels
from planting import TODAY, plant

SETTINGS = """
dimensions:
  place:
    title: Place
    levels: world
    hear_from: [Kenya, Western Africa, Europe]
  unit:
    title: Unit
    values: {head: Headquarters, field: Field, board: {title: Board, within: head}}
    centre: [head]
causes: {haste: {title: Haste}}
"""
LESSON = "---\ntitle: {title}\nsummary: S.\noutcome: failure\ncommunities: [harbour]\ncauses: [haste]\norigin: {origin}\n{more}---\n"
PERSON = "---\nname: {name}\ndisplay: {display}\norigin: {{place: {place}}}\n---\n"


def loaded(folder: Path, origins: dict[str, str], files: dict[str, str] | None = None) -> LoadedGarden:
    """A garden with a lesson for each origin (slug → YAML), and other files."""
    content = plant("good", folder)
    (content / "lessons/2020/spring-flood.md").unlink()
    (content / "lessons/2021/dry-dock.md").unlink()
    (content / "garden.yml").write_text(SETTINGS, encoding="utf-8")
    written = {
        f"lessons/2022/{slug}.md": LESSON.format(title=slug, origin=text, more="") for slug, text in origins.items()
    }
    for path, text in (written | (files or {})).items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    return load_garden(content, today=TODAY, with_history=False)


def counts(garden: LoadedGarden, key: str = "place") -> dict[str, int]:
    return {name: len(value.lessons) for name, value in garden.indexes.facets[key].by_key.items()}


def html(garden: LoadedGarden, path: str) -> str:
    page = next(page for page in garden.pages if page.path == path)
    return page_html(page, garden.indexes, Frame())


def dated(garden: LoadedGarden, days: dict[str, datetime.date | None]) -> LoadedGarden:
    """The garden with the days on which its lessons came into it."""
    pages = {
        garden.garden.file(garden.garden.lessons[slug].path): PageHistory(slug, created=day)
        for slug, day in days.items()
    }
    indexes, described = index_garden(
        replace(garden.garden, history=History("complete", pages=pages)), installed_plugins()
    )
    return replace(garden, indexes=indexes, pages=described)


def test_a_lesson_of_several_values_counts_once_in_each_and_once_above_them(tmp_path: Path) -> None:
    garden = loaded(
        tmp_path,
        {"a": "{place: [France, worldwide]}", "b": "{place: [Spain, France]}", "c": "{place: US > Ohio}", "d": "{}"},
    )
    assert counts(garden) == {
        "Europe": 2, "Western Europe": 2, "France": 2, "worldwide": 1, "Southern Europe": 1, "Spain": 1,
        "Americas": 1, "Northern America": 1, "United States": 1, "United States > Ohio": 1,
    }  # fmt: skip
    facet = garden.indexes.facets["place"]
    assert facet.unplaced == 1
    assert [value.key for value in facet.values] == ["Europe", "Americas", "worldwide"]
    assert [part.key for part in facet.by_key["Europe"].parts] == ["Western Europe", "Southern Europe"]


def test_a_value_leads_to_its_lessons_on_the_nearest_page(tmp_path: Path) -> None:
    garden = loaded(
        tmp_path, {"a": "{place: France}", "b": "{place: France}", "c": "{place: Chile}", "d": "{place: Spain}"}
    )
    facet = garden.indexes.facets["place"]
    addresses = {key: facet.address(key) for key in ("France", "Spain", "Chile", "Japan")}
    assert addresses == {
        "France": "corners/place/france.md", "Spain": "corners/place/europe.md",
        "Chile": "corners/place.md", "Japan": "corners/place.md",
    }  # fmt: skip
    assert "../../../lessons/2022/d/" in html(garden, "corners/place/europe.md")
    assert "../../lessons/2022/c/" in html(garden, "corners/place.md")


def test_only_what_the_garden_wants_to_hear_from_is_silent(tmp_path: Path) -> None:
    people = {
        f"people/p{number}.md": PERSON.format(name=f"Person {number}", display="name", place="Kenya")
        for number in range(4)
    }
    people["people/hid.md"] = PERSON.format(name="Hidden Holm", display="hidden", place="Kenya")
    people["people/short.md"] = PERSON.format(name="Short Sorb", display="initials", place="Kenya")
    people["people/jo.md"] = PERSON.format(name="Jo Japan", display="name", place="Japan")
    sample = LESSON.format(title="s", origin="{place: Ghana}", more="sample: true\n")
    garden = loaded(tmp_path, {"a": "{place: Uganda}", "b": "{place: France}"}, people | {"lessons/2022/s.md": sample})
    hearing = garden.indexes.hearing["place"]
    assert [item.key for item in hearing.silent] == ["Kenya", "Western Africa"], "an invented lesson is not heard"
    assert [person.slug for person in hearing.silent[0].people] == ["p0", "p1", "p2"]
    assert hearing.silent[0].communities == ("harbour",), "which has a lesson from the same part of the world"
    assert hearing.quiet == ()
    page = html(garden, "corners/place.md")
    assert "Not heard from yet" in page
    assert "Japan" not in page, "where people live asks for nothing"
    assert [name for name in ("Hidden Holm", "Short Sorb", "S. S.") if name in page] == []


@pytest.mark.parametrize(
    ("day", "quiet"),
    [(datetime.date(2024, 5, 31), ["Europe"]), (datetime.date(2024, 6, 1), []), (None, [])],
)
def test_two_years_without_a_new_lesson_are_quiet(day: datetime.date | None, quiet: list[str], tmp_path: Path) -> None:
    garden = dated(
        loaded(tmp_path, {"a": "{place: France}", "b": "{place: Spain}"}), {"a": datetime.date(2020, 1, 1), "b": day}
    )
    assert [item.key for item in garden.indexes.hearing["place"].quiet] == quiet


def test_the_share_from_outside_the_centre_counts_what_says_where_it_comes_from(tmp_path: Path) -> None:
    garden = loaded(
        tmp_path,
        {
            "a": "{unit: board}",
            "b": "{unit: [head, board]}",
            "c": "{unit: [head, field]}",
            "d": "{unit: field}",
            "e": "{}",
        },
    )
    share = garden.indexes.hearing["unit"].share
    assert share is not None
    assert (share.outside, share.placed, share.percent) == (2, 4, 50)
    assert garden.indexes.hearing["place"].share is None
    assert "50\N{NO-BREAK SPACE}%" in html(garden, "corners/unit.md") or "50 %" in html(garden, "corners/unit.md")


def test_pairs_are_counted_from_both_sides_and_shaded_by_the_most(tmp_path: Path) -> None:
    garden = loaded(
        tmp_path,
        {
            "a": "{place: France, unit: board}",
            "b": "{place: Spain, unit: head}",
            "c": "{place: Peru, unit: field}",
            "d": "{place: Mali}",
        },
    )
    (table,) = garden.indexes.pairs["place"]
    assert [column.key for column in table.columns] == ["head", "field"]
    rows = {row.key: [(cell.number, cell.shade) for cell in cells] for row, cells in table.rows}
    assert rows == {"Europe": [(2, 5), (0, 0)], "Americas": [(0, 0), (1, 3)]}
    (turned,) = garden.indexes.pairs["unit"]
    assert {row.key: [cell.number for cell in cells] for row, cells in turned.rows} == {"head": [2, 0], "field": [0, 1]}


def test_pairs_go_down_to_where_there_are_several_values(tmp_path: Path) -> None:
    garden = loaded(tmp_path, {"a": "{place: France, unit: head}", "b": "{place: Germany, unit: field}"})
    (table,) = garden.indexes.pairs["place"]
    assert [row.key for row, _ in table.rows] == ["France", "Germany"]


@pytest.mark.parametrize(
    ("places", "shown"),
    [
        (["France"] * 5, {"France": 5, "Europe": 5}),
        (["France"] * 5 + ["Spain"] * 4, {"France": 5}),  # 9 in Europe would tell of the 4 in Spain
        (["France"] * 4 + ["Spain"] * 4, {"Europe": 8}),
        (["France"] * 5 + ["Spain"] * 5, {"France": 5, "Spain": 5, "Europe": 10}),
        (["France"] * 4, {}),
    ],
)
def test_neither_a_small_group_nor_what_is_left_of_a_larger_one_is_counted(
    places: list[str], shown: dict[str, int], tmp_path: Path
) -> None:
    people = {
        f"people/p{number}.md": PERSON.format(name=f"Person {number}", display="name", place=place)
        for number, place in enumerate(places)
    }
    garden = loaded(tmp_path, {}, people)
    by_key = index_facets(garden.indexes.publication)["place"].by_key
    numbers = {key: value.people for key, value in by_key.items() if value.people}
    assert {key: number for key, number in numbers.items() if key in ("France", "Spain", "Europe")} == shown
    assert ("Spain" in by_key) is ("Spain" in shown), "a value of few people and no lesson is not there"


def test_long_lists_go_on_on_further_pages(tmp_path: Path) -> None:
    origins = {f"f{number}": "{place: France}" for number in range(201)}
    origins |= {f"w{number}": f"{{client: c{number}}}" for number in range(151)}
    garden = loaded(tmp_path, origins)
    content = tmp_path / "content"
    (content / "garden.yml").write_text(
        SETTINGS.replace("  unit:", "  client: {title: Client}\n  unit:"), encoding="utf-8"
    )
    garden = load_garden(content, today=TODAY, with_history=False)
    first, second = html(garden, "corners/place/france.md"), html(garden, "corners/place/france/page/2.md")
    assert (first.count('<li><a href="../../../lessons/'), second.count("/lessons/2022/")) == (200, 1)
    assert 'href="page/2/"' in first
    assert "c99" in html(garden, "corners/client.md") + html(garden, "corners/client/page/2.md")
    assert html(garden, "corners/client/page/2.md").count("/lessons/2022/") == 1
    assert max(len(html(garden, page.path)) for page in garden.pages if page.path.startswith("corners/")) < 200_000


def test_values_in_any_script_have_addresses_of_their_own(tmp_path: Path) -> None:
    origins = {
        "a": "{client: 東京}",
        "b": "{client: 東京}",
        "c": "{client: page}",
        "d": "{client: page}",
        "e": "{client: Page}",
        "f": "{client: Page}",
    }
    loaded(tmp_path, origins)
    content = tmp_path / "content"
    (content / "garden.yml").write_text(
        SETTINGS.replace("  unit:", "  client: {title: Client}\n  unit:"), encoding="utf-8"
    )
    facet = load_garden(content, today=TODAY, with_history=False).indexes.facets["client"]
    paths = [value.path for value in facet.values]
    assert len({*paths}) == 3
    assert "corners/client/page.md" not in paths, "its second page would be that of a longer list"
    assert all(path.removeprefix("corners/client/").removesuffix(".md").isascii() for path in paths)


def test_the_world_names_each_country_once_and_no_name_of_another() -> None:
    names = [name for name, _, _ in world()]
    assert len(names) == len({*names})
    others = [name for _, _, also in world() for name in also]
    assert len({*names, *others}) == len(names) + len(others)
    assert {within for _, within, _ in world() if within} <= {*names}
    assert len(names) > 250


def test_a_search_can_be_narrowed_to_each_level(tmp_path: Path) -> None:
    garden = loaded(tmp_path, {"a": "{place: [US > Ohio, worldwide], unit: board}"})
    index = garden.indexes.search
    (document,) = [document for document in index.documents if document.key == "a"]
    assert document.facets["place"] == (
        "Americas", "Northern America", "United States", "United States > Ohio", "worldwide",
    )  # fmt: skip
    assert document.facets["unit"] == ("head", "board")
    labels = facet_labels(garden.indexes.garden)
    assert labels["place"] == {"United States > Ohio": "Ohio"}
    assert labels["unit"] == {"head": "Headquarters", "field": "Field", "board": "Board"}


def test_a_value_that_only_people_have_is_on_the_last_page(tmp_path: Path) -> None:
    people = {
        f"people/p{number}.md": f"---\nname: Person {number}\norigin: {{client: zz}}\n---\n" for number in range(5)
    }
    loaded(tmp_path, {f"w{number}": f"{{client: c{number}}}" for number in range(150)}, people)
    content = tmp_path / "content"
    settings = SETTINGS.replace("  unit:", "  client: {title: Client}\n  unit:")
    (content / "garden.yml").write_text(settings, encoding="utf-8")
    garden = load_garden(content, today=TODAY, with_history=False)
    assert [page.path for page in garden.pages if page.path.startswith("corners/client")] == ["corners/client.md"]
    assert "<strong>zz</strong>" in html(garden, "corners/client.md")
