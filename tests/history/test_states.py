"""Repositories that can't give credit, or not all of it, say so; every kind that can is read."""

import os
import pickle
import subprocess
from pathlib import Path

import pytest

from history.repository import OTHER, TEXT, TODAY, Repository, codes, edited, told
from knowledge_garden.history import CODES, HistoryError, environment, find_repository, read_history
from knowledge_garden.history.notices import notice
from knowledge_garden.model.contributions import CreditRules, History


def read(path: Path, **options: object) -> History:
    return read_history(path, today=TODAY, rules=CreditRules(), **options)


@pytest.fixture
def garden(repo: Repository) -> Repository:
    repo.commit(by="Ann", write={"content/a.md": TEXT})
    repo.commit(by="Ben", write={"content/a.md": edited(TEXT)})
    return repo


FULL = ["content/a.md: Ann wrote", "content/a.md: Ben maintained"]


def clone(repo: Repository, *options: str) -> Path:
    target = repo.path.parent / "clone"
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("clone", "--quiet", *options, repo.path.as_uri(), str(target))
    return target


def test_a_full_clone(garden: Repository) -> None:
    history = read(clone(garden))
    assert (history.state, history.complete) == ("complete", True)
    assert told(history) == FULL
    assert history.revision == garden.git("rev-parse", "main")
    assert set(history.versions) == {"git", "parser"}
    assert (history.commits_read, history.commits_cached) == (2, 0)


def test_a_shallow_clone_withholds_all_credit_and_says_how_to_get_it(garden: Repository) -> None:
    history = read(clone(garden, "--depth=1"))
    assert (history.state, history.complete, history.contributions, dict(history.pages)) == ("shallow", False, (), {})
    (notice,) = history.notices
    assert notice.code == "shallow-clone"
    for remedy in ("fetch-depth: 0", "GIT_DEPTH: 0", "git fetch --unshallow"):
        assert remedy in notice.hint


def test_a_work_tree_of_a_shallow_clone_is_shallow_too(garden: Repository) -> None:
    shallow = clone(garden, "--depth=1")
    garden.git("worktree", "add", "--quiet", "--detach", str(shallow.parent / "tree"), at=shallow)
    assert read(shallow.parent / "tree").state == "shallow"


def test_a_linked_work_tree(garden: Repository) -> None:
    tree = garden.path.parent / "tree"
    garden.git("branch", "other", "main~1")
    garden.git("worktree", "add", "--quiet", str(tree), "other")
    assert find_repository(tree / "content") == tree
    assert told(read(tree)) == ["content/a.md: Ann wrote"]


def test_a_sub_folder_gives_paths_from_the_top(garden: Repository) -> None:
    folder = garden.path / "content"
    folder.mkdir()
    assert find_repository(folder) == garden.path
    assert told(read(folder)) == FULL


def test_a_bare_repository(garden: Repository) -> None:
    bare = clone(garden, "--bare")
    assert find_repository(bare) == bare
    assert told(read(bare)) == FULL


def test_a_content_folder_with_its_own_repository(garden: Repository) -> None:
    inner = Repository(garden.path, "content")
    inner.commit(by="Cem", write={"b.md": OTHER})
    assert find_repository(inner.path) == inner.path
    assert told(read(inner.path)) == ["b.md: Cem wrote"]


