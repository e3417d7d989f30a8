"""One search for all: the site's search, similar lessons, needs, and the commands; pure and deterministic."""

from knowledge_garden.search.documents import Document, DocumentKind, documents_of
from knowledge_garden.search.index import SearchIndex, build, index_search
from knowledge_garden.search.ranking import Answer, Match, Result, search

__all__ = [
    "Answer",
    "Document",
    "DocumentKind",
    "Match",
    "Result",
    "SearchIndex",
    "build",
    "documents_of",
    "index_search",
    "search",
]
