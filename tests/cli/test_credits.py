"""garden credits ledger, on gardens and on any repository."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from credit.conftest import _no_configuration, content, garden, repo
from history.repository import TEXT, Repository, edited
from knowledge_garden.cli import main

__all__ = ["_no_configuration", "content", "garden", "repo"]


def run(*arguments: str, status: int = 0) -> str:
    done = CliRunner().invoke(main, ["credits", "ledger", *arguments])
    assert done.exit_code == status, done.output
    return done.stdout


def test_any_repository_has_a_ledger(repo: Repository, tmp_path: Path) -> None:
    repo.commit(by="Ann", write={"docs/a.md": TEXT, "README": "x\n"})
    repo.commit(by="Ben", move={"docs/a.md": "docs/b.md"}, write={"docs/b.md": edited(TEXT)})
    repo.commit(by="Cem", write={"README": "y\n"})
    document = json.loads(
        run("--repository", str(repo.path), "--paths", "docs/**/*.md", "--cache", str(tmp_path / "cache"))
    )
    page = document["pages"]["docs/b.md"]
    assert page["former_paths"] == ["docs/a.md"]
    assert [(each["person"], each["role"]) for each in page["contributions"]] == [
        ("Ann", "wrote"),
        ("Ben", "maintained"),
    ]
    assert document["excluded"]["counts"] == {"outside": 1}


def test_a_garden_has_a_ledger_as_csv_in_a_file(garden: Repository, tmp_path: Path) -> None:
    output = tmp_path / "new" / "ledger.csv"
    arguments = ("--repository", str(garden.path), "--since", "2024-01-02", "--until", "2024-01", "--format", "csv")
    assert run(*arguments, "--output", str(output)) == ""
    assert [line.split(",")[0] for line in output.read_text().splitlines()] == [
        "person",
        "Ben Reed",
        "Cy Dee",
        "tidy[bot]",
    ]


def test_a_list_of_identities_is_read(garden: Repository, tmp_path: Path) -> None:
    identities = tmp_path / "identities.yml"
    identities.write_text("CY@garden.test: Cyril Dean\n")
    assert "Cyril Dean" in run("--repository", str(garden.path), "--identities", str(identities))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a list\n", "write lines of the form"),
        ("not an address: Ann\n", "ids.yml:1: 'not an address'"),
        ("a@b.test: [Ann]\n", "ids.yml:1: 'a@b.test'"),
        ("a@b.test: Ann\na@b.test: Ben\n", "ids.yml:2"),
        ("", "ids.yml"),
    ],
)
def test_a_wrong_list_of_identities_is_refused(garden: Repository, tmp_path: Path, text: str, message: str) -> None:
    identities = tmp_path / "ids.yml"
    identities.write_text(text)
    done = CliRunner().invoke(
        main, ["credits", "ledger", "--repository", str(garden.path), "--identities", str(identities)]
    )
    assert done.exit_code == 2
    assert message in done.output


def test_what_is_no_repository_or_no_garden_is_said(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["credits", "ledger", "--repository", str(tmp_path), "--paths", "*.md"])
    assert (done.exit_code, "in no Git repository" in done.output) == (2, True)
    done = CliRunner().invoke(main, ["credits", "ledger", "--repository", str(tmp_path)])
    assert (done.exit_code, "There is no garden" in done.output) == (2, True)


def test_a_shallow_clone_gives_no_credit_and_exits_with_1(garden: Repository, tmp_path: Path) -> None:
    clone = tmp_path / "shallow"
    garden.git("clone", "--quiet", "--depth=1", garden.path.as_uri(), str(clone))
    document = json.loads(run("--repository", str(clone), "--paths", "**/*.md", status=1))
    assert (document["state"], document["complete"], document["people"]) == ("shallow", False, [])
    assert [each["code"] for each in document["notices"]] == ["shallow-clone"]


def test_paths_in_a_garden_keep_to_its_people_settings_and_declarations(garden: Repository) -> None:
    ben = garden.path / "content/people/ben.md"
    ben.write_text("---\nname: Ben Reed\ndisplay: hidden\n---\n", encoding="utf-8")
    settings = "credit: {bots: [cy dee]}\ntimezone: Pacific/Kiritimati\n"
    (garden.path / "content/garden.yml").write_text(settings, encoding="utf-8")
    for folder in (garden.path, garden.path / "content"):
        text = run("--repository", str(folder), "--paths", "content/lessons/2023/swarm.md")
        document = json.loads(text)
        assert "Reed" not in text
        assert [(each["name"], each["tool"]) for each in document["people"]] == [
            ("Ann Rose", False),
            ("Cy Dee", True),
            ("Someone who prefers not to be named", False),
        ]
        assert list(document["pages"]) == ["content/lessons/2023/swarm.md"]
        assert {each["date"] for each in document["pages"]["content/lessons/2023/swarm.md"]["contributions"]} == {
            "2024-01-02",
            "2024-01-03",
            "2024-02-03",
        }
        assert [each["role"] for each in document["elsewhere"]] == ["mentored"]
        assert set(document["configuration"]) == {"content/garden.yml", "content/credits.yml", "content/people/"}


def test_without_git_there_is_no_ledger_and_no_review_and_it_is_said(garden: Repository, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    shutil.copytree(garden.path / "content", plain / "content")
    done = CliRunner().invoke(main, ["credits", "ledger", "--repository", str(plain)])
    assert (done.exit_code, json.loads(done.stdout)["state"]) == (1, "none")
    assert "no-repository: There is no Git repository here" in done.stderr
    arguments = ["--since", "2024", "--until", "2024", "--output", str(tmp_path / "review")]
    done = CliRunner().invoke(main, ["credits", "review", str(plain), *arguments])
    assert done.exit_code == 1
    assert "There is no Git repository here" in done.stderr
    assert not (tmp_path / "review").exists()
    garden.git("init", "--quiet", at=plain)
    done = CliRunner().invoke(main, ["credits", "ledger", "--repository", str(plain)])
    assert (done.exit_code, "The repository has no commit yet" in done.stderr) == (1, True)
