"""The search as a feature: what the check says of new lessons that come near, and what the site holds of it."""

import json
import subprocess
from pathlib import Path

from building import build, configure
from knowledge_garden import load_garden
from planting import TODAY, plant


def commit(folder: Path) -> None:
    for command in (
        ["init", "--quiet"],
        ["add", "--all"],
        ["-c", "user.name=Rosa Canina", "-c", "user.email=r@garden.test", "commit", "--quiet", "--message", "Begin"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)


DRAFT = """---
title: Water came round the wall
summary: A flood wall ended before the low ground did, and water came round its end into the yard.
outcome: failure
communities: [harbour]
causes: [unclear-duty]
---
## What happened
The spring flood came round the end of the new wall. Nobody had walked the whole line of the wall before.
{more}
"""


def near(folder: Path, more: str = "") -> list[str]:
    content = plant("good", folder)
    commit(folder)
    (content / "lessons/2020/round-the-wall.md").write_text(DRAFT.format(more=more), encoding="utf-8")
    problems = load_garden(content, today=TODAY).problems
    return [
        f"{problem.path}: {problem.message} {problem.hint}" for problem in problems if problem.code == "similar-lesson"
    ]


def test_a_lesson_that_is_not_in_the_history_is_shown_those_that_come_near(tmp_path: Path) -> None:
    (notice,) = near(tmp_path)
    assert notice.startswith("content/lessons/2020/round-the-wall.md: These lessons come near: spring-flood")
    assert "recurs: [spring-flood]" in notice


def test_nothing_is_said_of_lessons_that_the_new_one_names(tmp_path: Path) -> None:
    assert near(tmp_path, "As in [[spring-flood]] and [[dry-dock]].") == []


def test_the_index_is_written_in_files_and_holds_no_tag(tmp_path: Path) -> None:
    plant("good", tmp_path)
    site = build(configure(tmp_path), tmp_path / "site")
    manifest = json.loads(site.html("search/index.json"))
    files = {path: content for path, content in site.files().items() if path.startswith(manifest["folder"])}
    assert len(files) > manifest["documents"]
    assert not [path for path, content in files.items() if b"<" in content]
    assert "By cause" in site.text("search/index.html")
