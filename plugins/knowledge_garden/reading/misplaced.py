"""Finds a record in a file where none is read: its folder's own page, or a lesson outside the folder of lessons."""

from __future__ import annotations

from pathlib import PurePosixPath

from knowledge_garden.model.addresses import FOLDER_PAGES
from knowledge_garden.model.garden import Page
from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.records import FIELDS, KIND_LABELS, Kind


def misplaced(page: Page, kind: Kind | None, lessons: str, repository_path: str) -> Problem | None:
    """What is wrong with a page that has the fields of a record; None where nothing is.

    `kind` is that of the records in whose folder the page is, None for other folders; `lessons` the folder of lessons.
    A lesson would be published as a page that no list, cause or community shows, and none of its fields be checked.
    """
    if kind is None and _has_required(page, Kind.LESSON):
        fault = message("The file has the fields of a lesson and is not in {folder}/.", folder=lessons)
        return problem("misplaced-lesson", repository_path, 0, fault)
    if kind and page.slug in FOLDER_PAGES and _has_required(page, kind):
        fault = message(
            "{name} is its folder's own page, so it can't be a record ({kind}).",
            name=PurePosixPath(page.path).name,
            kind=KIND_LABELS[kind],
        )
        return problem("bad-slug", repository_path, 0, fault)
    return None


def _has_required(page: Page, kind: Kind) -> bool:
    """Whether a page has all fields that a record of this kind must have."""
    return {name for name, field in FIELDS[kind].model_fields.items() if field.is_required()} <= set(page.meta)
