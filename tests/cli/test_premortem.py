"""garden premortem: the risks of a plan as text, Markdown and JSON, in order of weight, and silence where nothing is near."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from knowledge_garden.cli.premortem import premortem
from knowledge_garden.search import MOST_SENTENCES
from planting import plant

SETTINGS = """
stages:
  build: {title: Making it, also: [construction]}
  launch: {title: Opening, also: [go-live]}
causes:
  haste:
    title: Haste
    checks: [Who can stop us?, List what was skipped.]
    prevention: Decide beforehand what must be true.
  worn-part:
    title: Worn parts kept in use
    description: A part that wears was used beyond its limit.
    signs: [Cable strands are broken at the drum.]
    checks: [Measure it.]
  unclear-duty:
    title: Nobody's duty
"""
LESSON = """---
title: {title}
summary: {summary}
outcome: {outcome}
communities: [harbour]
{more}
---
{body}
"""
LESSONS = {
    "gantry": (
        "Gantry crane dropped a container",
        "The hoist brake of a gantry crane slipped because its lining was worn, and a container fell.",
        "failure",
        "causes: [worn-part, haste]\nseverity: critical\nstage: operate",
        "The hoist brake slipped. The brake lining had been worn for a year.",
    ),
    "opening": (
        "The new ferry terminal opened without signs",
        "Passengers could not find the gates of the new ferry terminal on its first morning.",
        "failure",
        "causes: [haste]\nseverity: low\nstage: launch",
        "Passengers could not find the gates. The signs arrived after the opening.",
    ),
    "relined": (
        "A crane relined every winter",
        "A harbour replaces the brake lining of its cranes every winter, and no container has fallen since.",
        "success",
        "prevented: [worn-part]\ncauses: [worn-part]\nseverity: critical",
        "The brake lining is measured and replaced every winter.",
    ),
}
PLAN = """# Go-live of the second gantry crane

The second gantry crane lifts its first container in May.

## Work

- The hoist brake is taken from the old crane; its lining is worn but will hold.
- Passengers must find the gates of the ferry terminal while the quay is closed.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("garden")
    content = plant("good", made)
    text = (content / "garden.yml").read_text(encoding="utf-8")
    before, _, _ = text.partition("stages:")
    (content / "garden.yml").write_text(f"{before}{SETTINGS}".replace("launch:", "operate: Running it\n  launch:"))
    (content / "lessons/2022").mkdir()
    for slug, (title, summary, outcome, more, body) in LESSONS.items():
        lesson = LESSON.format(title=title, summary=summary, outcome=outcome, more=more, body=body)
        (content / f"lessons/2022/{slug}.md").write_text(lesson, encoding="utf-8")
    (made / "plan.md").write_text(PLAN, encoding="utf-8")
    return made


