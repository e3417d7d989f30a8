"""Globs of paths and of identities, matched in time linear in the text, whatever the glob.

`pathspec` and a plain translation to a regular expression both try every way to divide a text among the stars of
`*a*a*a*b`, which takes minutes. Here each piece between two stars is bound to the first position where it fits (an atomic
group), which loses no match: whatever follows is again free to skip ahead.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from typing import Final

MOST_GLOBS: Final = 300
"""Globs of identities with a wildcard that are applied; names without one cost nothing, and all count."""
LONGEST_GLOB: Final = 200
"""Characters of one such glob."""


def path_pattern(globs: Sequence[str]) -> re.Pattern[bytes]:
    """One pattern that fully matches each path, as bytes, that any of the globs matches.

    `*` and `?` stay within a folder. `**` as a whole part of a path stands for any number of folders, none included, so
    `content/**/*.md` matches `content/a.md`; at the end it stands for anything below. Everything else stands for
    itself, brackets too. No glob at all matches no path.
    """
    return re.compile("|".join(_path(glob) for glob in globs).encode("latin-1") or rb"(?!)", re.DOTALL)


def _path(glob: str) -> str:
    parts = os.fsencode(glob.removeprefix("./").lstrip("/")).decode("latin-1").split("/")
    runs: list[list[str]] = [[]]
    for part in parts:
        if part != "**":
            runs[-1].append(part)
        elif runs[-1] or len(runs) == 1:
            runs.append([])
    first, *others = ["/".join(_pieces(part, "[^/]") for part in run) for run in runs]
    if not others:
        return first
    *middle, last = others
    start = f"{first}/" if first else ""
    folders = "".join(f"(?>(?:[^/]*/)*?{run}/)" for run in middle)
    return start + folders + (f"(?:.*/)?{last}" if last else ".*")


def _pieces(glob: str, one: str) -> str:
    """A glob of `*` and `?` as a pattern; `one` matches whatever `?` does."""
    first, *others = ["".join(one if c == "?" else re.escape(c) for c in piece) for piece in re.split(r"\*+", glob)]
    if not others:
        return first
    *middle, last = others
    return first + "".join(f"(?>{one}*?{piece})" for piece in middle) + f"{one}*{last}"


class IdentityGlobs:
    """Globs of tools' identities: `*` and `?` are special, case is ignored. `ignored`: those over the limits."""

    def __init__(self, globs: Iterable[str]) -> None:
        distinct = dict.fromkeys(globs)
        self._plain = {glob.casefold() for glob in distinct if not {"*", "?"} & set(glob)}
        wild = [glob for glob in distinct if {"*", "?"} & set(glob)]
        short = [glob for glob in wild if len(glob) <= LONGEST_GLOB][:MOST_GLOBS]
        self.ignored = len(wild) - len(short)
        patterns = "|".join(_pieces(glob, ".") for glob in short)
        self._pattern = re.compile(patterns or r"(?!)", re.DOTALL | re.IGNORECASE)

    def match(self, written: str, name: str, address: str) -> bool:
        """Whether a glob matches a name (as written, as shown), its `<address>`, or `name <address>`."""
        forms = (written, f"<{address}>", f"{name} <{address}>")
        return any(form.casefold() in self._plain or self._pattern.fullmatch(form) for form in forms)
