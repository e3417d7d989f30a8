"""garden check: text, JSON, exit codes."""

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowledge_garden.cli import main
from knowledge_garden.cli.reports import print_problems
from knowledge_garden.locale import ENGLISH
from knowledge_garden.model.problems import Problem, Severity
from planting import plant


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--no-history", "--today", "2026-06-01", *arguments])


def test_a_good_garden_is_said_to_be_good(tmp_path: Path) -> None:
    plant("good", tmp_path)
    done = run(str(tmp_path))
    assert done.exit_code == 0
    assert "nothing is wrong" in done.stdout


def test_a_problem_has_its_place_and_its_remedy(tmp_path: Path) -> None:
    content = plant("unknown-cause", tmp_path)
    for path in (tmp_path, content):
        done = run(str(path))
        assert done.exit_code == 1
        assert "error [unknown-cause]" in done.stdout
    assert "content/lessons/" in run(str(tmp_path)).stdout


@pytest.mark.parametrize(("arguments", "status"), [([], 0), (["--strict"], 1)])
def test_a_warning_counts_when_it_is_to(tmp_path: Path, arguments: list[str], status: int) -> None:
    plant("unknown-key", tmp_path)
    assert run(str(tmp_path), *arguments).exit_code == status


def test_the_form_of_the_json(tmp_path: Path) -> None:
    plant("unknown-cause", tmp_path)
    document = json.loads(run(str(tmp_path), "--format", "json").stdout)
    assert document["version"] == 1
    assert document["counts"]["error"] == len([each for each in document["problems"] if each["severity"] == "error"])
    problem = next(each for each in document["problems"] if each["code"] == "unknown-cause")
    assert set(problem) == {"code", "severity", "path", "line", "message", "hint"}


@pytest.mark.parametrize("arguments", [["{folder}"], ["{folder}/none"], ["--today", "soon"], ["--format", "xml"]])
def test_wrong_use_and_no_garden_exit_with_2(tmp_path: Path, arguments: list[str]) -> None:
    done = run(*(each.format(folder=tmp_path) for each in arguments))
    assert done.exit_code == 2
    assert "Error" in done.output


def test_what_a_text_holds_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    (content / "lessons" / "x.md").write_text("[a](javascript:\x1b[31mred)\n", encoding="utf-8")
    assert "\x1b" not in run(str(tmp_path)).output


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("name", ["control-characters", "hidden-text-in-fields", "name-with-markup"])
def test_content_cannot_write_to_the_terminal_or_command_a_ci_server(name: str, form: str, tmp_path: Path) -> None:
    content = plant(name, tmp_path)
    subprocess.run(["git", "init", "-q"], cwd=content, check=True)  # so that paths begin within the content
    for folder in (tmp_path, content):
        output = run(str(folder), "--format", form).output
        assert all(line.isprintable() for line in output.split("\n"))
        assert not [line for line in output.split("\n") if line.lstrip().startswith("::") or "##[" in line]


def test_a_thousand_problems_are_shown_and_errors_first(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    lesson = (content / "lessons" / "2020" / "spring-flood.md").read_text(encoding="utf-8")
    for number in range(11):
        unknown = "".join(f"k{n}x: 1\n" for n in range(99))
        text = lesson.replace("title: ", f"title: {number} ").replace("stage: operate\n", unknown + "stage: operate\n")
        (content / "lessons" / "2020" / f"flood-{number}.md").write_text(text, encoding="utf-8")
    (content / "zebra.md").write_text("[a](nowhere.md)\n", encoding="utf-8")
    done = run(str(tmp_path))
    assert done.exit_code == 1
    assert "error [broken-link]" in done.stdout
    assert done.stdout.count(" warning [") + done.stdout.count(" error [") == 1_000
    assert "101 more problems are not shown; --format json lists them all." in done.stdout
    assert len(json.loads(run(str(tmp_path), "--format", "json").stdout)["problems"]) == 1_101


def test_the_day_comes_from_the_epoch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant("future-date", tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9999999999")
    done = CliRunner().invoke(main, ["check", "--no-history", str(tmp_path)])
    assert "future-date" not in done.output
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    done = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert (done.exit_code, "SOURCE_DATE_EPOCH is 'noon'" in done.output) == (1, True)


@pytest.mark.parametrize("part", ["path", "message", "hint"])
def test_each_part_of_a_problem_is_made_harmless(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    values = {"path": "x.md", "line": 0, "code": "symlink", "message": "m", "hint": "h", "severity": Severity.ERROR}
    print_problems((Problem(**values | {part: "\x1b[31m\n::error::##[error]"}),), 1, ENGLISH)
    output = capsys.readouterr().out
    assert "\x1b" not in output
    assert "##[" not in output
    assert not [line for line in output.splitlines() if line.lstrip().startswith("::")]
