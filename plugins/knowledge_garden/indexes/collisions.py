"""Which pages would be taken for one another: at the address of a generated page, or with the title of another lesson."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge_garden.model.addresses import as_index, site_file
from knowledge_garden.model.garden import Garden, Record
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.records import LessonFields


def check_collisions(garden: Garden, generated: Iterable[str]) -> Iterator[Problem]:
    """`generated`: content paths of the pages that no file holds. A file of the same path replaces such a page on
    purpose; a file of another path that has the same address would hide it."""
    yield from _at_generated_addresses(garden, generated)
    yield from _same_titles(garden)


def _at_generated_addresses(garden: Garden, generated: Iterable[str]) -> Iterator[Problem]:
    taken = {site_file(path).casefold(): path for path in generated}
    folders = {folder for address in taken for folder in _folders(address)}
    for path in (*garden.pages, *garden.files):
        address = site_file(path).casefold()
        other = taken.get(address) or next((taken[folder] for folder in _folders(address) if folder in taken), "")
        if address in folders or (other and as_index(path) != other):
            shown = f"the page that the garden makes at {other}" if other else "a folder of pages that the garden makes"
            message = f"{path} has the same address on the site as {shown}."
            yield problem(
                "address-taken", garden.file(path), 0, message, f"Rename it, or call it {other}." if other else ""
            )


def _folders(address: str) -> Iterator[str]:
    while "/" in address:
        address = address.rpartition("/")[0]
        yield address


def _same_titles(garden: Garden) -> Iterator[Problem]:
    """Lessons of one language that have the title of an earlier one."""
    first: dict[tuple[str, str], Record[LessonFields]] = {}
    for lesson in garden.lessons.values():
        key = (lesson.fields.language.casefold(), " ".join(lesson.title.casefold().split()))
        other = first.setdefault(key, lesson)
        if other is not lesson:
            message = f"{garden.file(other.path)} has the same title."
            yield problem("same-title", garden.file(lesson.path), lesson.line("title"), message)
