"""Commits that repeat one change: picked from one branch to another, or rebased while the old one stayed.

The line that `cherry-pick -x` leaves is trusted. Without it, commits are compared when author, author date, subject
and changed paths are equal, and are one when Git's patch-id is. So few are compared that one walk stays cheap, and
where a history holds more than `MOST_PAGES` changes to compare, the rest counts as it is and is reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from knowledge_garden.history.environment import GitEnvironment
from knowledge_garden.history.facts import Fact

MOST_PAGES: Final = 20_000
"""Changed pages of all commits that are compared in one history."""
_BATCH: Final = 1000
"""Changed pages whose patches are held at a time."""


class Duplicates(NamedTuple):
    """`first`: commit → the commit that is counted in its place. `skipped`: commits that were too many to compare."""

    first: dict[str, str]
    skipped: frozenset[str] = frozenset()


def duplicates(facts: Sequence[Fact], picks: Mapping[str, str], git: GitEnvironment | None) -> Duplicates:
    """Every commit that repeats another.

    Counted is the source of a pick when it is in this history, else the earliest by commit date. Without a Git
    environment no texts are compared (a partial clone has none).
    """
    by_name = {fact.commit: fact for fact in facts}
    leader: dict[str, str] = {}

    def leader_of(name: str) -> str:
        while (up := leader.get(name, name)) != name:
            leader[name] = leader.get(up, up)  # halves the way for the next time
            name = up
        return name

    def unite(commit: str, source: str) -> None:
        leader[leader_of(commit)] = leader_of(source)

    for commit, source in sorted(picks.items()):
        if commit in by_name:
            leader.setdefault(commit, commit)
            unite(commit, source)
    skipped: frozenset[str] = frozenset()
    if git is not None:
        groups, skipped = _likely(facts)
        for same in _same_patch(git, groups):
            for other in same[1:]:
                unite(other, same[0])
    united: dict[str, list[Fact]] = defaultdict(list)
    for commit in {*leader, *leader.values()} & by_name.keys():
        united[leader_of(commit)].append(by_name[commit])
    first: dict[str, str] = {}
    for group in united.values():
        counted = min(group, key=lambda fact: (picks.get(fact.commit) in by_name, fact.committed or 0, fact.commit))
        first.update({fact.commit: counted.commit for fact in group if fact is not counted})
    return Duplicates(first, skipped)


def _likely(facts: Sequence[Fact]) -> tuple[list[list[Fact]], frozenset[str]]:
    """(groups of commits that may be one change, commits of the groups for which there is no time: the largest)."""
    alike: dict[tuple[int, int, int], list[Fact]] = defaultdict(list)
    for fact in facts:
        alike[fact.likeness, fact.author, fact.when].append(fact)
    groups = [sorted(group, key=lambda fact: fact.commit) for group in alike.values() if len(group) > 1]
    groups.sort(key=lambda group: (_pages(group), group[0].commit))
    # Totals rise, so the groups within the limit come first.
    within = sum(total <= MOST_PAGES for total in accumulate(map(_pages, groups)))
    return groups[:within], frozenset(fact.commit for group in groups[within:] for fact in group)


def _pages(group: Sequence[Fact]) -> int:
    return sum(fact.pages + 1 for fact in group)


def _same_patch(git: GitEnvironment, groups: Sequence[Sequence[Fact]]) -> Iterator[list[str]]:
    """Commits of one group whose patches are the same."""
    group_of = {fact.commit: number for number, group in enumerate(groups) for fact in group}
    same: dict[tuple[int, str], list[str]] = defaultdict(list)
    for batch in _batches([fact for group in groups for fact in group]):
        options = ("--root", "-p", "--full-index", "--no-ext-diff", "--no-textconv", "--no-color", "--no-renames")
        names = "".join(f"{fact.commit}\n" for fact in batch).encode()
        patches = git.run("diff-tree", "--stdin", *options, stdin=names)
        for line in git.run("patch-id", "--stable", stdin=patches).decode().splitlines():
            patch, commit = line.split()
            same[group_of[commit], patch].append(commit)
    yield from same.values()


def _batches(facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    batch: list[Fact] = []
    size = 0
    for fact in facts:
        batch.append(fact)
        size += fact.pages + 1
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def in_force(reverts: Mapping[str, str]) -> dict[str, list[str]]:
    """Reverted commit → the commits that revert it and are not themselves reverted, sorted.

    `reverts` maps a commit to the one it says it reverts.
    """
    by: dict[str, list[str]] = defaultdict(list)
    for commit, target in sorted(reverts.items()):
        by[target].append(commit)

    # A commit is in force when no commit in force reverts it: those at the end of a chain are decided first.
    in_force: dict[str, bool] = {}
    todo = sorted(reverts)
    while todo:
        commit = todo[-1]
        later = [revert for revert in by.get(commit, ()) if revert not in in_force]
        if commit not in in_force and later:
            in_force[commit] = True  # for a circle, which only a forged history holds
            todo += later
            continue
        in_force[todo.pop()] = not any(in_force[revert] for revert in by.get(commit, ()))
    return {
        target: reverts_in_force
        for target, commits in by.items()
        if (reverts_in_force := [commit for commit in commits if in_force[commit]])
    }
