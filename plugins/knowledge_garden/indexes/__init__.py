"""What can be computed from a garden: names, links, failures, credit, communities, people, pages due for review."""

from knowledge_garden.indexes.registry import Index, Indexes

__all__ = ["Index", "Indexes"]
