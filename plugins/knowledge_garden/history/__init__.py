"""History: from a Git repository to contributions, in one streamed walk. The only room that imports GitPython."""

from knowledge_garden.history.errors import HistoryError
from knowledge_garden.history.notices import CODES
from knowledge_garden.history.read import read_history
from knowledge_garden.history.repository import find_repository

__all__ = ["CODES", "HistoryError", "find_repository", "read_history"]
