"""garden check of single files, --fix and --diff, and its forms for hosts of repositories."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from knowledge_garden.cli import main
from knowledge_garden.locale import ENGLISH
from knowledge_garden.model.problems import CODES, Problem, Severity, problem
from knowledge_garden.outputs.annotations import github_commands, gitlab_report, sarif_log
from knowledge_garden.outputs.summary import summary
from planting import plant

BROKEN = "lessons/2020/broken.md"
NASTY = "\x1b[31m%0A\n::error::x @ada #1 `<b>` ##[error]"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", "--no-history", "--today", "2026-06-01", *map(str, arguments)])


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = plant("unknown-community", tmp_path)
    (content / "other.md").write_bytes(b"\xef\xbb\xbf# Other\r\n\r\n[[nowhere-at-all]]\r\n")
    return content


def test_only_the_problems_of_the_files_are_shown_but_the_whole_garden_is_read(content: Path) -> None:
    assert {each["path"] for each in problems_of(run(content, "--format", "json"))} == {
        "content/other.md",
        f"content/{BROKEN}",
    }
    for arguments in ([content / "other.md"], [content / "other.md", content / "index.md"]):
        done = run(*arguments, "--format", "json")
        assert {each["code"] for each in problems_of(done)} == {"byte-order-mark", "windows-newlines", "broken-link"}
        assert done.exit_code == 1
    done = run(content / "index.md")
    assert (done.exit_code, "nothing is wrong" in done.output) == (0, True)


def test_a_file_is_found_from_any_folder(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder, name in [
        (content, "other.md"),
        (content / "lessons", "../other.md"),
        (content.parent, "content/other.md"),
    ]:
        monkeypatch.chdir(folder)
        assert "broken-link" in run(name).output
        assert "unknown-community" not in run(name).output


def test_files_that_are_not_of_one_garden_are_wrong_use(content: Path, tmp_path: Path) -> None:
    other = plant("good", tmp_path / "b")
    (tmp_path / "outside.md").write_text("# Outside\n", encoding="utf-8")
    for paths in (
        [content / "other.md", other / "index.md"],
        [content / "other.md", content / "none.md"],
        [content, content / "other.md"],
        [tmp_path / "outside.md"],
    ):
        done = run(*paths)
        assert (done.exit_code, "Error" in done.output) == (2, True), paths


def test_a_symbolic_link_is_checked_as_such(content: Path) -> None:
    (content / "link.md").symlink_to(content / "other.md")
    assert {each["code"] for each in problems_of(run(content / "link.md", "--format", "json"))} == {"symlink"}
    run(content / "link.md", "--fix")
    assert (content / "other.md").read_bytes().startswith(b"\xef\xbb\xbf")


def test_fix_says_what_it_does_and_then_what_is_left(content: Path) -> None:
    done = run(content, "--fix")
    assert done.stderr.splitlines() == [
        f"content/{BROKEN}:5 communities: “harbor” → “harbour”",
        "content/other.md:1 Changed 3 line ends to LF.",
        "content/other.md:1 Removed the byte-order mark.",
        "3 fixes made.",
    ]
    assert (content / "other.md").read_bytes() == b"# Other\n\n[[nowhere-at-all]]\n"
    assert "communities: [harbour]" in (content / BROKEN).read_text(encoding="utf-8")
    assert "broken-link" in done.stdout
    assert "unknown-community" not in done.stdout
    again = run(content, "--fix")
    assert (again.stderr, again.exit_code) == ("0 fixes made.\n", 1)


def test_fix_of_one_file_leaves_the_others(content: Path) -> None:
    before = (content / BROKEN).read_bytes()
    assert run(content / "other.md", "--fix").stderr.endswith("2 fixes made.\n")
    assert (content / BROKEN).read_bytes() == before


@pytest.mark.parametrize("options", [["--diff"], ["--diff", "--fix"]])
def test_diff_shows_the_changes_and_makes_none(content: Path, options: list[str]) -> None:
    files = {path: path.read_bytes() for path in content.rglob("*.md")}
    done = run(content, *options)
    assert "-communities: [harbor]\n+communities: [harbour]\n" in done.stdout
    assert "-\ufffd# Other" in done.stdout
    assert "3 fixes that --fix would make." in done.stderr
    assert "unknown-community" in done.stdout
    assert files == {path: path.read_bytes() for path in content.rglob("*.md")}


def test_what_cannot_be_written_is_said(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("content/other.md can't be written")

    monkeypatch.setattr("knowledge_garden.cli.fixes.write_fixed", refuse)
    done = run(content, "--fix")
    assert (done.exit_code, "content/other.md can't be written" in done.output) == (1, True)


def problems_of(done: Result) -> list[dict[str, object]]:
    return json.loads(done.stdout)["problems"]


def test_github_has_a_command_for_each_problem_and_errors_come_first(content: Path) -> None:
    lines = run(content, "--format", "github").stdout.splitlines()
    assert len(lines) == len(problems_of(run(content, "--format", "json")))
    first = lines[0]
    assert first.startswith(f"::error file=content/{BROKEN},line=5,title=unknown-community::communities names harbor;")
    kinds = [line.partition(" ")[0] for line in lines]
    assert kinds == sorted(kinds, key=["::error", "::warning", "::notice"].index)


def test_nothing_of_the_content_becomes_a_command_of_github() -> None:
    nasty = Problem(f"a:b,{NASTY}.md", 0, "symlink", NASTY, NASTY, Severity.ERROR)
    (line,) = github_commands([nasty], ENGLISH).splitlines()
    match = re.fullmatch(r"::error file=([^:,]*),line=1,title=symlink::(.*)", line)
    assert match
    assert "##[" not in line
    assert "%250A" in match[2], "a percent sign is escaped"
    assert line.isprintable()


def test_gitlab_has_fingerprints_that_survive_a_move() -> None:
    here = [problem("few-sources", "a.md", line, "No source is named.") for line in (0, 7)]
    report = gitlab_report(here, ENGLISH)
    assert [each["location"] for each in report] == [
        {"path": "a.md", "lines": {"begin": 1}},
        {"path": "a.md", "lines": {"begin": 7}},
    ]
    assert {each["severity"] for each in report} == {"info"}
    moved = gitlab_report([problem("few-sources", "a.md", line, "No source is named.") for line in (3, 9)], ENGLISH)
    assert [each["fingerprint"] for each in report] == [each["fingerprint"] for each in moved]
    assert len({each["fingerprint"] for each in report}) == 2


def test_sarif_has_what_its_readers_need(content: Path) -> None:
    log = json.loads(run(content, "--format", "sarif").stdout)
    # The parts of the standard's schema that code scanning asks for.
    text = {"type": "object", "required": ["text"]}
    place = {"type": "object", "required": ["artifactLocation"]}
    result = {
        "type": "object",
        "required": ["ruleId", "level", "message", "locations"],
        "properties": {
            "level": {"enum": ["error", "warning", "note"]},
            "message": text,
            "locations": {"minItems": 1, "items": {"properties": {"physicalLocation": place}}},
        },
    }
    jsonschema.validate(log, {"properties": {"version": {"const": "2.1.0"}, "runs": {"minItems": 1, "maxItems": 1}}})
    (made,) = log["runs"]
    jsonschema.validate(made["results"], {"type": "array", "minItems": 3, "items": result})
    rules = made["tool"]["driver"]["rules"]
    for each in made["results"]:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        assert rules[each["ruleIndex"]]["help"]["text"] == CODES[each["ruleId"]].fix
    spaced = sarif_log([problem("symlink", "a b/ü.md", 0, "x")], ENGLISH, CODES)["runs"][0]["results"][0]
    assert spaced["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b/%C3%BC.md", "uriBaseId": "%SRCROOT%"}
    }


def test_the_summary_speaks_plainly_and_links_to_the_preview(content: Path) -> None:
    text = run(content, "--format", "markdown", "--preview", "https://example.org/7/").stdout
    assert text.startswith("**2 things must be fixed before this can be published.**")
    assert "Preview&#58; <https://example.org/7/>" in text
    assert f"- `content/{BROKEN}:5`" in text
    assert "### Please look at" in text
    assert "notice" not in text
    good = run(content / "index.md", "--format", "markdown").stdout
    assert good.startswith("**This can be published. Nothing is wrong.**")
    assert "Preview" not in good


def test_nothing_of_the_content_is_markup_or_calls_anybody_in_the_summary() -> None:
    nasty = Problem(f"{NASTY}.md", 3, "symlink", NASTY, "[a](javascript:b) **c** https://example.org", Severity.ERROR)
    text = summary([nasty] * 40, 1, ENGLISH, "https://example.org/> <b>@ada\n#2")
    item = next(line for line in text.splitlines() if line.startswith("- "))
    shown = item.partition("` ")[2]
    assert not re.search(r"@\w|#\w|[<>\[\]()*`_](?!!--)", shown.replace("<!-- -->", " ").replace("&#", ""))
    assert "10 more are in the log of the check." in text
    assert text.count("\n- ") == 30
    assert "<https://example.org/b@ada#2>" in text.replace("\ufffd", "")


def test_further_forms_are_saved_in_one_run(content: Path, tmp_path: Path) -> None:
    files = {form: tmp_path / "saved" / form for form in ("json", "github", "gitlab", "sarif", "markdown")}
    saves = [part for form, file in files.items() for part in ("--save", f"{form}={file}")]
    done = run(content, *saves)
    assert done.exit_code == 1
    assert "unknown-community" in done.stdout
    for form, file in files.items():
        assert file.read_text(encoding="utf-8") == run(content, "--format", form).stdout
    for wrong in ("text=a", "json", "xml=a", "json="):
        assert run(content, "--save", wrong).exit_code == 2


def test_nothing_is_written_through_a_symbolic_link(content: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("kept", encoding="utf-8")
    (tmp_path / "link").symlink_to(target)
    done = run(content, "--save", f"json={tmp_path / 'link'}")
    assert (done.exit_code, target.read_text(encoding="utf-8")) == (1, "kept")
    assert "is a symbolic link" in done.output
