"""The YAML reader: it never raises, is never slow, and reads the same with and without libyaml."""

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge_garden.reading import yaml as reader
from knowledge_garden.reading.frontmatter import split_document
from knowledge_garden.reading.hidden import hidden_characters
from knowledge_garden.reading.yaml import read_yaml

PIECES = [
    "a:",
    "b",
    "-",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&",
    "*",
    "!",
    "|",
    ">",
    "'",
    '"',
    "#",
    "%",
    "@",
    "?",
    "<<",
    "no",
    "on",
    "1",
    "2012-08-01",
    "---",
    "...",
    "é",
    ":",
    "~",
    "!!int",
    "!!python/object:x",
]
texts = st.lists(st.sampled_from([*PIECES, " ", "  ", "\n", "\n  ", "\t", ": "]), max_size=30).map("".join)


@given(st.one_of(st.text(), texts))
def test_no_text_makes_it_raise(text: str) -> None:
    values = read_yaml(text, "here", 2)
    last = 2 + text.count("\n") + 1
    for each in values.problems:
        assert each.path == "here"
        assert 2 <= each.line <= last
        assert each.hint
    assert all(2 <= line <= last for line in values.lines.values())


@given(st.one_of(st.text(), texts))
def test_no_text_loses_its_body(text: str) -> None:
    document = split_document(f"---\na: 1\n---\n{text}", "here")
    assert document.body == text.lstrip("\n")
    unclosed = split_document(text, "here")
    assert text.endswith(unclosed.body)


@given(texts)
def test_both_loaders_read_the_same(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        with_c = read_yaml(text, "here")
        patch.setattr(reader, "_Loader", yaml.SafeLoader)
        without = read_yaml(text, "here")
    if not with_c.problems and not without.problems:
        assert with_c.data == without.data
        assert with_c.lines == without.lines


@given(st.dictionaries(st.text(st.characters(codec="ascii", categories=["L"]), min_size=1), st.text(), max_size=4))
def test_what_was_dumped_is_read_back(data: dict[str, str]) -> None:
    values = read_yaml(yaml.safe_dump(data, allow_unicode=False), "here")
    assert {found.code for found in values.problems} <= {"hidden-text"}
    assert bool(values.problems) == any(any(hidden_characters(text)) for text in data.values())
    assert values.data == (data or {})


N = 50_000
SLOW = {
    "deep lists": "a: " + "[" * N,
    "deep mappings": "a: " + "{a: " * (N // 4),
    "deep in a duplicate": "a: 1\na: " + "[" * N,
    "deep in a key": "? " + "[" * N,
    "anchors": "&a " * (N // 3),
    "dashes": "- " * (N // 2),
    "question marks": "? " * (N // 2),
    "a long key": "a" * N + ": b",
    "many keys": "\n".join(f"k{n}: 1" for n in range(N // 8)),
    "the same key": "a: 1\n" * (N // 5),
    "steps": "\n".join(" " * n + "a:" for n in range(300)),
}


@pytest.mark.parametrize("name", SLOW)
def test_no_text_makes_it_slow(name: str) -> None:
    begun = time.process_time()
    read_yaml(SLOW[name], "here")
    assert time.process_time() - begun < 5


def test_a_bomb_of_aliases_does_not_grow() -> None:
    text = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(20))
    values = read_yaml(text, "here")
    assert {each.code for each in values.problems} == {"yaml-alias"}
    assert values.data["b9"] == [None, None, None]
