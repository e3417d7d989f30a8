"""A page that no file of the content holds, described before it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge_garden.indexes import Indexes


def _no_values(_: Indexes) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page made from the indexes. To describe one costs nothing: its values are made when it is rendered.

    `path` is its Markdown path in the content folder ("failures/index.md"); `title` and `description` are plain text.
    `template` is looked up in the site's theme first, then in the template folders of plugins, then in the garden's own.
    `values` makes the template's variables, beside those that every template has (see `templating.render`).
    `wide` pages are shown without a table of contents. `source`: what a reader edits to change the page, a content path
    of a file ("credits.yml"), of a folder ("people/") or of a setting ("garden.yml#causes.haste"); "" for nothing.
    """

    path: str
    title: str
    description: str
    template: str
    values: Callable[[Indexes], Mapping[str, object]] = field(default=_no_values, repr=False)
    wide: bool = True
    source: str = ""
