"""What can be known of a garden: names, links, failures, credit, communities, people, what is due."""

from knowledge_garden.indexes.every import Indexes, index_garden

__all__ = ["Indexes", "index_garden"]
