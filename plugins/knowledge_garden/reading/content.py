"""Reads the whole content folder once: every page and record, and every problem a file shows by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge_garden.locale import ENGLISH, Language, language_or_english
from knowledge_garden.model.addresses import FOLDER_PAGES
from knowledge_garden.model.declarations import DECLARATIONS_FILE, Declarations
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.garden import Page, Record
from knowledge_garden.model.messages import message
from knowledge_garden.model.outside import OUTSIDE_FILE, OutsideLinks
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.records import Kind
from knowledge_garden.model.settings import SETTINGS_FILE, Settings
from knowledge_garden.reading.attachments import TOTAL_LIMIT, refusal
from knowledge_garden.reading.declarations import read_declarations
from knowledge_garden.reading.files import ContentFile, find_files, hash_of, hash_of_all, read_bytes
from knowledge_garden.reading.kept import PageFiles
from knowledge_garden.reading.markdown import MarkdownOptions
from knowledge_garden.reading.misplaced import misplaced
from knowledge_garden.reading.outside import read_outside_links
from knowledge_garden.reading.pages import PageFile
from knowledge_garden.reading.paths import Addresses
from knowledge_garden.reading.settings import read_settings
from knowledge_garden.store import Store

UNPUBLISHED_FILES = (SETTINGS_FILE, DECLARATIONS_FILE, OUTSIDE_FILE)  # for the garden itself, not for readers


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are found, kept apart from what they mean: the folder of each kind of record."""

    folders: Mapping[Kind, str] = field(
        default_factory=lambda: {
            Kind.LESSON: "lessons",
            Kind.COMMUNITY: "communities",
            Kind.PERSON: "people",
            Kind.PARTNER: "partners",
        }
    )

    def kind(self, path: str) -> Kind | None:
        """The kind of record a file is, by its path; None for other pages. A folder's own page is none."""
        return None if path.rpartition("/")[2].removesuffix(".md") in FOLDER_PAGES else self.folder_kind(path)

    def folder_kind(self, path: str) -> Kind | None:
        """The kind of the records in whose folder a file is."""
        return next((kind for kind, folder in self.folders.items() if path.startswith(f"{folder}/")), None)


@dataclass(slots=True)
class Reading:
    """What the content folder holds. `records` by kind and slug; a duplicate keeps the first.

    `configuration`: garden.yml, credits.yml and the folder of people's records, as problems name them → SHA-256 of
    their bytes. `declaration_lines`: dotted path of a value in credits.yml → its line. `has_settings`: whether the
    settings are those of garden.yml; they are defaults where it is missing or can't be read. `setting_lines`: dotted
    path of a value in garden.yml → its line.
    """

    settings: Settings
    declarations: Declarations
    pages: dict[str, Page] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    records: dict[Kind, dict[str, Record[Fields]]] = field(default_factory=lambda: {kind: {} for kind in Kind})
    problems: list[Problem] = field(default_factory=list)
    configuration: dict[str, str] = field(default_factory=dict)
    declaration_lines: dict[str, int] = field(default_factory=dict)
    has_settings: bool = True
    setting_lines: dict[str, int] = field(default_factory=dict)
    outside: OutsideLinks = field(default_factory=OutsideLinks)
    language: Language = ENGLISH


def read_content(
    root: Path,
    *,
    top: str = "",
    layout: Layout | None = None,
    markdown: MarkdownOptions | None = None,
    store: Store | None = None,
) -> Reading:
    """Read the content folder `root`, which is `top` in its repository. Problems name files from the top.

    `markdown` are the site's extensions; without them, those of the starter. `store` keeps what each file says.
    """
    layout = layout or Layout()

    def name(path: str) -> str:
        return f"{top}/{path}" if top and path else path or top or "."

    settings, has_settings, setting_lines, problems = read_settings(root, name(SETTINGS_FILE))
    declarations, lines, declared_problems = read_declarations(root, name(DECLARATIONS_FILE))
    reading = Reading(settings, declarations, problems=problems + declared_problems, declaration_lines=lines)
    reading.has_settings, reading.setting_lines = has_settings, setting_lines
    reading.outside, outside_problems = read_outside_links(root, name(OUTSIDE_FILE))
    reading.problems += outside_problems
    reading.language = language_or_english(settings.language, settings.phrases)
    pages = PageFiles(markdown or MarkdownOptions(), reading.language, store or Store())
    files, refused = find_files(root, name)
    reading.problems += refused
    addresses = Addresses()
    for file in files:
        if file.path in UNPUBLISHED_FILES:
            reading.configuration |= hash_of(file.source, name(file.path))
        elif other := addresses.take(file.path):
            fault = message(
                "{path} has the same address on the site as {other}; it is not published.", path=file.path, other=other
            )
            reading.problems.append(problem("address-taken", name(file.path), 0, fault))
        elif file.is_text:
            data, problems = read_bytes(file.source, name(file.path))
            reading.problems += problems
            if data is not None:
                read = pages.read(data, file.path, layout.kind(file.path), name(file.path))
                _add_page(reading, file, read, layout, name(file.path))
    _read_attachments(reading, [file for file in files if addresses.owns(file.path)], name)
    people = [(file.source, name(file.path)) for file in files if layout.kind(file.path) is Kind.PERSON]
    reading.configuration |= hash_of_all(people, f"{name(layout.folders[Kind.PERSON])}/")
    return reading


def _add_page(reading: Reading, file: ContentFile, read: PageFile, layout: Layout, path: str) -> None:
    """Take in what a file says, as far as no other file has said it."""
    reading.problems += read.problems
    page = read.page
    if page is None:
        return
    reading.pages[file.path] = page
    if read.is_record and page.kind is not None:
        first = reading.records[page.kind].get(page.slug)
        if first:
            fault = message("The slug {slug} is already that of {path}.", slug=page.slug, path=first.path)
            reading.problems.append(problem("duplicate-slug", path, 0, fault))
        elif read.fields is not None:
            reading.records[page.kind][page.slug] = Record(page.kind, page, read.fields, read.lines)
            reading.problems += read.of_record
    kind = layout.folder_kind(file.path)
    folder = layout.folders.get(Kind.LESSON)
    if folder and (astray := misplaced(page, kind, folder, path)):
        reading.problems.append(astray)
        if kind is Kind.PERSON:
            del reading.pages[file.path]  # nobody can tell how its owner chose to be shown


def _read_attachments(reading: Reading, files: list[ContentFile], name: Callable[[str], str]) -> None:
    """Look at the files beside the pages; of those that are published, only so many bytes."""
    total = 0
    for file in files:
        if file.is_text:
            continue
        if reason := refusal(file):
            reading.problems.append(problem(reason.code, name(file.path), 0, reason.message, reason.hint))
            continue
        total += file.size
        if total > TOTAL_LIMIT:
            fault = message(
                "With this file the attachments have more than {limit} bytes; the rest is not published.",
                limit=TOTAL_LIMIT,
            )
            reading.problems.append(
                problem("too-large", name(file.path), 0, fault, message("Remove what no page needs."))
            )
            return
        reading.files.add(file.path)
