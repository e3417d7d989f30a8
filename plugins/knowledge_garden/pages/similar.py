"""Which lessons a lesson's page names as similar, and why."""

from __future__ import annotations

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.model.lesson import RELATIONS
from knowledge_garden.model.links import LinkForm
from knowledge_garden.search import Similar


def linked_lessons(indexes: Indexes, lesson: Lesson) -> set[str]:
    """The slugs of the lessons that a lesson's page names already, by a relation or a link, in either direction."""
    named = {slug for relation in RELATIONS for slug in getattr(lesson.fields, relation)}
    for link in lesson.page.links:
        named.add(link.target.rpartition("/")[2].removesuffix(".md") if link.form is not LinkForm.IMAGE else "")
    return named | {
        backlink.source.rpartition("/")[2].removesuffix(".md") for backlink in indexes.links.to(lesson.path)
    }


def similar_lessons(indexes: Indexes, lesson: Lesson) -> tuple[Similar, ...]:
    """Up to five lessons like this one that its page does not name, best first. Needs the index `likeness`."""
    passed_over = linked_lessons(indexes, lesson)
    if not lesson.fields.sample:  # nothing invented beside a real event
        passed_over |= {path.rpartition("/")[2].removesuffix(".md") for path in indexes.publication.samples}
    similar: tuple[Similar, ...] = indexes.likeness.of(lesson.slug, passed_over)
    return similar
