"""A file for machines that is written beside the pages of a site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OutputFile:
    """`path` is relative to the site's folder, with forward slashes; `content` makes the bytes when it is written."""

    path: str
    content: Callable[[], bytes] = field(repr=False)
