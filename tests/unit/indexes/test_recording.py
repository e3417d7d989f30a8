"""What a page was made from: which questions are noted, and when their answers are no longer the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from knowledge_garden import load_garden
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.indexes.digests import NOT_DIGESTED, Digests
from knowledge_garden.indexes.recording import Recorder
from planting import TODAY, plant

FLOOD, DOCK = "lessons/2020/spring-flood.md", "lessons/2021/dry-dock.md"


def load(content: Path) -> Indexes:
    return load_garden(content, today=TODAY, with_history=False).indexes


def change(content: Path, path: str, old: str, new: str) -> Indexes:
    file = content / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return load(content)


QUESTIONS: dict[str, Any] = {
    "an item of a mapping": lambda indexes: indexes.garden.lessons["spring-flood"].title,
    "the method of an index": lambda indexes: indexes.links.to("communities/harbour.md")[0].title,
    "a mapping that a method gives": lambda indexes: indexes.garden.of("lesson")["spring-flood"].title,
    "all of a mapping": lambda indexes: [lesson.title for lesson in indexes.garden.lessons.values()],
    "an item that may be missing": lambda indexes: indexes.garden.lessons.get("spring-flood").fields.title,
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_another_answer_is_noticed(tmp_path: Path, ask: Any) -> None:
    content = plant("good", tmp_path)
    answer, answers = Recorder(load(content)).record(ask)
    assert answer == ask(load(content))
    assert Recorder(load(content)).still(answers or {})
    changed = change(content, FLOOD, "The wall that ended too soon", "Another title")
    assert answers
    assert not Recorder(changed).still(answers)


def test_what_was_not_asked_for_may_change(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    _, answers = Recorder(load(content)).record(lambda indexes: indexes.garden.lessons["dry-dock"].title)
    assert answers
    assert Recorder(change(content, FLOOD, "The wall that ended too soon", "Another title")).still(answers)


def test_what_is_missing_is_noted_too(tmp_path: Path) -> None:
    content = plant("good", tmp_path)
    _, answers = Recorder(load(content)).record(
        lambda indexes: ("new" in indexes.garden.lessons, "a.txt" in indexes.garden.files)
    )
    assert answers
    (content / "a.txt").write_text("a", encoding="utf-8")
    assert not Recorder(load(content)).still(answers)
    (content / "a.txt").unlink()
    assert Recorder(load(content)).still(answers)
    (content / "lessons/2020/new.md").write_bytes((content / FLOOD).read_bytes())
    assert not Recorder(load(content)).still(answers)


def test_what_can_not_be_told_is_not_recorded(tmp_path: Path) -> None:
    class Own:
        """An index that takes other things than texts and numbers."""

        def of(self, page: object) -> str:
            return str(page)

        def way(self) -> object:
            return lambda: None

    own = Index("own", lambda _: Own())
    loaded = load(plant("good", tmp_path))
    indexes = Indexes(loaded.whole, loaded.publication, [own])
    recorder = Recorder(indexes)
    Own.__module__ = "knowledge_garden.own"
    assert recorder.record(lambda seen: seen.own.of(seen.garden.pages[FLOOD]))[1] is None
    assert recorder.record(lambda seen: seen.own.way())[1] is None
    assert recorder.record(lambda seen: seen.own.of("text"))[1] is not None


@dataclass(frozen=True)
class Value:
    names: frozenset[str]
    by_name: Mapping[str, int]


Value.__module__ = "knowledge_garden.value"


def test_equal_values_have_equal_digests_however_they_are_held() -> None:
    word = "wor"
    same = Value(frozenset([word + "d", "other"]), MappingProxyType({word + "d": 1}))
    assert Digests().of(same) == Digests().of(Value(frozenset(["other", "word"]), MappingProxyType({"word": 1})))
    assert Digests().of(("word", "word")) == Digests().of((word + "d", "word"))
    assert Digests().of(same) != Digests().of(Value(frozenset(["other"]), MappingProxyType({"word": 1})))
    assert Digests().of(1) != Digests().of(True)


def test_a_value_without_a_form_as_bytes_is_refused() -> None:
    with pytest.raises(NOT_DIGESTED):
        Digests().of(lambda: None)
