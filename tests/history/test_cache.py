"""The cache: fewer commits to read, never another result."""

from functools import partial
from pathlib import Path

import pytest

from history.repository import OTHER, TEXT, TODAY, Repository, codes, edited, told
from knowledge_garden.history import read_history
from knowledge_garden.history.cache import NAME
from knowledge_garden.model.contributions import CreditRules, History


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def garden(repo: Repository) -> Repository:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.commit(by="Ben", move={"a.md": "b.md"})
    repo.commit(by="Cem", write={"b.md": edited(TEXT)})
    return repo


def counts(history: History) -> tuple[int, int]:
    return history.commits_read, history.commits_cached


def test_a_second_reading_reads_nothing(garden: Repository, cache: Path) -> None:
    first = garden.read(cache=cache)
    again = garden.read(cache=cache)
    assert (counts(first), counts(again)) == ((3, 0), (0, 3))
    assert first == again == garden.read()
    assert [path.name for path in cache.iterdir()] == [NAME]


def test_only_new_commits_are_read(garden: Repository, cache: Path) -> None:
    garden.read(cache=cache)
    garden.commit(by="Dee", move={"b.md": "c.md"}, write={"c.md": edited(TEXT, 5)})
    loaded = garden.read(cache=cache)
    assert counts(loaded) == (1, 3)
    assert loaded == garden.read()
    assert counts(garden.read(cache=cache)) == (0, 4)


def test_a_side_branch_older_than_the_cache_is_read(garden: Repository, cache: Path) -> None:
    garden.branch("side", "main~2")
    garden.commit(by="Dee", on="side", write={"a.md": edited(TEXT, 9)})
    garden.read(cache=cache)
    garden.merge("side", write={"b.md": edited(edited(TEXT), 9)})
    loaded = garden.read(cache=cache)
    assert counts(loaded) == (2, 3)
    assert told(loaded) == ["b.md: Ann wrote", "b.md: Cem maintained", "b.md: Dee maintained"]
    assert loaded == garden.read()


def test_after_a_force_push_all_is_read_again(garden: Repository, cache: Path) -> None:
    garden.read(cache=cache)
    garden.branch("main", "main~1")
    garden.commit(by="Dee", write={"b.md": OTHER})
    pushed = garden.read(cache=cache)
    assert counts(pushed) == (3, 0)
    assert told(pushed) == ["b.md: Ann wrote", "b.md: Dee maintained"]


def test_an_older_revision_does_not_see_newer_commits(garden: Repository, cache: Path) -> None:
    garden.read(cache=cache)
    assert told(garden.read(cache=cache, revision="main~2")) == ["a.md: Ann wrote"]


def test_an_edit_of_the_mailmap_or_the_rules_needs_no_walk(garden: Repository, cache: Path) -> None:
    garden.read(cache=cache)
    garden.commit(write={".mailmap": "Annette <ann@garden.test>\n"})
    history = garden.read(CreditRules(bots=("cem",)), cache=cache, paths=("*.md",))
    assert counts(history) == (1, 3)
    assert told(history) == ["b.md: Annette wrote", "b.md: Cem maintained [tool]"]


def test_another_way_to_find_renames_reads_all_again(garden: Repository, cache: Path) -> None:
    garden.read(cache=cache)
    assert counts(garden.read(CreditRules(rename_similarity=70), cache=cache)) == (3, 0)


def test_pages_from_outside_are_found_in_the_cache(repo: Repository, cache: Path) -> None:
    repo.commit(by="Ann", write={"notes.txt": TEXT})
    repo.read(cache=cache, paths=("content/**",))
    repo.commit(by="Ben", move={"notes.txt": "content/a.md"})
    history = repo.read(cache=cache, paths=("content/**",))
    assert told(history) == ["content/a.md: Ann wrote"]
    assert counts(history) == (1, 1)
    assert history == repo.read(paths=("content/**",))


@pytest.mark.parametrize("damage", ["cut", "flip", "text", "empty", "header", "folder"])
def test_a_damaged_cache_is_built_anew_with_a_notice(garden: Repository, cache: Path, damage: str) -> None:
    expected = garden.read(cache=cache)
    file = cache / NAME
    content = file.read_bytes()
    if damage == "folder":
        file.unlink()
        file.mkdir()
    else:
        flipped = content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]
        broken = {"cut": content[:-5], "flip": flipped, "text": b"hello", "empty": b"", "header": b"{}\n" + content}
        file.write_bytes(broken[damage])
    history = garden.read(cache=cache)
    assert counts(history) == (3, 0)
    assert list(codes(history)) == ["cache-rebuilt"] if damage != "folder" else ["cache-rebuilt", "cache-unwritable"]
    assert told(history) == told(expected)
    if damage != "folder":
        assert counts(garden.read(cache=cache)) == (0, 3)
        assert codes(garden.read(cache=cache)) == {}


