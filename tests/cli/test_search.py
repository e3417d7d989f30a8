"""garden search and garden similar: text, JSON, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from knowledge_garden.cli.search import search_command, similar
from unit.search.making import garden

RESULT = ["kind", "slug", "path", "title", "url", "score", "why"]
LESSONS = {
    "crane": (
        "The crane's brake failed",
        "A gantry crane dropped a container.",
        "The brake was worn.\n\n## Why\n\nNobody looked.",
    ),
    "gantry": ("Another brake of a crane", "The gantry crane's brake was worn.", "A container fell."),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("garden")
    garden(made, LESSONS)
    return made


def run(command: click.Command, *arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(command, list(arguments), input=given)


def document(done: Result) -> dict[str, Any]:
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_question_in_text(folder: Path) -> None:
    done = run(search_command, "worn", "braek", "--directory", str(folder))
    assert done.exit_code == 0
    assert "lessons/2022/gantry.md" in done.stdout
    assert "brake for braek" in done.stdout


def test_the_form_of_the_json(folder: Path) -> None:
    found = document(run(search_command, "who wore out the brake", "--format", "json", "--directory", str(folder)))
    assert list(found) == ["question", "claimed", "results", "near"]
    assert found["claimed"]
    first = found["results"][0]
    assert list(first) == RESULT
    assert (first["kind"], first["url"]) == ("lesson", f"lessons/2022/{first['slug']}/")
    assert list(first["why"]) == ["words", "field", "heading", "sentence", "marks"]
    assert list(first["why"]["words"][0]) == ["asked", "word", "how"]


def test_a_limit(folder: Path) -> None:
    found = document(run(search_command, "crane", "--limit", "1", "--format", "json", "--directory", str(folder)))
    assert len(found["results"]) == 1


def test_nothing_is_claimed_of_what_is_absent(folder: Path) -> None:
    options = ("--directory", str(folder))
    assert "Nothing answers this question." in run(search_command, "sourdough rye oven", *options).stdout
    found = document(run(search_command, "sourdough rye oven", "--format", "json", *options))
    assert (found["claimed"], found["results"]) == (False, [])


def test_a_lesson_of_the_garden_is_not_like_itself(folder: Path) -> None:
    file = folder / "content/lessons/2022/crane.md"
    found = document(run(similar, str(file), "--format", "json", "--directory", str(folder)))
    assert [each["slug"] for each in found["results"]] == ["gantry"]
    assert list(found["results"][0]) == RESULT
    assert "brake" in found["results"][0]["why"]["words"]


def test_a_draft_on_standard_input_and_what_it_links_to(folder: Path) -> None:
    text = "---\ntitle: A crane\n---\nThe brake of the gantry crane was worn.\n"
    options = ("--directory", str(folder))
    found = run(similar, "-", *options, given=text)
    assert found.stdout.count("lesson · ") == 2
    linked = run(similar, "-", *options, given=text + "\nSee [[gantry]].\n")
    assert "gantry.md" not in linked.stdout
    related = run(similar, "-", *options, given=text.replace("title:", "recurs: [gantry, crane]\ntitle:"))
    assert "No lesson is like this one." in related.stdout


def test_a_file_that_cannot_be_read_is_wrong_use(folder: Path) -> None:
    (folder / "binary.md").write_bytes(b"\xff\xfe\x00")
    for name in ("binary.md", "missing.md"):
        done = run(similar, str(folder / name), "--directory", str(folder))
        assert done.exit_code == 2
        assert name in done.stderr


def test_where_there_is_no_garden_it_is_said(tmp_path: Path) -> None:
    assert run(search_command, "x", "--directory", str(tmp_path)).exit_code == 2


def test_similar_lessons_in_text_with_the_reason_and_a_limit(folder: Path) -> None:
    text = "---\ntitle: A crane\ncauses: [haste]\n---\nThe brake of the gantry crane was worn.\n"
    done = run(similar, "-", "--limit", "1", "--directory", str(folder), given=text)
    assert done.exit_code == 0
    assert done.stdout.count("lesson · ") == 1
    reason = done.stdout.splitlines()[2]
    assert "brake" in reason
    assert "Haste" in reason


def test_the_nearest_are_named_in_text_where_nothing_is_claimed(folder: Path) -> None:
    done = run(search_command, "sourdough rye oven crane yeast flour", "--directory", str(folder))
    assert "Nothing answers this question. These come nearest:" in done.stdout
    assert "lessons/2022/crane.md" in done.stdout
