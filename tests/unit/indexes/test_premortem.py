"""Pre-mortems: which causes count for a stage and a community, in which order, and their Markdown for a ticket."""

from pathlib import Path

from building import build, configure
from knowledge_garden import load_garden
from knowledge_garden.locale import ENGLISH
from knowledge_garden.pages.premortem import as_markdown
from planting import TODAY, plant

LESSON = """---
title: {title}
summary: Something happened. It taught something.
outcome: {outcome}
communities: [{community}]
causes: [{causes}]
{more}
---
Text.
"""


def plant_lessons(folder: Path) -> Path:
    content = plant("good", folder)
    lessons = [
        ("a", "failure", "harbour", "haste", "stage: build\nseverity: low"),
        ("b", "failure", "harbour", "haste", "stage: build\nseverity: low"),
        ("c", "near-miss", "yard", "unclear-duty", "stage: build\nseverity: critical"),
        ("d", "success", "yard", "", "stage: build\nprevented: [haste]"),
        ("e", "failure", "yard", "haste", "stage: operate"),
        ("f", "failure", "yard", "haste", ""),
    ]
    for slug, outcome, community, causes, more in lessons:
        text = LESSON.format(title=slug.upper(), outcome=outcome, community=community, causes=causes, more=more)
        (content / f"lessons/2021/{slug}.md").write_text(text, encoding="utf-8")
    settings = content / "garden.yml"
    checks = "    prevention: Decide beforehand.\n    checks: [List the skipped steps., Who can stop us?, What did we skip?]\n"
    settings.write_text(
        settings.read_text().replace("    title: Haste\n", f"    title: Haste\n{checks}"), encoding="utf-8"
    )
    for old in (content / "lessons/2020").glob("*.md"):
        old.unlink()
    return content


def test_causes_weigh_by_severity_and_successes_that_prevented_them_are_named(tmp_path: Path) -> None:
    indexes = load_garden(plant_lessons(tmp_path), today=TODAY, with_history=False).indexes
    premortem = indexes.premortems["build", ""]
    assert [(risk.key, risk.weight) for risk in premortem.risks] == [("unclear-duty", 4), ("haste", 2)]
    assert premortem.lessons == 3, "a success is no risk, nor is a lesson of another stage"
    assert [lesson.slug for lesson in premortem.risks[1].prevented_by] == ["d"]


def test_a_community_sees_its_own_lessons(tmp_path: Path) -> None:
    indexes = load_garden(plant_lessons(tmp_path), today=TODAY, with_history=False).indexes
    assert [risk.key for risk in indexes.premortems["build", "harbour"].risks] == ["haste"]
    assert ("operate", "harbour") not in indexes.premortems
    assert ("", "") not in indexes.premortems


def test_a_ticket_gets_a_list_of_tasks(tmp_path: Path) -> None:
    loaded = load_garden(plant_lessons(tmp_path), today=TODAY, with_history=False)
    markdown = as_markdown(loaded.garden, loaded.indexes.premortems["build", ""], ENGLISH)
    assert (
        markdown
        == """# Before you start: Making it

## Nobody's duty (1 lesson)

Put one name on each check.

Seen in:

- C

## Haste (2 lessons)

**Who can stop us?**

Decide beforehand.

- [ ] List the skipped steps.
- [ ] What did we skip?

Seen in:

- A
- B
"""
    )


def test_each_stage_has_a_page(tmp_path: Path) -> None:
    plant_lessons(tmp_path)
    site = build(configure(tmp_path), tmp_path / "site")
    page = site.text("premortem/build/index.html")
    assert page.index("Nobody's duty") < page.index("Haste")
    assert "Prevented in: D" in page
    assert "../build/" in site.links("premortem/index.html") or "build/" in site.links("premortem/index.html")
    assert (site.folder / "premortem/build/harbour/index.html").is_file()
