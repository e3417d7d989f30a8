"""The files for the browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.synthetic import documents
from knowledge_garden.search import SearchIndex, build, facet_labels, index_search, search_files
from knowledge_garden.search.shards import MANIFEST, TERM_BLOCK
from unit.search.making import FILLER, document, garden, searched


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return build(documents(150))


def files_of(index: SearchIndex) -> dict[str, bytes]:
    return search_files(index, lambda path: path.removesuffix(".md") + "/", {"outcome": {"failure": "It failed"}})


def test_every_word_and_posting_is_in_the_files(index: SearchIndex) -> None:
    files = files_of(index)
    manifest = json.loads(files[MANIFEST])
    folder = manifest["folder"]
    words = {}
    for number, first in enumerate(manifest["words"]):
        block = json.loads(files[f"{folder}words/{number}.json"])
        names = block["words"].split(" ")
        assert names[0] == first
        words.update(zip(names, block["terms"], strict=True))
    assert set(words) == set(index.vocabulary)
    terms = [
        term for number in range(len(manifest["terms"])) for term in json.loads(files[f"{folder}terms/{number}.json"])
    ]
    assert len(terms) == len(index.terms)
    for term, (frequency, rarity, _, flat) in zip(index.terms, terms, strict=True):
        assert (term.frequency, term.rarity) == (frequency, rarity)
        assert len(flat) == 2 * len(term.postings)
        assert sum(flat[::2]) == (term.postings[-1] >> 8 if term.postings else 0)


def test_blocks_are_small(index: SearchIndex) -> None:
    sizes = [len(content) for path, content in files_of(index).items() if "/terms/" in path]
    assert len(sizes) > 1
    assert max(sizes) < 8 * TERM_BLOCK


def test_a_document_has_what_a_result_shows(index: SearchIndex) -> None:
    files = files_of(index)
    folder = json.loads(files[MANIFEST])["folder"]
    (first,) = json.loads(files[f"{folder}documents/0.json"])
    assert first["url"] == "lessons/1990/lesson-0/"
    assert first["facets"]["outcome"] == ["failure"]
    assert [field for _, field, _ in first["sections"]][:2] == ["summary", "body"]
    facets = json.loads(files[f"{folder}facets.json"])
    assert facets["outcome"] == {"values": ["failure"], "labels": ["It failed"], "documents": [0] * 150}
    assert len(facets["cause"]["values"]) == 17


def test_the_folder_is_named_after_the_content() -> None:
    one, same, other = (build([document("a", title), *FILLER]) for title in ("A", "A", "B"))
    assert files_of(one) == files_of(same)
    assert set(files_of(one)) & set(files_of(other)) == {MANIFEST}


def test_values_are_called_as_in_garden_yml(tmp_path: Path) -> None:
    loaded = garden(tmp_path, {})
    labels = facet_labels(loaded.garden)
    assert labels["outcome"]["near-miss"] == loaded.garden.settings.outcome("near-miss").title
    assert labels["cause"]["haste"] == loaded.garden.settings.causes["haste"].title
    assert labels["community"]["harbour"] == loaded.garden.communities["harbour"].title


def test_a_link_to_what_is_not_published_gives_no_words(tmp_path: Path) -> None:
    lessons = {"a": ("A", "S.", "See [[secret]]."), "secret": ("The zeppelin", "S.", "")}
    loaded = garden(tmp_path, lessons)
    index = index_search(loaded.garden, lambda path: path != loaded.garden.lessons["secret"].path)
    assert not {"zeppelin", "secret"} & {word for each in index.documents for word in each.texts[-1][1].lower().split()}
    assert not any(b"zeppelin" in content for content in files_of(index).values())


def test_nothing_unpublished_is_in_the_files(tmp_path: Path) -> None:
    loaded = garden(tmp_path, {"secret": ("The zeppelin", "A zeppelin burned.", "It was the zeppelin.")})
    hidden = loaded.garden.lessons["secret"].path
    index = index_search(loaded.garden, lambda path: path != hidden)
    assert not any(b"zeppelin" in content for content in files_of(index).values())
    assert any(b"zeppelin" in content for content in files_of(searched(loaded)).values())
