"""Over random histories: a walk from the cache equals a full walk, before and after a force-push; and pages keep
their people, as a plain account of what was done says."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from history.repository import Repository, edited, quoted, told
from knowledge_garden.history import walk

BRANCHES = ("main", "one", "two")
KINDS = ("add", "edit", "edit", "rename", "rename", "both", "delete", "swap", "merge", "merge", "readd")
Step = tuple[int, str, int, int]
steps = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(KINDS), st.integers(0, 20), st.integers(0, 20)),
    min_size=2,
    max_size=16,
)
alone = st.lists(
    st.tuples(
        st.just(0),
        st.sampled_from(("add", "edit", "rename", "both", "delete", "swap")),
        st.integers(0, 20),
        st.integers(0, 20),
    ),
    min_size=2,
    max_size=14,
)
PEOPLE = ("Ann", "Ben", "Cem", "Dee")


class Story:
    """Plays steps on branches, and writes all commits in one run of fast-import."""

    def __init__(self, repo: Repository, salt: int = 0) -> None:
        self.repo = repo
        self.salt = salt
        self.trees: dict[str, dict[str, str]] = {}
        self.marks: dict[str, int] = {}
        self.order: list[int] = []
        self.lines: list[bytes] = []
        self.dead: dict[str, str] = {}
        self.count = 0

    def text(self) -> str:
        self.count += 1
        return "".join(f"page {self.salt}/{self.count}, line {n}: {n * self.count}\n" for n in range(12))

    def play(self, played: Sequence[Step]) -> None:
        for branch, kind, first, second in [(0, "add", 0, 0), *played]:
            self.step(BRANCHES[branch], kind, first, second)

    def step(self, branch: str, kind: str, first: int, second: int) -> None:
        if branch not in self.trees:
            self.trees[branch] = dict(self.trees.get("main", {}))
            if "main" in self.marks:
                self.marks[branch] = self.marks["main"]
        tree = self.trees[branch]
        parents = [self.marks[branch]] if branch in self.marks else []
        paths = sorted(tree)
        path = paths[first % len(paths)] if paths else ""
        other = paths[second % len(paths)] if paths else ""
        free = f"{'content' if second % 3 else 'attic'}/p{second % 6}.md"
        if kind == "merge":
            source = BRANCHES[second % 3]
            if source != branch and source in self.marks:
                parents.append(self.marks[source])
                self.trees[branch] = {**self.trees[source], **tree}
        elif kind == "readd" and path in self.dead:
            tree[path] = self.dead[path]
        elif kind == "add" or not path:
            tree[free] = tree.get(free) or self.text()
        elif kind == "edit":
            tree[path] = edited(tree[path], second % 12, f"edit {self.salt} {len(self.order)}")
        elif kind in ("rename", "both") and free not in tree:
            moved = tree.pop(path)
            tree[free] = edited(moved, 5, f"moved {self.salt} {len(self.order)}") if kind == "both" else moved
        elif kind == "delete" and len(paths) > 1:
            self.dead[path] = tree.pop(path)
        elif kind == "swap" and path != other:
            tree[path], tree[other] = tree[other], tree[path]
        self.commit(branch, parents, PEOPLE[first % 4])

    def commit(self, branch: str, parents: list[int], who: str) -> None:
        mark = len(self.order) + 1
        self.order.append(mark)
        moment = f"{1704103200 + 86400 * mark + self.salt} +0000"
        message = f"Change {mark}\n\nReviewed-by: {PEOPLE[mark % 4]} <r{mark % 4}@garden.test>"
        self.lines += [
            f"commit refs/heads/{branch}\nmark :{mark}".encode(),
            f"author {who} <{who.lower()}@garden.test> {moment}\ncommitter {who} <c@garden.test> {moment}".encode(),
            f"data {len(message)}\n{message}".encode(),
            *(f"{'merge' if n else 'from'} :{parent}".encode() for n, parent in enumerate(parents)),
            b"deleteall",
        ]
        for path, text in sorted(self.trees[branch].items()):
            self.lines.append(b"M 100644 inline %s\ndata %d\n%s" % (quoted(path), len(text), text.encode()))
        self.lines.append(b"")
        self.marks[branch] = mark

    def write(self) -> list[str]:
        """Writes the commits and returns their names, in order."""
        marks = self.repo.path / "marks"
        self.repo.git(
            "fast-import", "--quiet", "--force", f"--export-marks={marks}", stdin=b"\n".join(self.lines) + b"\n"
        )
        names = dict(line.split() for line in marks.read_text().splitlines())
        return [names[f":{mark}"] for mark in self.order]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=steps, after=steps, cut=st.integers(0, 30), globs=st.sampled_from((("**",), ("content/**",))))
def test_from_the_cache_equals_in_full_also_after_a_force_push(
    before: list[Step], after: list[Step], cut: int, globs: tuple[str, ...]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        repo = Repository(Path(folder))
        story = Story(repo)
        story.play(before)
        names = story.write()
        cache = Path(folder) / "cache"
        middle, last = names[cut % len(names)], repo.git("rev-parse", "main")
        for revision in (middle, last):
            assert repo.read(cache=cache, paths=globs, revision=revision) == repo.read(paths=globs, revision=revision)
        pushed = Story(repo, salt=1)
        pushed.play(after)
        pushed.write()
        assert repo.read(cache=cache, paths=globs) == repo.read(paths=globs)
        loaded = repo.merge(middle, last, write={"content/merged.md": "merged\n"})
        assert repo.read(cache=cache, paths=globs, revision=loaded) == repo.read(paths=globs, revision=loaded)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(played=steps, held=st.integers(0, 12))
def test_a_long_history_is_read_like_a_short_one(played: list[Step], held: int) -> None:
    """Past a number of commits the walk lets go of what no later commit needs."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        repo = Repository(Path(folder))
        story = Story(repo)
        story.play(played)
        names = story.write()
        merged = repo.merge(names[-1], on="main")
        short = repo.read(revision=merged)
        patch.setattr(walk, "HELD", held)
        assert repo.read(revision=merged) == short


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(played=alone)
def test_on_one_branch_pages_keep_their_people(played: list[Step]) -> None:
    """Every text is unlike every other, so Git sees every rename, and the account below is the truth."""
    with tempfile.TemporaryDirectory() as folder:
        repo = Repository(Path(folder))
        story = Story(repo)
        account: dict[str, list[str]] = {}
        for branch, kind, first, second in [(0, "add", 0, 0), *played]:
            old = dict(story.trees.get("main", {}))
            story.step(BRANCHES[branch], kind, first, second)
            new, who = story.trees["main"], PEOPLE[first % 4]
            reviewer = PEOPLE[len(story.order) % 4]
            came = {path: next((o for o in old if _same(old[o], text)), None) for path, text in new.items()}
            then: dict[str, list[str]] = {}
            for path, source in came.items():
                then[path] = list(account[source]) if source is not None else [f"{who} wrote"]
                if source is not None and old[source] != new[path]:
                    then[path] += [f"{who} maintained"]
                if source is None or old[source] != new[path]:
                    then[path] += [f"{reviewer} reviewed (trailer)"]
            account = then
        story.write()
        expected = sorted(f"{path}: {line}" for path, lines in account.items() for line in lines)
        heard = [line.replace(" +possible-rename", "") for line in told(repo.read())]
        assert sorted(heard) == expected


def _same(one: str, two: str) -> bool:
    return len(set(one.splitlines()) & set(two.splitlines())) > 3