def run(folder: Path, *arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(premortem, [*arguments, "--directory", str(folder)], input=given)


def document(folder: Path, *arguments: str, given: str | None = None) -> dict[str, Any]:
    done = run(folder, *arguments, "--format", "json", given=given)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_text_is_this(folder: Path) -> None:
    assert (
        run(folder, str(folder / "plan.md")).stdout
        == """Stage of work: Opening (named in the plan: “go-live”; --stage chooses another)

1. Haste
   Ask: Who can stop us?
   [ ] List what was skipped.
   Lesson: Gantry crane dropped a container  lessons/2022/gantry.md
   Lesson: The new ferry terminal opened without signs  lessons/2022/opening.md
   Why: hoist, brake, crane, lining, worn in “The hoist brake is taken from the old crane; its lining is worn but will hold.”

2. Worn parts kept in use
   [ ] Measure it.
   Lesson: Gantry crane dropped a container  lessons/2022/gantry.md
   Why: hoist, brake, crane, lining, worn in “The hoist brake is taken from the old crane; its lining is worn but will hold.”
"""
    )


def test_the_markdown_is_this(folder: Path) -> None:
    assert (
        run(folder, str(folder / "plan.md"), "--format", "markdown", "--limit", "1").stdout
        == """# Before you start: Go-live of the second gantry crane

## Haste (2 lessons)

**Who can stop us?**

Decide beforehand what must be true.

- [ ] List what was skipped.

Seen in:

- Gantry crane dropped a container
- The new ferry terminal opened without signs
"""
    )


def test_the_form_of_the_json(folder: Path) -> None:
    found = document(folder, str(folder / "plan.md"))
    assert found["version"] == 1
    assert list(found) == ["version", "file", "stage", "community", "claimed", "left_out", "risks"]
    assert found["stage"] == {"key": "launch", "title": "Opening", "words": "go-live"}
    assert (found["community"], found["claimed"], found["left_out"]) == (None, True, 0)
    haste, worn = found["risks"]
    assert list(haste) == [
        *("cause", "title", "url", "weight", "question", "checks"),
        *("prevention", "lessons", "prevented_by", "because"),
    ]
    assert (haste["url"], haste["question"], haste["checks"]) == (
        "failures/haste/",
        "Who can stop us?",
        ["List what was skipped."],
    )
    assert worn["prevented_by"] == [
        {
            "slug": "relined",
            "path": "lessons/2022/relined.md",
            "title": "A crane relined every winter",
            "url": "lessons/2022/relined/",
            "outcome": "success",
        }
    ]
    assert [each["slug"] for each in haste["because"]] == ["gantry", "opening"]
    assert list(haste["because"][0]) == ["kind", "slug", "score", "sentence", "words"]
    # A critical lesson weighs four times its score; one of low harm once, and twice because it is of the plan's stage.
    gantry, opening = (each["score"] for each in haste["because"])
    assert haste["weight"] == 4 * gantry + 2 * opening


def test_a_stage_and_a_community_count_twice(folder: Path) -> None:
    plan = str(folder / "plan.md")
    gantry, opening = (each["score"] for each in document(folder, plan)["risks"][0]["because"])
    operating = document(folder, plan, "--stage", "operate")
    assert operating["stage"] == {"key": "operate", "title": "Running it", "words": ""}
    assert operating["risks"][0]["weight"] == 8 * gantry + opening
    harbour = document(folder, plan, "--stage", "operate", "--community", "harbour")
    assert harbour["community"] == "harbour"
    assert harbour["risks"][0]["weight"] == 16 * gantry + 2 * opening
    assert "Stage of work: Running it (as given)" in run(folder, plan, "--stage", "operate").stdout


def test_a_sign_of_a_cause_is_enough(folder: Path) -> None:
    found = document(folder, "-", given="We know that cable strands are broken at the drum.")
    assert [risk["cause"] for risk in found["risks"]] == ["worn-part"]
    risk = found["risks"][0]
    assert [each["kind"] for each in risk["because"]] == ["cause"]
    assert [each["slug"] for each in risk["lessons"]] == ["gantry"], "an example of the cause"


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_it_is_said_where_nothing_is_near(folder: Path, form: str) -> None:
    done = run(folder, "-", "--format", form, given="# A cake\n\nSponge with raspberry jam and lemon icing.\n")
    assert (done.exit_code, done.stdout) == (0, "No lesson and no cause comes near this plan.\n")


def test_two_common_words_are_not_near(folder: Path) -> None:
    found = document(folder, "-", given="The container of the sponge cake is new.")
    assert (found["claimed"], found["risks"]) == (False, [])


def test_a_success_is_no_risk(folder: Path) -> None:
    found = document(folder, "-", given="The brake lining is measured and replaced every winter.")
    assert "relined" not in {each["slug"] for risk in found["risks"] for each in risk["because"]}


def test_no_stage_is_taken_from_a_mention(folder: Path) -> None:
    assert document(folder, "-", given="The construction of cranes.\n\nNothing else.")["stage"]["key"] == "build"
    assert document(folder, "-", given="# Cranes\n\nAfter the construction.")["stage"] is None
    assert document(folder, "-", given="# Go-live after construction\n\nText.")["stage"] is None


def test_indented_lines_of_a_plain_text_count(folder: Path) -> None:
    text = "Crane\n\n    The hoist brake is taken from the old crane; its lining is worn.\n"
    (folder / "plan.txt").write_text(text, encoding="utf-8")
    assert document(folder, str(folder / "plan.txt"))["claimed"]


def test_what_a_long_plan_leaves_out_is_said(folder: Path) -> None:
    text = "# Plan\n\n" + "\n\n".join(f"Paragraph {number} says nothing." for number in range(MOST_SENTENCES + 4))
    done = run(folder, "-", given=text)
    assert f"The first {MOST_SENTENCES} sentences were compared; 5 were left out." in done.stderr
    assert document(folder, "-", given=text)["left_out"] == 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--stage", "lunch"), "Did you mean launch?"),
        (("--stage", "quux"), "Choose from: build, operate, launch."),
        (("--community", "harbor"), "Did you mean harbour?"),
    ],
)
def test_an_unknown_name_is_wrong_use(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run(folder, str(folder / "plan.md"), *arguments)
    assert done.exit_code == 2
    assert words in done.stderr


def test_a_file_that_cannot_be_read_is_wrong_use(folder: Path) -> None:
    (folder / "binary.md").write_bytes(b"\xff\xfe\x00")
    for name in ("binary.md", "missing.md"):
        done = run(folder, str(folder / name))
        assert done.exit_code == 2
        assert name in done.stderr


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_plan_cannot_write_to_the_terminal(folder: Path, form: str) -> None:
    plan = "The hoist brake \x1b[31m\x07of the crane is taken; its lining is worn."
    done = run(folder, "-", "--format", form, given=plan)
    assert (done.exit_code, "hoist" in done.stdout) == (0, True)
    assert not {"\x1b", "\x07"} & {*done.stdout}