def test_a_submodule(garden: Repository) -> None:
    outer = Repository(garden.path.parent, "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(garden.path), "garden")
    assert (outer.path / "garden" / ".git").is_file()
    assert told(read(outer.path / "garden")) == FULL


def test_a_repository_with_borrowed_objects(garden: Repository) -> None:
    assert told(read(clone(garden, "--shared"))) == FULL


def test_no_repository(tmp_path: Path) -> None:
    history = read(tmp_path)
    assert (history.state, history.revision, codes(history)) == ("none", "", {"no-repository": ()})
    assert find_repository(tmp_path) is None


def test_a_work_tree_whose_repository_is_gone(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: ../gone\n")
    history = read(tmp_path)
    assert history.state == "none"
    assert list(codes(history)) == ["git-refused"]
    assert str(tmp_path) not in history.notices[0].text


def test_no_commit(repo: Repository) -> None:
    history = repo.read()
    assert (history.state, codes(history)) == ("empty", {"no-commit": ()})


def test_an_unknown_revision_is_an_error(garden: Repository) -> None:
    for revision in ("nowhere", "--all", "", "HEAD:content", "main~9"):
        with pytest.raises(HistoryError, match="names no commit"):
            garden.read(revision=revision)


def test_a_tag_is_a_revision(garden: Repository) -> None:
    garden.git("-c", "user.name=x", "-c", "user.email=x@x", "tag", "-a", "v1", "-m", "x", "main~1")
    assert told(garden.read(revision="v1")) == ["content/a.md: Ann wrote"]


def test_a_detached_head(garden: Repository) -> None:
    garden.git("update-ref", "--no-deref", "HEAD", garden.git("rev-parse", "main~1"))
    assert told(garden.read()) == ["content/a.md: Ann wrote"]


def test_another_users_repository_is_refused_with_a_notice(garden: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 4242)
    history = garden.read()
    assert history.state == "none"
    assert list(codes(history)) == ["dubious-ownership"]
    assert "safe.directory" in history.notices[0].hint


@pytest.mark.parametrize("entry", ["{path}", "*", "{parent}/*"])
def test_a_safe_directory_is_read(garden: Repository, monkeypatch: pytest.MonkeyPatch, entry: str) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 4242)
    garden.git("config", "--global", "safe.directory", entry.format(path=garden.path, parent=garden.path.parent))
    assert told(garden.read()) == FULL
    garden.git("config", "--global", "--add", "safe.directory", "")
    assert garden.read().state == "none"


def test_without_git(garden: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "Git", None)
    history = garden.read()
    assert (history.state, codes(history)) == ("none", {"git-missing": ()})


def test_a_damaged_repository_gives_a_notice(garden: Repository) -> None:
    (garden.path / ".git" / "config").write_text("[core\n")
    history = garden.read()
    assert (history.state, list(codes(history))) == ("none", ["git-refused"])


def test_a_missing_object_gives_a_notice(garden: Repository) -> None:
    first = garden.git("rev-parse", "main~1^{tree}")
    loose = garden.path / ".git" / "objects" / first[:2] / first[2:]
    if not loose.exists():
        for pack in (garden.path / ".git" / "objects" / "pack").glob("*.pack"):
            moved = garden.path.parent / pack.name
            pack.rename(moved)
            garden.git("unpack-objects", "-q", stdin=moved.read_bytes())
    loose.unlink()
    history = garden.read()
    assert (history.state, list(codes(history))) == ("none", ["git-refused"])


def test_a_blobless_clone_is_read_without_the_network_and_says_what_it_lacks(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT, "x.md": OTHER})
    repo.commit(by="Ben", move={"a.md": "b.md"}, write={"b.md": edited(TEXT)})
    repo.commit(by="Cem", move={"x.md": "y.md"})
    partial = clone(repo, "--filter=blob:none", "--no-checkout")
    subprocess.run(["git", "config", "remote.origin.url", "file:///nowhere"], cwd=partial, check=True)
    cache = repo.path.parent / "cache"
    history = read(partial, cache=cache)
    assert (history.state, history.complete) == ("partial", False)
    assert told(history) == ["b.md: Ben wrote +possible-rename", "y.md: Ann wrote"]
    assert "partial-clone" in codes(history)
    assert told(read(repo.path, cache=cache)) == ["b.md: Ann wrote", "b.md: Ben maintained", "y.md: Ann wrote"]


def test_a_blobless_clone_that_needs_no_texts_is_complete(garden: Repository) -> None:
    assert told(read(clone(garden, "--filter=blob:none", "--no-checkout"))) == FULL


def test_a_clone_without_trees_withholds_all_credit(garden: Repository) -> None:
    history = read(clone(garden, "--filter=tree:0", "--no-checkout"))
    assert (history.state, history.contributions) == ("partial", ())
    assert codes(history) == {"no-trees": ()}


def test_a_sha_256_repository(tmp_path: Path) -> None:
    repo = Repository(tmp_path, "long", "--object-format=sha256")
    first = repo.commit("Write\n\nReviewed-by: Cem <cem@garden.test>", by="Ann", write={"a.md": TEXT, "e.md": ""})
    repo.commit(by="Ben", move={"a.md": "b.md"}, write={"b.md": edited(TEXT), ".mailmap": "Bea <ben@garden.test>\n"})
    edit = repo.commit(by="Dee", write={"b.md": OTHER})
    repo.commit(f"Undo\n\nThis reverts commit {edit}.", write={"b.md": edited(TEXT)})
    repo.commit(write={".git-blame-ignore-revs": f"{first}\n"})
    merge = repo.merge("main~1")
    history = repo.read(CreditRules(ignore_revs=""), paths=("b.md",))
    assert told(history) == [
        "b.md: Ann maintained +revert",
        "b.md: Ann wrote",
        "b.md: Bea maintained",
        "b.md: Cem reviewed (trailer)",
        "b.md: Dee maintained +reverted",
    ]
    assert {e.commit: e.reason for e in history.excluded}[merge] == "merge"
    assert len(repo.read(paths=("b.md",)).contributions) == 3


def test_progress_is_told(repo: Repository) -> None:
    for _ in range(3):
        repo.commit(write={"a.md": TEXT})
    seen: list[int] = []
    repo.read(progress=seen.append)
    assert seen[-1] == 3


def test_a_history_can_be_handed_to_another_process(garden: Repository) -> None:
    history = garden.read()
    assert pickle.loads(pickle.dumps(history)) == history


def test_every_notice_says_what_mends_it() -> None:
    for code in CODES:
        assert notice(code, detail="x").text
        assert notice(code).hint
        assert "{" not in notice(code, detail="x").text
