"""The committed files that shape credit, as they are at the revision, whatever the work tree holds."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from knowledge_garden.history.environment import GitEnvironment
from knowledge_garden.model.contributions import CreditRules

_COMMIT: Final = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(slots=True)
class CommittedSettings:
    """What the committed files say."""

    configuration: dict[str, str] = field(default_factory=dict)
    """File → SHA-256 of its bytes."""
    ignored: frozenset[bytes] = frozenset()
    """Commits that earn no credit."""
    missing: tuple[str, ...] = ()
    """Files that the rules name and that are not committed."""
    bad_lines: tuple[str, ...] = ()
    """`path:line` of lines that do not name a commit."""


def read_settings(git: GitEnvironment, tree: Mapping[bytes, str], width: int, rules: CreditRules) -> CommittedSettings:
    """Reads `.mailmap` (for its hash: Git itself applies it) and the file of ignored revisions.

    `tree`: path → blob at the revision. `width`: characters of a commit's name.
    """
    committed = CommittedSettings()
    _file(git, tree, ".mailmap", committed)
    path = rules.ignore_revs
    content = _file(git, tree, path, committed) if path else b""
    if content is None:
        # The default name is only a convention: its absence is not a mistake.
        committed.missing = (path,) if path != CreditRules().ignore_revs else ()
        return committed
    ignored, bad = set(), []
    for number, line in enumerate(content.split(b"\n"), 1):
        name = line.partition(b"#")[0].strip().lower()
        if len(name) == width and _COMMIT.fullmatch(name):
            ignored.add(name)
        elif name:
            bad.append(f"{path}:{number}")
    committed.ignored, committed.bad_lines = frozenset(ignored), tuple(bad)
    return committed


def _file(git: GitEnvironment, tree: Mapping[bytes, str], path: str, committed: CommittedSettings) -> bytes | None:
    blob = tree.get(os.fsencode(path))
    if blob is None:
        return None
    content = git.run("cat-file", "blob", blob)
    committed.configuration[path] = hashlib.sha256(content).hexdigest()
    return content
