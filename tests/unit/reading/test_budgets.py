"""Limits of structure: each is met on its border, and no text costs much, whether it is refused or not."""

import time
import tracemalloc

import pytest

from knowledge_garden.reading import MarkdownReader, budgets
from knowledge_garden.reading.budgets import too_complex

READER = MarkdownReader()


def table(columns: int, rows: int) -> str:
    return f"{'|a' * columns}|\n{'|-' * columns}|\n" + "a\n" * rows


BORDERS = {
    "signs": (lambda n: "&\n\n" * n, budgets.SIGN_LIMIT // 2, "signs of Markdown"),
    "lines": (lambda n: "\n".join("a" * n), budgets.LINES_LIMIT, "lines"),
    "paragraphs": (lambda n: "\n\n".join("a" * n), budgets.BLOCKS_LIMIT, "paragraphs"),
    "a long line": (lambda n: "a" * n, budgets.LINE_LIMIT, "characters"),
    "columns": (lambda n: table(n - 2, 1), budgets.COLUMN_LIMIT, "columns"),
    "cells": (lambda n: table(98, n), budgets.CELL_LIMIT // 100, "cells"),
    "lists on a line": (lambda n: "* " * n + "a", budgets.DEPTH_LIMIT, "nested"),
    "quotations on a line": (lambda n: "> " * n + "a", budgets.DEPTH_LIMIT, "nested"),
    "lists by indent": (lambda n: "    " * n + "- a", budgets.DEPTH_LIMIT, "nested"),
    "brackets in each other": (lambda n: "[" * n + "a" + "](a)" * n, budgets.DEPTH_LIMIT, "Brackets"),
    "open brackets": (lambda n: "[" + "a" * 5_000 + ("\n" + "[" + "a" * 5_000) * n, 27, "brackets are open"),
    "signs of a paragraph": (lambda n: "a *b\n" * n, budgets.BLOCK_SIGN_LIMIT, "A paragraph has"),
    "headings of a paragraph": (lambda n: "# a\n" * n, 1_581, "headings and rules"),
    "open tags": (lambda n: "<b \n\n" * n, 1_414, "tags of HTML"),
    "tables of contents": (lambda n: "[TOC]\n\n" * n, budgets.CONTENTS_LIMIT, "tables of contents"),
}


@pytest.mark.parametrize("name", BORDERS)
def test_a_limit_is_where_it_is_said_to_be(name: str) -> None:
    make, border, words = BORDERS[name]
    below, beyond = make(border - 1), make(border + 2)
    if name == "signs":
        below, beyond = make(2 * border - 1)[: -2 * border], make(2 * border + 2)
    assert too_complex(below) is None or words not in too_complex(below)[1]  # type: ignore[index]
    refused = too_complex(beyond)
    assert refused is not None
    assert words in refused[1]


# The smallest known texts that cost seconds or gigabytes.
KNOWN = {
    "a wide table": table(3_000, 3_000),
    "a list 249 deep": "\n".join("    " * depth + "- a" for depth in range(249)),
    "markers on a line": "* " * 490 + "a",
    "open brackets": "[" * 12_000,
    "links in each other": "[" * 400 + "a" + "](a)" * 400,
    "rules of HTML": "<hr>" * 247_500,
    "headings without lines between": "# a\n" * 15_000,
    "folded notes": "??? note\n" * 6_000,
    "links in one paragraph": "[a](b)\n" * 14_400,
    "tags that are not closed": '<b a="\n\n' * 7_000,
    "emphasis that is not closed": "***a **b *c " * 4_000,
    "ticks": "` `` ``` " * 20_000,
    "notes that are used often": "[^1]" * 20_000 + "\n\n[^1]: a",
    "a megabyte of one word": "a " * 500_000,
    "a megabyte of lines": "a\n" * 500_000,
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_costly_text_is_refused_at_once(name: str) -> None:
    tracemalloc.start()
    begun = time.process_time()
    parsed = READER.read(KNOWN[name])
    spent, (_, peak) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [unsafe.code for unsafe in parsed.unsafe] == ["too-complex"]
    assert spent < 2  # with the measuring of memory, which makes it several times slower
    assert peak < 50_000_000


# Just below the limits, where the parse takes longest.
ALLOWED = {
    "links": "\n\n".join(["[a](b)\n" * 700] * 8),
    "wiki links": "\n\n".join(["[[a]] " * 700] * 2),
    "pictures": "\n\n".join(["![a](b) " * 700] * 8),
    "emphasis": "\n\n".join(["***a **b *c " * 249] * 4),
    "code": "\n\n".join(["` `` a ``` " * 249] * 4),
    "tags": "\n\n".join(["<b>a</b>\n" * 700] * 4),
    "headings": "# a\n\n" * 4_400,
    "list items": "- a\n" * 9_900,
    "paragraphs": "a\n\n" * 4_400,
    "a table": table(50, 60),
    "nested lists": ("\n".join("    " * depth + "- a" for depth in range(19)) + "\n\n") * 59,
    "notes": "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(900)),
    "prose": ("word " * 1_900 + "\n") * 100,
    "attribute lists": "a {: .b }\n\n" * 2_000,
}


@pytest.mark.parametrize("name", ALLOWED)
def test_a_text_below_the_limits_is_not_slow(name: str) -> None:
    begun = time.process_time()
    parsed = READER.read(ALLOWED[name])
    spent = time.process_time() - begun
    assert "too-complex" not in {unsafe.code for unsafe in parsed.unsafe}
    assert spent < 3  # at most about one second on a quiet machine


def test_what_nests_too_deeply_for_python_is_refused() -> None:
    # Below all limits by its signs, deeper than Python follows: a parser's own limit is the last.
    text = "\n".join(" " * (depth * 2) + "- a" for depth in range(38))
    codes = {unsafe.code for unsafe in READER.read(text).unsafe}
    assert codes <= {"too-complex"}
    assert READER.read("a").html == "<p>a</p>"
