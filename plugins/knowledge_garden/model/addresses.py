"""Where pages stand: the address, as a Markdown path in the content folder, of everything the garden generates.

One home for these, so that the link check knows the generated pages without building them.
"""

from __future__ import annotations

HOME = "index.md"
LESSONS = "lessons/index.md"
COMMUNITIES = "communities/index.md"
FAILURES = "failures/index.md"
PEOPLE = "people/index.md"
PARTNERS = "partners/index.md"
CREDITS = "credits/index.md"
NEEDS = "needs/index.md"
CORNERS = "corners/index.md"
FIELDS = "handbook/fields.md"
PROBLEMS = "handbook/problems.md"

GENERATED = (LESSONS, COMMUNITIES, FAILURES, PEOPLE, PARTNERS, CREDITS, NEEDS, CORNERS, FIELDS, PROBLEMS)


def cause(key: str) -> str:
    """The page of a cause of the garden's taxonomy."""
    return f"failures/{key}.md"
