"""A garden with a history: two people with profiles, one without, and lessons they wrote, maintained and used."""

from pathlib import Path

import pytest

from history.conftest import _no_configuration, repo
from history.repository import Repository

__all__ = ["_no_configuration", "repo"]

LESSON = """\
---
title: {title}
summary: What happened, and what it taught.
outcome: failure
communities: [bees]
causes: [haste]
date: 2023
{more}---

## Context

{text}
"""
CAUSES = "causes:\n  haste: {title: Haste}\n"
CHARTER = """\
---
title: Bees
purpose: To learn about bees.
sponsor: ann
leads: [{person: ann, since: 2023-05}]
facilitators: [{person: ben, since: 2023-06, until: 2024-01-20}]
---
"""
CREDITS = """\
declared:
  - person: ben
    role: mentored
    date: 2024-01
    what: Two newcomers
    community: bees
    evidence: https://example.org/minutes
reviewed:
  - {person: ann, page: swarm, date: 2024-02-03, evidence: "https://example.org/reading"}
"""


def lesson(title: str, text: str = "Bees were there.", more: str = "") -> str:
    return LESSON.format(title=title, text=text, more=more)


@pytest.fixture
def garden(repo: Repository) -> Repository:
    """1 January 2024: Ann writes all. 2 January: Ben tends the swarm, Cy Dee co-writes. 3 January: a bot tidies."""
    applied = (
        "applied:\n  - {by: Otter Hospital, date: 2024-01-15, result: Fewer stings., appreciated_by: A beekeeper}\n"
    )
    repo.commit(
        by="Ann Rose",
        write={
            "content/garden.yml": CAUSES,
            "content/index.md": "# Garden\n",
            "content/communities/bees.md": CHARTER,
            "content/people/ann.md": "---\nname: Ann Rose\nuses: [hive]\n---\n",
            "content/people/ben.md": "---\nname: Ben Reed\nuses: [swarm]\n---\n",
            "content/lessons/2023/swarm.md": lesson("The swarm", more=applied),
            "content/lessons/2023/hive.md": lesson("The hive", "They went home.", "told_by: [ben]\n"),
            "content/credits.yml": CREDITS,
            "scripts/thing": "x\n",
        },
    )
    repo.commit(
        "Tend\n\nCo-authored-by: Cy Dee <cy@garden.test>",
        by="Ben Reed",
        write={"content/lessons/2023/swarm.md": lesson("The swarm", "Bees left.", applied)},
    )
    repo.commit(
        by="tidy[bot]",
        write={"content/lessons/2023/hive.md": lesson("The hive", "They went home again.", "told_by: [ben]\n")},
    )
    repo.git("reset", "--quiet", "--hard", "main")
    return repo


@pytest.fixture
def content(garden: Repository) -> Path:
    return garden.path / "content"
