"""A page for each year in which something happened."""

from collections.abc import Iterator, Mapping
from functools import partial

from knowledge_garden import Garden, GeneratedPage, Indexes, hookimpl


def _lessons(year: int, indexes: Indexes) -> Mapping[str, object]:
    lessons = [lesson for lesson in indexes.garden.lessons.values() if lesson.fields.date]
    lessons = [lesson for lesson in lessons if lesson.fields.date.year == year]
    return {"lessons": lessons, "decades": [(year, lessons)]}


@hookimpl
def garden_pages(garden: Garden) -> Iterator[GeneratedPage]:
    for year in sorted({lesson.fields.date.year for lesson in garden.lessons.values() if lesson.fields.date}):
        title, description = f"Lessons of {year}", f"What happened in {year}, and what it taught."
        yield GeneratedPage(f"years/{year}.md", title, description, "lessons.html", partial(_lessons, year))
