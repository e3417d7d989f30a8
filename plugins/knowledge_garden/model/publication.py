"""What may be published: decided once, for each person, record, section and file. Whoever shows anything asks here.

`publish` reduces a garden to what may be shown. Pages, outputs and search are made from the reduced garden, so that what
may not be shown is not there to be shown; the private ledger and the checks alone see the whole garden.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from knowledge_garden.model.addresses import PEOPLE, is_slug
from knowledge_garden.model.attachments import withheld_files
from knowledge_garden.model.contributions import Notice
from knowledge_garden.model.garden import Garden, Page
from knowledge_garden.model.mentions import Mentions
from knowledge_garden.model.names import UNNAMED
from knowledge_garden.model.people import Contributor, Directory, directory_of
from knowledge_garden.model.records import Kind
from knowledge_garden.model.reduction import Reduction
from knowledge_garden.model.samples import sample_paths, without_sample_people

NAME_NOTICES = ("name-with-several-addresses", "address-with-several-names")
"""Notices of the history that are about people's full names."""
UNPUBLISHED = "a page that is not published"
ANONYMOUS = Contributor("anonymous", UNNAMED, UNNAMED, hidden=True)
"""Whoever had a part in a lesson that is told without names."""
_PATH = re.compile(r"[^\s'\"<>()]+\.\w+")
_PUBLIC = ("", "public")


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever a field names: what is shown, and the content path of their page, or ""."""

    name: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """What may be published of a garden.

    `garden`: the garden reduced to it. `pages` and `files`: content paths of the pages and attachments withheld.
    `samples`: content paths of the invented examples, published or not. `nameless`: pages, from the repository's top, whose writers are not named. `silent`: commits that would tell who is
    behind initials, a pseudonym or an anonymous lesson, so that they are nobody's evidence.
    """

    garden: Garden = field(repr=False)
    directory: Directory = field(repr=False)
    mentions: Mentions = field(repr=False)
    pages: frozenset[str]
    files: frozenset[str]
    samples: frozenset[str]
    nameless: frozenset[str]
    silent: frozenset[str] = field(repr=False)
    named_people: frozenset[str] = field(repr=False)
    """Slugs of the people who are shown by name."""
    _repository_paths: frozenset[str] = field(repr=False)
    _profiles: str = field(repr=False)

    def published(self, path: str) -> bool:
        """Whether the page or file at a content path is published."""
        return path not in self.pages and path not in self.files

    def beside_a_real_event(self, source: str, target: str) -> bool:
        """Whether `source` is an invented example, and `target` (both content paths) a lesson about a real event."""
        return source in self.samples and target not in self.samples and self.garden.pages[target].kind is Kind.LESSON

    def may_tell(self, file: str) -> bool:
        """Whether a path, from the repository's top, may be told: not that of a page that is or was withheld, nor one
        of the past that holds a name which is not shown."""
        if self._content_path(file) in self.garden.pages:
            return True
        profile = bool(self._profiles) and file.startswith(self._profiles)
        return not (profile or file in self._repository_paths or self.mentions.within(file))

    def is_own(self, file: str, who: Contributor) -> bool:
        """Whether a path, from the repository's top, is that of somebody's own profile."""
        return (
            bool(self._profiles) and file.startswith(self._profiles) and who.key == f"person:{PurePosixPath(file).stem}"
        )

    def _content_path(self, file: str) -> str:
        return file.removeprefix(f"{self.garden.content}/") if self.garden.content else file

    def person(self, slug: str) -> Contributor | None:
        """How the person with this slug is shown; None where there is none."""
        return self.directory.by_slug.get(slug)

    def actor(self, written: str) -> Actor:
        """How whoever a field names is shown: a person or a community by slug, or anybody in words."""
        person = self.person(written)
        if person is None and written in self.garden.communities:
            charter = self.garden.communities[written]
            return Actor(charter.title, charter.path)
        if person is None and self.directory.is_anybody(written):
            person = self.directory.named(written)
        if person is not None:
            return Actor(person.name, self.garden.people[person.slug].path if person.slug else "")
        # A slug of nobody may be that of a profile that could not be read at all.
        return Actor(UNNAMED if is_slug(written) else self.mentions.replaced(written))

    def stand_in(self, path: str) -> str:
        """What a text shows in the place of a link to the page at a content path that is withheld."""
        person = self.person(PurePosixPath(path).stem) if path.startswith(f"{posixpath.dirname(PEOPLE)}/") else None
        return person.name if person is not None else UNPUBLISHED

    def for_log(self, text: str) -> str:
        """A message of another program without the names, and the paths, of what is withheld."""
        paths = _PATH.sub(lambda match: UNPUBLISHED if self._is_withheld(match[0]) else match[0], text)
        return self.mentions.replaced(paths)

    def _is_withheld(self, written: str) -> bool:
        path = posixpath.normpath(unquote(written)).lstrip("./")
        return not self.published(self._content_path(path)) or not self.published(path)

    def evidence(self, commit: str) -> bool:
        """Whether a commit may be told as evidence: it names its author, for everybody to see."""
        return commit not in self.silent

    def group(self, people: int) -> int:
        """A number of people as it may be shown: 0 where so small a group would tell who is meant."""
        return people if people >= self.garden.settings.credit.minimum_group else 0

    def notice(self, notice: Notice) -> Notice:
        """A notice of the history without the places that would reveal somebody or something withheld."""
        if notice.code in NAME_NOTICES:
            return replace(notice, places=(), names=())
        told = [about for about in notice.places if about not in self.silent]
        visible = tuple(about for about in told if all(map(self.may_tell, about.split(" → "))))
        return replace(notice, places=visible, names=())


def restricted(page: Page) -> bool:
    """Whether a page is meant for some readers only, or may be, so that a site for all readers can't hold it."""
    audiences = [value for key, value in page.meta.items() if key.casefold() == "audience"]
    return page.unread or not all(
        audience is None or (isinstance(audience, str) and audience.strip().casefold() in _PUBLIC)
        for audience in audiences
    )