def test_a_cache_of_another_parser_or_git_is_built_anew(garden: Repository, cache: Path) -> None:
    garden.read(cache=cache)
    file = cache / NAME
    head, _, words = file.read_bytes().partition(b"\n")
    file.write_bytes(head.replace(b'"parser": "', b'"parser": "0.') + b"\n" + words)
    assert counts(garden.read(cache=cache)) == (3, 0)


def test_a_cache_that_cannot_be_written_is_told(garden: Repository, cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    history = garden.read(cache=cache)
    assert "cache-unwritable" in codes(history)
    assert told(history) == told(garden.read())


def test_the_cache_holds_no_more_than_one_file_after_many_builds(garden: Repository, cache: Path) -> None:
    for n in range(5):
        garden.commit(write={"b.md": edited(TEXT, n, "again")})
        garden.read(cache=cache)
    assert [path.name for path in cache.iterdir()] == [NAME]
    assert counts(garden.read(cache=cache)) == (0, 8)


@pytest.mark.parametrize("how", ["tracked", "untracked", "link"])
def test_a_cache_in_the_work_tree_is_not_believed(repo: Repository, tmp_path: Path, how: str) -> None:
    """Whoever's files are taken into the work tree could have forged it, down to its checksum."""
    repo.commit(by="Ann", write={"a.md": TEXT})
    other = Repository(tmp_path, "other")
    other.commit(by="Mal", write={"a.md": TEXT})
    other.read(cache=tmp_path / "forged")
    header, _, log = (tmp_path / "forged" / NAME).read_bytes().partition(b"\n")
    tip = repo.git("rev-parse", "main").encode()
    content = header.replace(other.git("rev-parse", "main").encode(), tip) + b"\n" + log
    inside = repo.path / ".cache"
    if how == "link":
        (tmp_path / "forged" / NAME).write_bytes(content)
        inside.symlink_to(tmp_path / "forged")
    else:
        inside.mkdir()
        (inside / NAME).write_bytes(content)
    if how == "tracked":
        repo.commit(by="Mal", write={f".cache/{NAME}": content})
    history = repo.read(cache=inside, paths=("*.md",))
    assert told(history) == ["a.md: Ann wrote"]
    assert history.commits_cached == 0
    assert (inside / NAME).read_bytes() == content
    (kept,) = (repo.path / ".git").rglob(NAME)
    again = repo.read(cache=inside, paths=("*.md",))
    assert (again, again.commits_read) == (history, 0)
    assert kept.parent == repo.path / ".git" / "knowledge-garden"


def test_a_forged_cache_would_be_believed_elsewhere(repo: Repository, tmp_path: Path) -> None:
    """So the test above forges well enough."""
    repo.commit(by="Ann", write={"a.md": TEXT})
    other = Repository(tmp_path, "other")
    other.commit(by="Mal", write={"a.md": TEXT})
    other.read(cache=tmp_path / "forged")
    file = tmp_path / "forged" / NAME
    header, _, log = file.read_bytes().partition(b"\n")
    tips = [each.git("rev-parse", "main").encode() for each in (other, repo)]
    file.write_bytes(header.replace(*tips) + b"\n" + log)
    assert "Ann" not in str(told(repo.read(cache=tmp_path / "forged")))


def test_each_linked_work_tree_has_a_cache_of_its_own(garden: Repository, tmp_path: Path) -> None:
    garden.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"), "main~1")
    read = partial(read_history, today=TODAY, rules=CreditRules())
    for _ in range(2):
        linked = read(tmp_path / "tree", cache=tmp_path / "tree" / ".cache")
        main = garden.read(cache=garden.path / ".cache")
    assert (counts(linked), counts(main)) == ((0, 2), (0, 3))


def test_a_repository_that_cannot_be_written_is_read_without_a_word(
    garden: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    (garden.path / ".git" / "knowledge-garden").write_text("no folder can be made here")
    history = garden.read(cache=garden.path / ".cache")
    assert (counts(history), history.notices) == ((3, 0), ())
    assert history == garden.read()
