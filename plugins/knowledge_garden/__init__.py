"""Knowledge Garden: communities of practice, their lessons and everyone who helped, from Markdown under Git."""

from knowledge_garden.loading import LoadedGarden, load_garden
from knowledge_garden.model.garden import Garden, Page, Record
from knowledge_garden.model.problems import Problem, Severity

__all__ = ["Garden", "LoadedGarden", "Page", "Problem", "Record", "Severity", "load_garden"]
