"""garden due and garden report, from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowledge_garden.cli import main
from planting import plant

LESSON = """---
title: The gate
summary: It stayed open.
outcome: failure
communities: [harbour]
causes: [haste]
date: 2020
actions:
  - {what: "Lock @it <now>", owner: acer-campestre, due: 2026-05-20}
  - {what: Paint it, due: 2026-06-20}
---
"""


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    content = plant("good", tmp_path)
    (content / "lessons/2022").mkdir()
    (content / "lessons/2022/gate.md").write_text(LESSON)
    return tmp_path


def run(*arguments: str, status: int = 0) -> Result:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == status, done.output
    return done


def due(garden: Path, *arguments: str) -> Result:
    return run("due", str(garden), "--today", "2026-06-01", *arguments)


def test_what_is_due_is_listed_by_community_and_owner(garden: Path) -> None:
    assert due(garden).stdout.splitlines() == [
        "Harbour (harbour)",
        "  Acer Campestre",
        "    12 days late: Lock @it <now> (The gate, content/lessons/2022/gate.md)",
        "  Without an owner",
        "    due 2026-06-20: Paint it (The gate, content/lessons/2022/gate.md)",
        "2 items are due.",
    ]
    assert due(garden, "--within", "0").stdout.splitlines()[-1] == "1 item is due."


def test_what_is_due_is_a_document_with_a_text_for_an_issue(garden: Path) -> None:
    (community,) = json.loads(due(garden, "--format", "json", "--site", "https://garden.example/").stdout)[
        "communities"
    ]
    assert [item["late"] for item in community["items"]] == [12, -19]
    assert community["markdown"] == (
        "### Acer Campestre\n\n"
        "- Lock &#64;it \\<now\\> ([The gate](<https://garden.example/lessons/2022/gate/>); 12 days late)\n\n"
        "### Without an owner\n\n"
        "- Paint it ([The gate](<https://garden.example/lessons/2022/gate/>); due 2026-06-20)\n"
    )
    files = json.loads(due(garden, "--format", "json").stdout)["communities"][0]["markdown"]
    assert "](<content/lessons/2022/gate.md>)" in files


def test_where_nothing_is_due_that_is_no_error(garden: Path) -> None:
    (garden / "content/lessons/2022/gate.md").unlink()
    assert due(garden).stdout == "0 items are due.\n"
    assert json.loads(due(garden, "--format", "json").stdout)["communities"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["due", "--community", "harbor"],
        ["report", "community", "harbor", "--since", "2020", "--until", "2026", "--directory"],
    ],
)
def test_a_community_that_is_not_there_is_named_with_the_nearest(garden: Path, arguments: list[str]) -> None:
    said = run(*arguments, str(garden), status=2).stderr
    assert "There is no community harbor. Did you mean harbour?" in said


def report(garden: Path, *arguments: str, status: int = 0) -> Result:
    return run("report", *arguments, "--directory", str(garden), status=status)


def test_a_report_is_written_to_a_file_outside_the_content(garden: Path) -> None:
    output = garden / "reports" / "harbour.md"
    period = ("--since", "2021", "--until", "2021-12")
    report(garden, "community", "harbour", *period, "--output", str(output))
    text = output.read_text(encoding="utf-8")
    assert text.startswith("# Harbour: report from 1 January 2021 to 31 December 2021\n")
    assert "Quercus Robur: [The wall that ended too soon]" in text
    said = report(garden, "garden", *period, "--output", str(garden / "content" / "report.md"), status=2).stderr
    assert "which is published" in said
    said = report(garden, "garden", "--since", "2022", "--until", "2021", status=2).stderr
    assert "--until (2021-12-31) is before --since (2022-01-01)" in said


def test_a_report_of_the_garden_holds_all_communities(garden: Path) -> None:
    text = report(garden, "garden", "--since", "2018", "--until", "2026").stdout
    assert text.startswith("# The harbour garden: report from 1 January 2018 to 31 December 2026\n")
    assert "Acer Campestre became member of Harbour (April 2018)." in text
    assert "Acer Campestre ended as member of Harbour (1 May 2021)." in text
