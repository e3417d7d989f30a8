"""garden credits ledger, on gardens and on any repository."""

import json
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
    assert [(each["person"], each["role"]) for each in page["contributions"]] == [("Ann", "wrote"), ("Ben", "tended")]
    assert document["excluded"]["counts"] == {"outside": 1}


def test_a_garden_has_a_ledger_as_csv_in_a_file(garden: Repository, tmp_path: Path) -> None:
    output = tmp_path / "new" / "ledger.csv"
    arguments = ("--repository", str(garden.path), "--since", "2024-01-02", "--until", "2024-01", "--format", "csv")
    assert run(*arguments, "--output", str(output)) == ""
    assert [line.split(",")[0] for line in output.read_text().splitlines()] == [
        "person",
        "Cy Dee",
        "Ben Reed",
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
    assert (document["state"], document["complete"], document["people"]) == ("shallow", False, {})
    assert [each["code"] for each in document["notices"]] == ["shallow-clone"]
