"""Globs of paths and of identities, as regular expressions over bytes or text."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence


def path_pattern(globs: Sequence[str]) -> re.Pattern[bytes]:
    """One pattern that fully matches each path, as bytes, that any of the globs matches.

    `*` and `?` stay within a folder; `**` crosses folders and `**/` may be nothing, so `content/**/*.md` matches
    `content/a.md`. Everything else stands for itself, brackets too. No glob at all matches no path.
    """
    return re.compile(b"|".join(os.fsencode(_path(glob)) for glob in globs) or rb"(?!)", re.DOTALL)


def _path(glob: str) -> str:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob.removeprefix("./").lstrip("/"))
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return "".join(known.get(part) or re.escape(part) for part in parts)


def identity_pattern(globs: Sequence[str]) -> re.Pattern[str]:
    """One pattern that fully matches each text that any of the globs matches; only `*` and `?` are special."""
    known = {"*": ".*", "?": "."}
    each = ("".join(known.get(part) or re.escape(part) for part in re.split(r"([*?])", glob)) for glob in globs)
    return re.compile("|".join(each) or r"(?!)", re.DOTALL | re.IGNORECASE)
