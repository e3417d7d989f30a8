"""One search for all: the site's search, similar lessons, needs, and the commands; pure and deterministic."""

from knowledge_garden.search.copies import Copy, copies, same_titles
from knowledge_garden.search.describing import documents_of, text_document
from knowledge_garden.search.documents import Document, DocumentKind
from knowledge_garden.search.holders import match_holders
from knowledge_garden.search.index import SearchIndex, build, index_search
from knowledge_garden.search.labels import facet_labels
from knowledge_garden.search.needs import Holder, NeedMatch, match_needs
from knowledge_garden.search.plans import MOST_SENTENCES, Nearness, PlanMatches, Stage, match_plan, stage_of
from knowledge_garden.search.question import How
from knowledge_garden.search.ranking import Answer, Match, Result, search
from knowledge_garden.search.shards import search_files
from knowledge_garden.search.similar import Likeness, Similar

__all__ = [
    "MOST_SENTENCES",
    "Answer",
    "Copy",
    "Document",
    "DocumentKind",
    "Holder",
    "How",
    "Likeness",
    "Match",
    "Nearness",
    "NeedMatch",
    "PlanMatches",
    "Result",
    "SearchIndex",
    "Similar",
    "Stage",
    "build",
    "copies",
    "documents_of",
    "facet_labels",
    "index_search",
    "match_holders",
    "match_needs",
    "match_plan",
    "same_titles",
    "search",
    "search_files",
    "stage_of",
    "text_document",
]
