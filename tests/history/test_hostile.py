"""Configuration of the user, of the repository and of the environment changes nothing."""

import os
from pathlib import Path

import pytest

from history.repository import OTHER, TEXT, Repository, edited, told

EXPECTED = [
    "b.md: Ann wrote",
    "b.md: Ben co-wrote (trailer)",
    "b.md: Cem maintained",
    "sub/c.md: Dee wrote",
]


@pytest.fixture
def history_of(repo: Repository) -> Repository:
    repo.commit("Write\n\nCo-authored-by: Ben <ben@garden.test>", by="Ann", write={"a.md": TEXT})
    repo.commit(by="Cem", move={"a.md": "b.md"}, write={"b.md": edited(TEXT)})
    repo.commit(by="Dee", write={"sub/c.md": OTHER})
    assert told(repo.read()) == EXPECTED
    return repo


SETTINGS = [
    ("mailmap.file", "{hostile}"),
    ("mailmap.blob", "HEAD:b.md"),
    ("log.mailmap", "false"),
    ("log.showSignature", "true"),
    ("log.showRoot", "false"),
    ("log.follow", "true"),
    ("log.diffMerges", "separate"),
    ("log.date", "relative"),
    ("log.decorate", "full"),
    ("format.pretty", "oneline"),
    ("format.notes", "*"),
    ("diff.renames", "false"),
    ("diff.renameLimit", "1"),
    ("diff.relative", "true"),
    ("diff.noprefix", "true"),
    ("diff.external", "/bin/false"),
    ("diff.ignoreSubmodules", "all"),
    ("diff.orderFile", "/nowhere"),
    ("color.ui", "always"),
    ("core.quotePath", "true"),
    ("core.abbrev", "4"),
    ("core.pager", "/bin/false"),
    ("core.attributesFile", "{hostile}"),
    ("core.worktree", "/nowhere"),
    ("core.fsmonitor", "/bin/false"),
    ("core.hooksPath", "/nowhere"),
    ("i18n.logOutputEncoding", "UTF-16"),
    ("trailer.separators", "=#"),
    ("trailer.hidden.key", "Co-authored-by"),
    ("alias.log", "!false"),
]


@pytest.mark.parametrize("scope", ["--global", "--local"])
def test_hostile_settings(history_of: Repository, tmp_path: Path, scope: str) -> None:
    hostile = tmp_path / "hostile"
    hostile.write_text("Mallory <ann@garden.test>\n* diff=x\n")
    for key, value in SETTINGS:
        history_of.git("config", scope, key, value.format(hostile=hostile), at=tmp_path / "repo" / ".git")
    assert told(history_of.read()) == EXPECTED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GIT_DIR", "/nowhere"),
        ("GIT_WORK_TREE", "/nowhere"),
        ("GIT_COMMON_DIR", "/nowhere"),
        ("GIT_INDEX_FILE", "/nowhere"),
        ("GIT_OBJECT_DIRECTORY", "/nowhere"),
        ("GIT_SHALLOW_FILE", "/nowhere"),
        ("GIT_NAMESPACE", "other"),
        ("GIT_EXTERNAL_DIFF", "/bin/false"),
        ("GIT_DIFF_OPTS", "-u0"),
        ("GIT_CONFIG_PARAMETERS", "'diff.renames=false' 'log.showroot=false'"),
        ("GIT_PAGER", "/bin/false"),
        ("GIT_TRACE", "1"),
        ("GIT_LITERAL_PATHSPECS", "1"),
        ("LC_ALL", "C"),
        ("LANG", "de_DE.UTF-8"),
        ("TZ", "Pacific/Auckland"),
    ],
)
def test_hostile_variables(history_of: Repository, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    before = history_of.read()
    monkeypatch.setenv(name, value)
    assert history_of.read() == before


def test_settings_given_by_variables(history_of: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("COUNT", "1"), ("KEY_0", "diff.renames"), ("VALUE_0", "false")):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    assert told(history_of.read()) == EXPECTED


def test_replace_refs_and_grafts_change_nothing(history_of: Repository) -> None:
    other = history_of.commit(by="Mallory", on="other", parents=[], write={"b.md": OTHER})
    first, tip = history_of.git("rev-list", "--max-parents=0", "main"), history_of.git("rev-parse", "main")
    history_of.git("replace", first, other)
    (history_of.path / ".git" / "info").mkdir(exist_ok=True)
    (history_of.path / ".git" / "info" / "grafts").write_text(f"{tip} {other}\n")
    assert told(history_of.read()) == EXPECTED


def test_attributes_change_nothing(history_of: Repository) -> None:
    history_of.git("config", "diff.x.textconv", "/bin/false")
    (history_of.path / ".git" / "info").mkdir(exist_ok=True)
    (history_of.path / ".git" / "info" / "attributes").write_text("*.md diff=x -diff binary\n")
    history_of.commit(by="Eve", write={".gitattributes": "*.md diff=x\n"})
    assert told(history_of.read(paths=("**/*.md",))) == EXPECTED


def test_notes_and_signatures_enter_no_field(history_of: Repository) -> None:
    history_of.git(
        "-c", "user.name=x", "-c", "user.email=x@x", "notes", "add", "-m", "Reviewed-by: M <m@x.test>", "main"
    )
    assert told(history_of.read()) == EXPECTED


def test_a_branch_named_like_an_option_or_a_path(history_of: Repository) -> None:
    history_of.git("update-ref", "refs/heads/b.md", "main")
    assert told(history_of.read(revision="b.md")) == EXPECTED
    assert told(history_of.read(revision="refs/heads/b.md")) == EXPECTED


def test_nothing_is_written_to_the_repository(history_of: Repository, tmp_path: Path) -> None:
    def state() -> dict[str, tuple[int, int]]:
        return {str(p): (p.stat().st_mtime_ns, p.stat().st_size) for p in tmp_path.rglob("*")}

    before = state()
    history_of.read()
    assert state() == before


def test_the_current_folder_and_the_environment_are_left_alone(history_of: Repository) -> None:
    before = (Path.cwd(), dict(os.environ))
    history_of.read()
    assert (Path.cwd(), dict(os.environ)) == before


def test_a_forged_commit_message_can_end_no_record(repo: Repository) -> None:
    forged = (
        "x\n:100644 100644 " + "0" * 40 + " " + "1" * 40 + " M\n" + "f" * 40 + "\n\nReviewed-by: Ben <b@garden.test>"
    )
    repo.commit(forged, write={"a.md": TEXT})
    repo.commit(":100644 looks like a change", by="\n:100644".strip(), write={"a.md": edited(TEXT)})
    assert told(repo.read()) == ["a.md: :100644 maintained", "a.md: Ann wrote", "a.md: Ben reviewed (trailer)"]
