"""Which pages could be mistaken for others: at the address of a generated page or an old one of a cause, or by their titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge_garden.model.addresses import as_index, cause, site_file
from knowledge_garden.model.garden import Garden, Record
from knowledge_garden.model.lesson import LessonFields
from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.settings import SETTINGS_FILE


def check_collisions(garden: Garden, generated: Iterable[str]) -> Iterator[Problem]:
    """`generated`: content paths of the pages that no file holds. A file of the same path replaces such a page on
    purpose; a file of another path that has the same address would hide it."""
    yield from _at_generated_addresses(garden, generated)
    yield from _at_old_addresses(garden, generated)
    yield from _same_titles(garden)


def _at_generated_addresses(garden: Garden, generated: Iterable[str]) -> Iterator[Problem]:
    taken = {site_file(path).casefold(): path for path in generated}
    for path in garden.pages:
        other = taken.get(site_file(path).casefold())
        if other and as_index(path) != other:
            fault = message(
                "{path} has the same address on the site as the page that the garden makes at {other}.",
                path=path,
                other=other,
            )
            hint = message("Rename it, or, to replace that page, call it {other}.", other=other)
            yield problem("address-taken", garden.file(path), 0, fault, hint)


def _at_old_addresses(garden: Garden, generated: Iterable[str]) -> Iterator[Problem]:
    """Pages at the address of an earlier key of a cause, which can't lead on then. Where no page of a cause is
    generated, none has an old address."""
    made = {site_file(path).casefold(): path for path in generated}
    own = {site_file(path).casefold(): path for path in garden.pages}
    for old, key in garden.settings.former_causes.items():
        file = site_file(cause(old)).casefold()
        other = own.get(file) or made.get(file)
        if other and cause(key) in made.values():
            fault = message(
                "{path} has the old address of the cause {key}, whose earlier key is {old}.",
                path=other,
                key=key,
                old=old,
            )
            if other in garden.pages:
                hint = message("Rename it, so that the old address leads to the cause.")
                yield problem("address-taken", garden.file(other), 0, fault, hint)
            else:
                hint = message("Remove {old} from formerly: the garden has a page of its own there.", old=old)
                yield problem("address-taken", garden.file(SETTINGS_FILE), 0, fault, hint)


def _same_titles(garden: Garden) -> Iterator[Problem]:
    """Lessons of one language that have the title of an earlier one."""
    first: dict[tuple[str, str], Record[LessonFields]] = {}
    for lesson in garden.lessons.values():
        key = (lesson.page.language.casefold(), " ".join(lesson.title.casefold().split()))
        other = first.setdefault(key, lesson)
        if other is not lesson:
            if garden.file(lesson.path) in garden.history.pages and garden.file(other.path) not in garden.history.pages:
                lesson, other = other, lesson  # the newer one is the one to change
            fault = message("{file} has the same title.", file=garden.file(other.path))
            yield problem("same-title", garden.file(lesson.path), lesson.line("title"), fault)
