"""The search in the browser ranks as Python does, and transfers little."""

from __future__ import annotations

import datetime
import functools
import gzip
import http.server
import json
import random
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from evaluation.synthetic import documents
from knowledge_garden import load_garden
from knowledge_garden.search import SearchIndex, build, index_search, search, search_files
from knowledge_garden.search.shards import MANIFEST

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "plugins/knowledge_garden/theme/assets/knowledge-garden"
FIRST, FURTHER = 300_000, 100_000  # bytes; the milliseconds are printed, since a busy machine would fail the test
PAGE = "<!doctype html><title>Search</title>"


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("search")
    for name in ("search-engine.js", "search-words.js"):
        shutil.copy(SCRIPTS / name, folder / name)
    (folder / "index.html").write_text(PAGE)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def write(folder: Path, index: SearchIndex) -> dict[str, int]:
    """Write an index; path → bytes compressed as servers do it."""
    sizes = {}
    for path, content in search_files(index, lambda path: path.removesuffix(".md") + "/").items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        sizes[path] = len(gzip.compress(content, 6))
    return sizes


def opened(browser: Browser, url: str) -> Page:
    page = browser.new_page()
    page.goto(url)
    page.evaluate(
        "async (manifest) => { const { openSearch } = await import('./search-engine.js');"
        " window.engine = await openSearch(new URL(manifest, location)); }",
        MANIFEST,
    )
    return page


def asked(page: Page, question: str, **options: object) -> dict[str, Any]:
    return page.evaluate("async ([question, options]) => engine.search(question, options)", [question, options])


def misspelt(word: str, random_: random.Random) -> str:
    place = random_.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def questions(index: SearchIndex, count: int, random_: random.Random) -> list[str]:
    """Questions from the content itself: parts of sentences, titles, other forms, typing errors, beginnings of words."""
    found = []
    while len(found) < count:
        document = random_.choice(index.documents)
        source = random_.choice([document.title, *(each.text for each in document.sentences)])
        words = source.split()
        if len(words) < 3:
            continue
        start = random_.randrange(len(words) - 2)
        chosen = words[start : start + random_.randint(1, 9)]
        position = random_.randrange(len(chosen))
        if len(chosen[position]) > 4 and chosen[position].isalpha():
            change = random_.choice(
                (
                    str,
                    lambda word: misspelt(word, random_),
                    lambda word: misspelt(misspelt(word, random_), random_),
                    lambda word: word + "s",
                    lambda word: word[:-2],
                )
            )
            chosen[position] = change(chosen[position])
        found.append(" ".join(chosen))
    return found


def comparable(answer: Any) -> list[list[Any]]:
    return [
        [
            each.number,
            each.points,
            each.score,
            each.document.kind,
            each.document.key,
            each.document.title,
            [[it.asked, it.word, it.how] for it in each.matches],
            each.passage.sentence.text,
            each.passage.sentence.heading,
            each.passage.sentence.field,
            [list(mark) for mark in each.passage.marks],
        ]
        for each in (*answer.results, *answer.near)
    ]


KEYS = ("number", "points", "score", "kind", "key", "title")


def from_browser(answer: dict[str, Any]) -> list[list[Any]]:
    return [
        [
            *(each[key] for key in KEYS),
            [[it["asked"], it["word"], it["how"]] for it in each["matches"]],
            each["sentence"],
            each["heading"],
            each["field"],
            each["marks"],
        ]
        for each in (*answer["results"], *answer["near"])
    ]


def test_the_ranking_in_the_browser_is_pythons(browser: Browser, served: tuple[Path, str]) -> None:
    folder, url = served
    loaded = load_garden(ROOT / "content", today=datetime.date(2026, 1, 1), with_history=False)
    index = index_search(loaded.garden, loaded.indexes.names.published)
    write(folder, index)
    page = opened(browser, url)
    asked_for = questions(index, 100, random.Random(8))
    answered = 0
    for position, question in enumerate(asked_for):
        unfinished = position % 2 == 0
        answer = search(index, question, limit=20, unfinished=unfinished)
        theirs = asked(page, question, limit=20, unfinished=unfinished)
        assert from_browser(theirs) == json.loads(json.dumps(comparable(answer))), question
        assert bool(theirs["results"]) == bool(answer.results)
        assert sorted(theirs["matching"]) == list(answer.matching)
        answered += bool(answer.results)
    assert answered > 60
    page.close()


@pytest.mark.slow
def test_ten_thousand_lessons_transfer_little_and_are_answered_at_once(
    browser: Browser, served: tuple[Path, str]
) -> None:
    folder, url = served
    index = build(documents(10_000))
    sizes = write(folder, index)
    sizes |= {path.name: len(gzip.compress(path.read_bytes(), 6)) for path in folder.glob("*.js")}
    page = browser.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.removeprefix(url)))
    page.goto(url)
    random_ = random.Random(3)
    transferred, times = [], []
    for question in questions(index, 12, random_):
        loaded.clear()
        took = page.evaluate(
            "async ([manifest, question]) => { const started = performance.now();"
            " const { openSearch } = await import('./search-engine.js');"
            " window.engine ??= await openSearch(new URL(manifest, location));"
            " await engine.search(question, { unfinished: true });"
            " return performance.now() - started; }",
            [MANIFEST, question],
        )
        times.append(round(took))
        transferred.append(sum(sizes.get(path, 0) for path in loaded))
    page.close()
    facets = next(size for path, size in sizes.items() if path.endswith("facets.json"))
    sys.stdout.write(
        f"\n10,000 lessons: {len(sizes)} files, {sum(sizes.values())} bytes compressed, facets {facets}\n"
        f"bytes of each question: {transferred}\nmilliseconds: {times}\n"
    )
    assert transferred[0] + facets <= FIRST
    assert max(transferred[1:]) <= FURTHER
