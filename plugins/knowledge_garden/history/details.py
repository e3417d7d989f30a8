"""What a conversation about single commits needs and credit does not: their subjects, and how many words they changed."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge_garden.history import environment
from knowledge_garden.history.log import arguments, commits
from knowledge_garden.history.repository import locate
from knowledge_garden.history.texts import blob_reader, sizes

MOST: int = 5_000
"""Commits that are looked at; further ones have no details."""


@dataclass(frozen=True, slots=True)
class CommitDetails:
    """`subject`: the first line of the message. `words`: path after the commit → (words added, words removed)."""

    subject: str
    words: Mapping[str, tuple[int, int]]


def read_details(repository: Path, names: Collection[str]) -> dict[str, CommitDetails]:
    """Commit → its details, of the commits with these full names. Raises `HistoryError` where Git can't read them."""
    located = locate(repository)
    wanted = sorted(set(names))[:MOST]
    if located is None or not wanted:
        return {}
    details: dict[str, CommitDetails] = {}
    with environment.environments(located, "HEAD") as (_, git, _, _):
        asked = [*arguments(())[:-1], "--no-walk=unsorted", "--root", "--stdin"]
        log = io.BytesIO(git.run(*asked, stdin="".join(f"{name}\n" for name in wanted).encode()))
        with blob_reader(git) as blobs:
            for commit in commits(log):
                subject = commit.body.partition(b"\n")[0].decode("utf-8", "replace").strip()
                details[commit.commit.decode()] = CommitDetails(subject, sizes(blobs, commit.changes))
    return details
