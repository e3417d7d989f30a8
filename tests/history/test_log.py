"""The reader of Git's words: wherever a block of them ends, and when they are none."""

import io
from pathlib import Path

import pytest

from history.repository import TEXT, Repository
from knowledge_garden.history import HistoryError
from knowledge_garden.history.environment import GitEnvironment
from knowledge_garden.history.globs import LONGEST_GLOB, MOST_GLOBS, IdentityGlobs, path_pattern
from knowledge_garden.history.log import RawCommit, arguments, commits, read_changes, written
from knowledge_garden.history.process import GitFailedError
from knowledge_garden.model.contributions import CreditRules


def words(repo: Repository) -> bytes:
    return repo.git(*arguments(["main"])).encode()


@pytest.fixture
def log(repo: Repository) -> bytes:
    repo.commit("One\n\nReviewed-by: Ben <ben@garden.test>", write={"a.md": TEXT, "b.md": "b"})
    repo.commit("Two", move={"a.md": "c.md"})
    repo.commit("Empty")
    repo.commit("", drop=["b.md"])
    return words(repo)


@pytest.mark.parametrize("size", [1, 2, 7, 64, 1000, 1 << 20])
def test_blocks_may_end_anywhere(log: bytes, size: int) -> None:
    found: list[RawCommit] = list(commits(io.BytesIO(log), size))
    assert list(commits(io.BytesIO(b"".join(map(written, found))))) == found
    assert [commit.body.partition(b"\n")[0] for commit in found] == [b"One", b"Two", b"Empty", b""]
    assert [[(c.status[:1], c.path, c.new_path) for c in commit.changes] for commit in found] == [
        [(b"A", b"a.md", b"a.md"), (b"A", b"b.md", b"b.md")],
        [(b"R", b"a.md", b"c.md")],
        [],
        [(b"D", b"b.md", b"b.md")],
    ]
    assert [len(commit.parents) for commit in found] == [0, 1, 1, 1]


@pytest.mark.parametrize("size", [5, 1 << 20])
@pytest.mark.parametrize("cut", [1, 30, 100, 200, 201, 202, 203, 230, 260, 300])
def test_a_log_that_ends_early_is_an_error(log: bytes, cut: int, size: int) -> None:
    with pytest.raises(HistoryError, match="ends within a record"):
        list(commits(io.BytesIO(log[:cut]), size))


def test_a_word_too_many_is_an_error(log: bytes) -> None:
    with pytest.raises(HistoryError, match="ends within a record"):
        list(commits(io.BytesIO(log + b"\0")))


def test_other_words_are_an_error() -> None:
    with pytest.raises(HistoryError, match="name was expected"):
        list(commits(io.BytesIO(b"hello\0" * 20)))


class Drops:
    """A stream that gives what it holds a few bytes at a time, as a pipe may."""

    def __init__(self, content: bytes, size: int) -> None:
        self._stream, self._size = io.BytesIO(content), size

    def read(self, size: int, /) -> bytes:
        return self._stream.read(min(size, self._size))


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize("path", ["a.md", "end\n", "x end\n", ":end\n"])
def test_the_changes_of_a_commit_end_where_another_might_stand(size: int, path: str) -> None:
    names = ("0" * 40, "1" * 40)
    moved = f":100644 100644 {names[0]} {names[1]} R060\0old\0{path}\0"
    added = f":000000 100644 {names[0]} {names[1]} A\0{path}\0"
    changes = read_changes(Drops((moved + added + "end\n").encode(), size), b"end\n")
    assert [(change.status, change.new_path) for change in changes] == [(b"R060", path.encode()), (b"A", path.encode())]
    assert read_changes(Drops(b"end\n", size), b"end\n") == []
    with pytest.raises(HistoryError, match="ends too early"):
        read_changes(Drops((moved + added).encode(), size), b"end\n")


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("**", "a/b.md", True),
        ("content/**/*.md", "content/a.md", True),
        ("content/**/*.md", "content/x/y/a.md", True),
        ("content/**/*.md", "content/a.txt", False),
        ("content/**/*.md", "other/content/a.md", False),
        ("*.md", "x/a.md", False),
        ("docs/**", "docs/x/y", True),
        ("docs/**", "docs2/x", False),
        ("./docs/?.md", "docs/a.md", True),
        ("docs/[a].md", "docs/[a].md", True),
        ("docs/[a].md", "docs/a.md", False),
        ("**/*.md", "a.md", True),
        ("**/*.md", "x/y/a.md", True),
        ("**/x/**/y/*.md", "a/x/b/x/y/c.md", True),
        ("**/x/**/y/*.md", "a/x/b/y/c/d.md", False),
        ("a/**/**/b", "a/b", True),
        ("a*/b*c/d", "ax/b/c/d", False),
        ("a*b*c", "a-b-b/c", False),
        ("a*b?c", "abbbc", True),
        ("*a*b", "aab-ab", True),
        ("caf?.md", "café.md", False),
        ("caf??.md", "café.md", True),
    ],
)
def test_globs_of_paths(glob: str, path: str, matches: bool) -> None:
    assert bool(path_pattern([glob]).fullmatch(path.encode())) is matches


