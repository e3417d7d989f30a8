"""Lists of a large garden: pages stay small, and every lesson and person is still listed somewhere, without a script."""

import re
from pathlib import Path

import pytest

from credit.conftest import _no_configuration, repo
from history.repository import Repository
from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.model import addresses
from knowledge_garden.pages.around import after_text
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.generated import page_html
from planting import TODAY

__all__ = ["_no_configuration", "repo"]

LIMIT = 300_000
LESSON = """\
---
title: "{title}"
summary: "{summary}"
outcome: failure
communities: [yard]
causes: [haste]
{more}---
## Context

See [[lesson-0]].
"""
SUMMARY = "It happened again in much the same way, and it taught us something that is worth a sentence. " * 3


def large(folder: Path, lessons: int) -> LoadedGarden:
    """A garden of lessons that all link to the first one: most of 1999, some of other years, some without a date."""
    files = {
        "garden.yml": "name: Yard\ncauses: {haste: {title: Haste}}\n",
        "communities/yard.md": "---\ntitle: Yard\npurpose: To keep.\nstatus: forming\n---\n",
    }
    for number in range(lessons):
        year = "" if number % 50 == 0 else f"date: {1990 + number % 7}\n" if number % 3 == 0 else "date: 1999-05\n"
        files[f"lessons/some/lesson-{number}.md"] = LESSON.format(
            title=f"Lesson {number}", summary=SUMMARY[:290], more=year
        )
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return load_garden(folder, today=TODAY, with_history=False)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> LoadedGarden:
    return large(tmp_path_factory.mktemp("large"), 700)


def pages_of(loaded: LoadedGarden, folder: str) -> dict[str, str]:
    frame = Frame(features=frozenset({"links", "failures", "credits"}))
    pages = (page for page in loaded.pages if page.path.startswith(folder))
    return {page.path: page_html(page, loaded.indexes, frame) for page in pages}


def test_each_lesson_is_listed_on_the_page_of_its_year(loaded: LoadedGarden) -> None:
    pages = pages_of(loaded, "lessons/")
    years = {path: html for path, html in pages.items() if path != addresses.LESSONS}
    listed = [title for html in years.values() for title in re.findall(r">(Lesson \d+)</a></h3>", html)]
    assert sorted(listed) == sorted(f"Lesson {number}" for number in range(700))
    assert all(len(html) < LIMIT for html in pages.values())
    assert {"lessons/1999/index.md", "lessons/1999/page/2.md", "lessons/undated/index.md"} <= years.keys()


def test_the_first_page_leads_to_every_year_with_its_number(loaded: LoadedGarden) -> None:
    first = pages_of(loaded, addresses.LESSONS)[addresses.LESSONS]
    years = re.findall(r'href="([^"]*)">(\d{4}|Undated) <span class="kg-quiet">(\d+)</span>', first)
    assert sum(int(number) for _, _, number in years) == 700
    assert ("1999/", "1999") in {(address.removeprefix("./"), year) for address, year, _ in years}
    assert "data-kg-filter" not in first  # it would filter the latest lessons alone
    assert len(re.findall(r"</a></h3>", first)) == 40


def test_parts_of_a_year_lead_to_each_other(loaded: LoadedGarden) -> None:
    pages = pages_of(loaded, "lessons/1999/")
    assert len(pages) > 2
    for number, html in enumerate(pages.values(), 1):
        assert f'aria-current="page">{number}</a>' in html
        assert html.count('<nav class="kg-pager"') == 1


def test_a_short_list_stays_on_one_page_with_its_filter(tmp_path: Path) -> None:
    pages = pages_of(large(tmp_path, 150), "lessons/")
    assert list(pages) == [addresses.LESSONS]
    assert "data-kg-filter" in pages[addresses.LESSONS]


def test_a_page_with_very_many_backlinks_stays_small(loaded: LoadedGarden) -> None:
    indexes = loaded.indexes
    path = indexes.garden.lessons["lesson-0"].path
    html = after_text(indexes, Frame(features=frozenset({"links"})), path)
    assert len(html) < LIMIT
    assert html.count("<mark>") == 30
    assert "and 669 more" in html
    assert "and 169 more" in html


def test_people_are_listed_by_letter_where_there_are_many(repo: Repository) -> None:
    names = [f"{letter}{letter.lower()}a Person {number}" for letter in "ABZ" for number in range(40)] + ["Ωmega One"]
    repo.commit(by="Ann", write={"content/garden.yml": "name: Yard\n", "content/index.md": "# Yard\n"})
    for number, name in enumerate(names):
        repo.commit(by=f"{name} <p{number}@garden.test>", write={f"content/notes/n{number}.md": f"# Note {number}\n"})
    repo.git("reset", "--quiet", "--hard", "main")
    pages = pages_of(load_garden(repo.path / "content", today=TODAY), "credits/")
    listed = [
        name for html in pages.values() for name in re.findall(r'<h3 id="[^"]*"><span class="kg-person">([^<]*)', html)
    ]
    assert sorted(listed) == sorted([*names, "Ann"])
    assert "Ωmega One" in pages["credits/other.md"]
    assert 'href="z/"' in pages[addresses.CREDITS]
    assert 'href="q/"' not in pages[addresses.CREDITS]  # nobody there
