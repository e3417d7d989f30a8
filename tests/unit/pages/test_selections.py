"""Lists as readers want them."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.features import installed_plugins
from knowledge_garden.indexes.credits import ContributorEntry
from knowledge_garden.loading import index_garden
from knowledge_garden.model.contributions import History, PageHistory
from knowledge_garden.model.people import Contributor
from knowledge_garden.pages.selections import LinkingPage, by_letter, latest_lessons, linking_pages
from planting import TODAY, plant

FLOOD = "lessons/2020/spring-flood.md"


def lesson(title: str, *, communities: str = "harbour", more: str = "", text: str = "") -> str:
    return f"---\ntitle: {title}\nsummary: It happened.\noutcome: success\ncommunities: [{communities}]\n{more}---\n{text}\n"


def garden(folder: Path, files: dict[str, str]) -> LoadedGarden:
    content = plant("good", folder)
    for path, text in files.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    return load_garden(content, today=TODAY, with_history=False)


def latest(folder: Path, communities: list[str], limit: int = 6) -> list[str]:
    """The slugs chosen of lessons l0, l1, …, each added a day before the one ahead of it, whose events are the other way round."""
    files = {
        f"communities/{slug}.md": _charter(slug)
        for slug in {*" ".join(communities).replace(",", "").split()} - {"harbour"}
    }
    for number, slugs in enumerate(communities):
        files[f"lessons/2022/l{number}.md"] = lesson(f"L{number}", communities=slugs, more=f"date: {1950 + number}\n")
    loaded = garden(folder, files)
    days = {
        path: PageHistory(path, created=datetime.date(2026, 1, 31) - datetime.timedelta(number))
        for number in range(len(communities))
        for path in [f"content/lessons/2022/l{number}.md"]
    }
    history = History("complete", "a" * 40, (), pages=days)
    indexes, _ = index_garden(replace(loaded.garden, history=history), installed_plugins())
    return [lesson.slug for lesson in latest_lessons(indexes, limit)]


def _charter(slug: str) -> str:
    return f"---\ntitle: {slug}\npurpose: To learn.\nsponsor: rosa-canina\nleads: [rosa-canina]\n---\n"


def test_the_lessons_added_last_come_first_whenever_they_happened(tmp_path: Path) -> None:
    assert latest(tmp_path, ["one", "two", "three"], 3) == ["l0", "l1", "l2"]


def test_no_community_fills_the_list_of_latest_lessons(tmp_path: Path) -> None:
    chosen = latest(tmp_path, ["one", "one", "one", "one", "two", "one, two", "three", "two", "two"], 5)
    assert chosen == ["l0", "l1", "l4", "l6", "l7"]


def test_a_single_community_still_fills_the_list(tmp_path: Path) -> None:
    assert latest(tmp_path, ["harbour"] * 8, 4) == ["l0", "l1", "l2", "l3"]


def test_a_page_that_links_several_times_is_listed_once(tmp_path: Path) -> None:
    text = "See [[spring-flood]] first.\n\nThen [the wall](../2020/spring-flood.md) again.\n"
    loaded = garden(tmp_path, {"lessons/2022/again.md": lesson("Again", more="recurs: [spring-flood]\n", text=text)})
    (page,) = [page for page in linking_pages(loaded.indexes, FLOOD).first if page.title == "Again"]
    assert page.path == "lessons/2022/again.md"
    assert page.relations == ("recurs",)
    assert [mention.marked for mention in page.mentions] == ["The wall that ended too soon", "the wall"]


def test_a_relation_without_a_sentence_shows_the_summary(tmp_path: Path) -> None:
    loaded = garden(tmp_path, {"lessons/2022/again.md": lesson("Again", more="recurs: [spring-flood]\n")})
    (page,) = [page for page in linking_pages(loaded.indexes, FLOOD).first if page.title == "Again"]
    assert [(mention.before + mention.marked + mention.after) for mention in page.mentions] == ["It happened."]


@pytest.mark.parametrize(
    "text", ["Before [[dry-dock]], read [[spring-flood]].", "Read [[spring-flood]] before [[dry-dock]]."]
)
def test_another_link_in_the_sentence_shows_its_title(text: str, tmp_path: Path) -> None:
    loaded = garden(tmp_path, {"lessons/2022/pair.md": lesson("Pair", text=text)})
    (page,) = [page for page in linking_pages(loaded.indexes, FLOOD).first if page.title == "Pair"]
    sentence = _sentence(page)
    assert "dry dock" not in sentence
    assert loaded.garden.lessons["dry-dock"].title in sentence
    assert page.mentions[0].marked == "The wall that ended too soon"


def test_a_hidden_name_is_not_written_out_in_a_sentence(tmp_path: Path) -> None:
    files = {
        "people/aqua-viva.md": "---\nname: Aqua Viva\ndisplay: hidden\n---\n",
        "lessons/2022/pair.md": lesson("Pair", text="Ask [[aqua-viva]], then read [[spring-flood]]."),
    }
    loaded = garden(tmp_path, files)
    (page,) = [page for page in linking_pages(loaded.indexes, FLOOD).first if page.title == "Pair"]
    assert "aqua" not in _sentence(page).casefold()


def _sentence(page: LinkingPage) -> str:
    return " ".join(mention.before + mention.marked + mention.after for mention in page.mentions)


def test_people_are_grouped_by_their_first_letter() -> None:
    names = ["Ada", "alder", "Édith", "Eve", "9 lives", "Ötzi"]
    people = [ContributorEntry(Contributor(name, name, name), name, (), TODAY) for name in names]
    assert [(letter, len(group)) for letter, group in by_letter(people)] == [("#", 1), ("A", 2), ("E", 2), ("O", 1)]
