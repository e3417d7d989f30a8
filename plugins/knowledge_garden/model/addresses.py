"""The address, as a Markdown path in the content folder, of every page that the garden generates."""

from __future__ import annotations

import posixpath
import re
import unicodedata
import zlib
from collections.abc import Iterable
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
SEARCH = "search/index.md"
BRIDGES = "communities/bridges/index.md"
CALENDAR = "calendar.ics"
PEOPLE_FILE = "people/people.json"
TELL = "tell/index.md"
ACTIONS = "failures/actions/index.md"
CELEBRATE = "celebrate/index.md"
CELEBRATE_FEED = "celebrate/feed.xml"
EFFECT = "effect/index.md"
MAINTENANCE = "maintenance/index.md"
PRINCIPLES = "principles.md"

FOLDER_PAGES = ("index", "README")  # stems of the page that stands for its folder
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
RESERVED = ("index", "readme")
SLUG_LIMIT = 60  # characters of a slug that is made from a title
_NO_DECOMPOSITION = str.maketrans({"_": " ", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th"})


def is_slug(text: str) -> bool:
    """Whether a text can be the name of a page: lower-case letters and digits, with single hyphens between them.

    Also what tells a slug from a person's name. `index` and `readme` are not slugs: they name a folder's own page.
    """
    return bool(_SLUG.match(text)) and text not in RESERVED


def make_slug(name: str) -> str:
    """A slug from a title or a file's name; "" where none of its letters can be written as a to z.

    >>> make_slug("Déjà vu: it's 50% “off”")
    'deja-vu-its-50-off'
    """
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_NO_DECOMPOSITION))
    spaced = re.sub(r"[^a-z0-9\s-]", "", letters)
    slug = re.sub(r"[-\s]+", "-", spaced).strip("-")
    return slug if len(slug) <= SLUG_LIMIT else slug[: SLUG_LIMIT + 1].rpartition("-")[0] or slug[:SLUG_LIMIT]


def site_file(path: str, *, directory_urls: bool = True) -> str:
    """The file of the site's folder that a content path becomes: lessons/2017/x.md → lessons/2017/x/index.html."""
    if not path.endswith(".md"):
        return path
    folder, _, name = path.removesuffix(".md").rpartition("/")
    own = name in FOLDER_PAGES  # the folder's own page
    file = "index.html" if own else f"{name}/index.html" if directory_urls else f"{name}.html"
    return f"{folder}/{file}" if folder else file


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


def credits_of(letter: str) -> str:
    """The page of credits of the people whose names begin with a letter; "#" stands for all but A to Z."""
    return f"credits/{letter.lower() if letter.isalpha() else 'other'}.md"


def lessons_of(year: int) -> str:
    """The page that lists the lessons of a year; 0 stands for those without a date."""
    return f"lessons/{year or 'undated'}/index.md"


def premortem(stage: str, community: str = "") -> str:
    """The page of a stage of work, or of a stage within a community."""
    return f"premortem/{stage}/{community}.md" if community else f"premortem/{stage}.md"


def calendar(community: str) -> str:
    """The iCalendar file of a community's meetings."""
    return f"calendar/{community}.ics"


def people_part(number: int) -> str:
    """A part of the list of people, where it is too long for one page; parts count from 1."""
    return f"people/part/{number}.md"


def needs_part(number: int) -> str:
    """A further part of the board of needs; parts count from 2."""
    return f"needs/part/{number}.md"


def members(community: str, number: int) -> str:
    """A part of the list of a community's seats, where there are too many for its charter; parts count from 1."""
    return f"communities/{community}/seats/{number}.md"


LEADERSHIP = "leadership/index.md"
PATHS = "leadership/paths.md"
SUCCESSION = "leadership/succession.md"


def facet(dimension: str, value: str = "") -> str:
    """The page of a dimension, or of one of its values, by their slugs."""
    return f"corners/{dimension}/{value}.md" if value else f"corners/{dimension}.md"


def further(path: str, number: int) -> str:
    """A further page of a list that is too long for one: page 2 of people/index.md is people/page/2.md."""
    stem = path.removesuffix(".md")
    folder = f"{stem.removesuffix('/index')}/page" if stem.endswith("/index") else f"{stem}/page"
    return path if number == 1 else f"{folder}/{number}.md"


def unique_slugs(names: Iterable[str]) -> dict[str, str]:
    """Name → a slug of its own, for names that may be any text; none is that of a folder's own or a further page."""
    slugs: dict[str, str] = {}
    taken = {*RESERVED, "page"}
    for name in names:
        stem = slug = make_slug(name) or f"v{zlib.crc32(name.encode()):08x}"
        number = 1
        while slug in taken:
            number += 1
            slug = f"{stem}-{number}"
        taken.add(slug)
        slugs[name] = slug
    return slugs


def actions(number: int) -> str:
    """A page of the list of all actions; `number` counts from 1."""
    return ACTIONS if number == 1 else f"failures/actions/{number}.md"


def recurrence(slug: str, number: int = 1) -> str:
    """A page of a long recurrence, named by its first lesson; `number` counts from 1."""
    return f"failures/again/{slug}.md" if number == 1 else f"failures/again/{slug}/{number}.md"


def celebrations(year: int) -> str:
    """What there was to celebrate in a year."""
    return f"celebrate/{year}.md"


def effect(community: str, number: int = 1) -> str:
    """A page of the uses of a community's lessons; `number` counts from 1."""
    return f"effect/{community}.md" if number == 1 else f"effect/{community}/{number}.md"


def maintenance(community: str) -> str:
    """What a community has to care for."""
    return f"maintenance/{community}.md"
