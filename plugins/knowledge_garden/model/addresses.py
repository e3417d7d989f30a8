"""The address, as a Markdown path in the content folder, of every page that the garden generates."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

HOME = "index.md"
LESSONS = "lessons/index.md"
COMMUNITIES = "communities/index.md"
FAILURES = "failures/index.md"
SUCCESSES = "successes/index.md"
PEOPLE = "people/index.md"
PARTNERS = "partners/index.md"
CREDITS = "credits/index.md"
NEEDS = "needs/index.md"
FACETS = "corners/index.md"
FIELDS = "handbook/fields.md"
PROBLEMS = "handbook/problems.md"
PREMORTEMS = "premortem/index.md"

FOLDER_PAGES = ("index", "README")  # stems of the page that stands for its folder
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
RESERVED = ("index", "readme")


def is_slug(text: str) -> bool:
    """Whether a text can be the name of a page: lower-case letters and digits, with single hyphens between them.

    Also what tells a slug from a name in words. `index` and `readme` are none: they name a folder's own page.
    """
    return bool(_SLUG.match(text)) and text not in RESERVED


def as_index(path: str) -> str:
    """A content path, with a folder's README.md called its index.md: both become the same page."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}index.md" if name == "README.md" else path


def resolve(here: str, target: str) -> str:
    """The content path that a link's target means on the page at `here`; it may lead out of the content folder."""
    written = unquote(target.partition("?")[0])
    folder = "" if written.startswith("/") else posixpath.dirname(here)
    return posixpath.normpath(posixpath.join(folder, written.lstrip("/")))


def cause(key: str) -> str:
    """The page of a cause of the garden's taxonomy."""
    return f"failures/{key}.md"


def premortem(stage: str, community: str = "") -> str:
    """The page of a stage of work, or of a stage within a community."""
    return f"premortem/{stage}/{community}.md" if community else f"premortem/{stage}.md"
