"""Commits that are one change twice: picked from one branch to another, or rebased while the old one stayed.

The line that `cherry-pick -x` leaves is believed. Without it, commits are compared when author, author date, subject
and changed paths are equal, and are one when Git's patch-id is. So few are compared that one walk stays cheap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge_garden.history.environment import GitEnvironment
from knowledge_garden.history.facts import Fact

_BATCH = 200


def duplicates(facts: Sequence[Fact], picks: Mapping[str, str], git: GitEnvironment | None) -> dict[str, str]:
    """Commit → the commit that is counted in its place, for every commit that repeats another.

    Counted is the source of a pick when it is in this history, else the earliest by commit date. Without a Git environment no
    texts are compared (a partial clone has none).
    """
    known = {fact.commit: fact for fact in facts}
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while (up := leader.get(name, name)) != name:
            leader[name] = leader.get(up, up)  # halves the way for the next time
            name = up
        return name

    def unite(one: str, two: str) -> None:
        leader[find(one)] = find(two)

    for commit, source in sorted(picks.items()):
        if commit in known:
            leader.setdefault(commit, commit)
            unite(commit, source)
    if git is not None:
        for commits in _likely(facts):
            for _, same in _by_patch(git, commits):
                for other in same[1:]:
                    unite(other, same[0])
    groups: dict[str, list[Fact]] = defaultdict(list)
    for commit in {*leader, *leader.values()} & known.keys():
        groups[find(commit)].append(known[commit])
    found: dict[str, str] = {}
    for group in groups.values():
        first = min(group, key=lambda fact: (picks.get(fact.commit) in known, fact.committed or 0, fact.commit))
        found.update({fact.commit: first.commit for fact in group if fact is not first})
    return found


def _likely(facts: Sequence[Fact]) -> Iterator[list[str]]:
    alike: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    for fact in facts:
        alike[fact.likeness, fact.author, fact.when or 0].append(fact.commit)
    return (sorted(commits) for commits in alike.values() if len(commits) > 1)


def _by_patch(git: GitEnvironment, commits: Sequence[str]) -> Iterable[tuple[str, list[str]]]:
    options = ("--root", "-p", "--full-index", "--no-ext-diff", "--no-textconv", "--no-color", "--no-renames")
    found: dict[str, list[str]] = defaultdict(list)
    for start in range(0, len(commits), _BATCH):
        batch = "".join(f"{commit}\n" for commit in commits[start : start + _BATCH]).encode()
        patches = git.run("diff-tree", "--stdin", *options, stdin=batch)
        for line in git.run("patch-id", "--stable", stdin=patches).decode().splitlines():
            patch, commit = line.split()
            found[patch].append(commit)
    return found.items()


def in_force(reverts: Mapping[str, str]) -> dict[str, list[str]]:
    """Reverted commit → the commits that revert it and are not themselves reverted, sorted.

    `reverts` maps a commit to the one it says it reverts.
    """
    by: dict[str, list[str]] = defaultdict(list)
    for commit, target in sorted(reverts.items()):
        by[target].append(commit)

    # A commit stands when no commit that stands reverts it: those at the end of a chain are known first.
    stands: dict[str, bool] = {}
    todo = sorted(reverts)
    while todo:
        commit = todo[-1]
        later = [each for each in by.get(commit, ()) if each not in stands]
        if commit not in stands and later:
            stands[commit] = True  # for a ring, which no honest history holds
            todo += later
            continue
        stands[todo.pop()] = not any(stands[each] for each in by.get(commit, ()))
    return {target: kept for target, each in by.items() if (kept := [c for c in each if stands[c]])}