def without_names(page: Page) -> bool:
    """Whether a page is told without names; a value that can't be understood counts as such a wish."""
    return any(key.casefold() == "anonymous" and value not in (None, False) for key, value in page.meta.items())


def publish(garden: Garden, directory: Directory | None = None) -> Publication:
    """Decide what may be published of a garden. Reads nothing but the garden; takes a time linear in its size."""
    samples = sample_paths(garden)
    absent = frozenset() if garden.settings.samples else samples
    shown = without_sample_people(garden) if absent else garden
    directory = directory or directory_of(shown)
    mentions = Mentions(_names(directory))
    pages = frozenset(
        path
        for path, page in garden.pages.items()
        if path in absent or restricted(page) or (page.kind is Kind.PERSON and not _named(directory, page.slug))
    )
    files = withheld_files(garden, pages, mentions)
    nameless = frozenset(garden.file(path) for path, page in garden.pages.items() if without_names(page))
    withheld = frozenset(map(garden.file, pages))
    former = {old for path, history in garden.history.pages.items() if path in withheld for old in history.former_paths}
    return Publication(
        garden=Reduction(shown, directory, mentions, pages, files).garden(),
        directory=directory,
        mentions=mentions,
        pages=pages,
        files=files,
        samples=samples,
        nameless=nameless,
        silent=_silent(garden, directory, withheld | nameless),
        named_people=frozenset(slug for slug, person in directory.by_slug.items() if person.slug),
        _repository_paths=frozenset(withheld | former),
        # A repository that holds no garden has no profiles.
        _profiles=garden.file(f"{posixpath.dirname(PEOPLE)}/") if garden.pages else "",
    )


def _named(directory: Directory, slug: str) -> bool:
    person = directory.by_slug.get(slug)
    return person is not None and bool(person.slug)


def _names(directory: Directory) -> dict[str, str]:
    """Name, alias or slug of everybody who is not shown by name → what is shown instead."""
    names: dict[str, str] = {}
    for slug, person in directory.by_slug.items():
        if not person.slug:
            for name in (slug, person.full_name, *directory.written.get(slug, ())):
                names[name] = person.name
    return names | {key: person.name for key, person in directory.former.items()}


def _silent(garden: Garden, directory: Directory, files: frozenset[str]) -> frozenset[str]:
    return frozenset(
        contribution.commit
        for contribution in garden.history.contributions
        if contribution.page in files
        or not (who := directory.behind(contribution.person, tool=contribution.tool)).named
        or (not who.tool and who.name == UNNAMED)
    )
