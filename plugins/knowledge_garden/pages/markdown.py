"""Texts of the garden inside Markdown that the garden writes: escaped, on one line, and naming nobody to a forge."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge_garden.model.garden import Garden
from knowledge_garden.pages.frame import Frame

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~!])")


def escaped(text: str) -> str:
    """A text on one line that Markdown shows as it is. Forges would tell whoever is named after an @."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split())).replace("@", "&#64;").replace("://", ":&#47;&#47;")


@dataclass(frozen=True, slots=True)
class Pages:
    """Writes links to the garden's pages. `site`: the site's address, "" for links to the files of the repository."""

    garden: Garden
    frame: Frame
    site: str = ""

    def link(self, path: str, title: str) -> str:
        """A link to the page at a content path."""
        address = f"{self.site.rstrip('/')}/{self.frame.url(path)}" if self.site else self.garden.file(path)
        return f"[{escaped(title)}](<{address}>)"
