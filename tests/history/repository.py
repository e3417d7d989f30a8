"""Small repositories, made commit by commit with `git fast-import`, and a way to read their credit at a glance.

    repo = Repository(tmp_path)
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.commit(by="Ben", move={"a.md": "b.md"})
    assert told(repo.read()) == ["b.md: Ann wrote"]

A person "Ann" has the address `ann@garden.test` unless written in full. Commits are a day apart, at noon UTC, from
1 January 2024, so each has its own date.
"""

import subprocess
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from knowledge_garden.history import read_history
from knowledge_garden.model.contributions import CreditRules, History

TODAY = date(2025, 1, 1)
START = datetime(2024, 1, 1, 12, tzinfo=UTC)
TEXT = "".join(f"A line that says something of its own, number {n}.\n" for n in range(20))
OTHER = "".join(f"Quite different words stand here: {n * n}.\n" for n in range(20))


def edited(text: str, line: int = 3, to: str = "This line has been maintained.") -> str:
    """A text with one line changed."""
    lines = text.splitlines()
    lines[line] = to
    return "\n".join(lines) + "\n"


def as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")


def person(name: str | bytes) -> bytes:
    """An identity as Git writes it."""
    raw = as_bytes(name)
    return raw if b"<" in raw else raw + b" <" + raw.lower().replace(b" ", b".") + b"@garden.test>"


def quoted(path: str | bytes) -> bytes:
    """A path as fast-import reads it, whatever bytes it holds."""
    return b'"' + b"".join(bytes([c]) if 35 < c < 127 and c != 92 else b"\\%03o" % c for c in as_bytes(path)) + b'"'


class Repository:
    """A bare-handed repository: branches and commits, no work tree."""

    def __init__(self, folder: Path, name: str = "repo", *options: str) -> None:
        self.path = folder / name
        self.count = 0
        self.tips: dict[str, str] = {}
        """Branch → commit, of the branches made here."""
        self.git("init", "--quiet", "--initial-branch=main", *options, str(self.path), at=folder)

    def git(self, *arguments: str, at: Path | None = None, stdin: bytes = b"") -> str:
        """Standard output of a Git command."""
        done = subprocess.run(["git", *arguments], cwd=at or self.path, input=stdin, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def commit(
        self,
        message: str | bytes = "A change",
        *,
        by: str | bytes = "Ann",
        on: str = "main",
        write: Mapping[str | bytes, str | bytes] | None = None,
        drop: Iterable[str | bytes] = (),
        move: Mapping[str, str] | None = None,
        raw: Sequence[bytes] = (),
        parents: Sequence[str] | None = None,
        when: str | None = None,
        committed: str | None = None,
        committer: str | bytes = "Carl Committer",
    ) -> str:
        """Makes a commit on a branch and returns its name. `parents` (branches or names) instead of the branch's tip.

        `move` moves first, so a path that moves and is in `write` is edited on the way. `raw`: lines for fast-import.
        `when` and `committed`: "SECONDS ZONE".
        """
        moment = f"{int((START + timedelta(days=self.count)).timestamp())} +0000"
        self.count += 1
        if parents is None:
            parents = [on] if on in self.tips else []
        parents = [self.name(parent) for parent in parents]
        text = as_bytes(message)
        lines = [
            b"commit refs/heads/%s\nmark :1" % on.encode(),
            b"author %s %s" % (person(by), (when or moment).encode()),
            b"committer %s %s" % (person(committer), (committed or when or moment).encode()),
            b"data %d\n%s" % (len(text), text),
            *(b"%s %s" % (b"merge" if n else b"from", parent.encode()) for n, parent in enumerate(parents)),
            *(b"R %s %s" % (quoted(old), quoted(new)) for old, new in (move or {}).items()),
            *(b"D " + quoted(path) for path in drop),
            *raw,
        ]
        for path, content in (write or {}).items():
            data = as_bytes(content)
            lines.append(b"M 100644 inline %s\ndata %d\n%s" % (quoted(path), len(data), data))
        start = b"" if parents else b"reset refs/heads/%s\n\n" % on.encode()
        stream = start + b"\n".join(lines) + b"\n\nget-mark :1\n"
        made = self.git("fast-import", "--quiet", "--force", "--date-format=raw", stdin=stream)
        self.tips[on] = made
        return made

    def name(self, revision: str) -> str:
        """The full name of a branch's tip or another revision."""
        return self.tips.get(revision) or self.git("rev-parse", f"{revision}^0")

    def branch(self, name: str, at: str = "main") -> None:
        """Starts a branch, or puts it elsewhere."""
        self.tips[name] = self.name(at)
        self.git("update-ref", f"refs/heads/{name}", self.tips[name])

    def merge(self, *others: str, on: str = "main", **changes: Any) -> str:
        """Merges branches. Fast-import takes the first parent's tree: the result's other files go into `changes`."""
        return self.commit("Merge", on=on, by="Mia Merger", parents=[on, *others], **changes)

    def read(self, rules: CreditRules | None = None, **options: Any) -> History:
        """The history, on the day `TODAY`."""
        return read_history(self.path, **{"today": TODAY, "rules": rules or CreditRules(), **options})


def told(history: History) -> list[str]:
    """Each contribution as "page: name role", with its rule where it is not "author", its flags, and whether by a tool."""
    lines = []
    for c in history.contributions:
        rule = "" if c.rule == "author" else f" ({c.rule})"
        flags = "".join(f" +{flag}" for flag in c.flags)
        lines.append(f"{c.page}: {c.person.name} {c.role}{rule}{flags}{' [tool]' if c.tool else ''}")
    return sorted(lines)


def left_out(history: History) -> dict[str, str]:
    """Commit → the reason why it earned nothing."""
    return {each.commit: each.reason for each in history.excluded}


def codes(history: History) -> dict[str, tuple[str, ...]]:
    """Code of each notice → its places."""
    return {notice.code: notice.places for notice in history.notices}