def test_no_glob_matches_nothing() -> None:
    assert path_pattern([]).fullmatch(b"") is None
    assert not IdentityGlobs([]).match("", "", "")


@pytest.mark.parametrize(
    ("glob", "matches"),
    [
        ("ann", True),
        ("a*", True),
        ("*N*n", True),
        ("?nn", True),
        ("*<ann@*", True),
        ("ann <*@x.test>", True),
        ("<ann@x.test>", True),
        ("an", False),
        ("*b", False),
    ],
)
def test_globs_of_identities(glob: str, matches: bool) -> None:
    assert IdentityGlobs([glob]).match("Ann", "Ann", "ann@x.test") is matches


@pytest.mark.parametrize("one", ["*a", "*?a", "**/a", "**/*a*", "*a*a/"])
def test_a_glob_of_many_stars_takes_no_longer_than_a_plain_one(one: str) -> None:
    """Tried star by star in every way, this would take longer than the age of the universe."""
    glob = one * 60 + "b"
    assert path_pattern([glob]).fullmatch(b"a" * 5000) is None
    assert path_pattern([glob]).fullmatch(b"a/" * 2500) is None
    assert not IdentityGlobs([glob]).match("a" * 5000, "a" * 5000, "a" * 5000)


def test_globs_over_the_limits_are_counted_and_ignored() -> None:
    globs = IdentityGlobs(["*" * LONGEST_GLOB + "x", *(f"{n}-*" for n in range(MOST_GLOBS + 2)), *map(str, range(999))])
    assert globs.ignored == 3
    assert globs.match(f"{MOST_GLOBS - 1}-x", "", "")
    assert not globs.match(f"{MOST_GLOBS}-x", "", "")
    assert globs.match("998", "", "")


def test_globs_of_bots_over_the_limits_are_reported(repo: Repository) -> None:
    repo.commit(write={"a.md": TEXT})
    (notice,) = repo.read(CreditRules(bots=("x*" * LONGEST_GLOB,))).notices
    assert (notice.code, "ignored: 1." in notice.text) == ("bot-globs", True)


@pytest.mark.parametrize(("code", "kind"), [(3, GitFailedError), (0, HistoryError)])
def test_git_itself_says_why_its_words_end_early(repo: Repository, tmp_path: Path, code: int, kind: type) -> None:
    repo.git("config", "alias.cut", f"!printf 'half a rec'; echo 'out of luck' >&2; exit {code}")
    git = GitEnvironment(tmp_path, repo.path / ".git", {})
    with pytest.raises(HistoryError) as caught, git.stream("cut") as stream:
        list(commits(stream))
    assert type(caught.value) is kind
    assert ("out of luck" in str(caught.value)) is bool(code)


def test_a_command_may_be_started_before_it_is_wanted(repo: Repository, tmp_path: Path, log: bytes) -> None:
    git = GitEnvironment(tmp_path, repo.path / ".git", {})
    asked = arguments(["main"])
    git.start(*asked)
    git.start("hash-object", "--stdin")
    with git.stream(*asked) as stream:
        assert list(commits(stream)) == list(commits(io.BytesIO(log)))
    assert git.run("hash-object", "--stdin", stdin=b"text") == git.run("hash-object", "--stdin", stdin=b"text")
    assert git._started == {}


def test_a_command_that_is_wanted_no_more_is_ended(repo: Repository, tmp_path: Path) -> None:
    git = GitEnvironment(tmp_path, repo.path / ".git", {})
    git.start("cat-file", "--batch")
    (waiting,) = git._started.values()
    assert waiting.poll() is None
    git.close()
    assert waiting.poll() is not None
