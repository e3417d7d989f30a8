"""Hints: the nearest known word, whatever the order of the words, and soon enough however many they are."""

import random
import time

import pytest

from knowledge_garden.hints import SEARCH_LIMIT, Hints, Near

WORDS = ("wall", "dock", "flood", "pump", "gate", "ferry", "crane", "mooring", "sluice", "lantern")
MANY = [f"{WORDS[n % 10]}-{WORDS[n // 10 % 10]}-{n}" for n in range(10_000)]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("crane-doc-16", "crane-dock-16"),
        ("Sluice-Wall-8", "sluice-wall-8"),
        ("lantern-lantern-9999x", "lantern-lantern-9999"),
        ("x", ""),
        ("wall" * 100_000, ""),
    ],
)
def test_the_nearest_of_many_is_found(word: str, near: str) -> None:
    assert Near(MANY).to(word, cutoff=0.8) == near


def test_what_is_found_depends_on_no_order() -> None:
    asked = [f"{word[:-2]}x{word[-1]}" for word in MANY[::100]]
    shuffled = random.Random(1).sample(MANY, len(MANY))
    one, other = Near(MANY), Near(shuffled)
    assert [one.to(word) for word in asked] == [other.to(word) for word in reversed(asked)][::-1]


def test_many_mistakes_among_many_names_do_not_make_it_slow() -> None:
    begun = time.process_time()
    near = Near(MANY)
    found = [near.to(f"{word}x") for word in MANY]
    assert all(found[:SEARCH_LIMIT])
    assert not any(found[SEARCH_LIMIT:]), "beyond the limit there are no hints, so that the time stays linear"
    assert near.to(f"{MANY[0]}x"), "what was found before is found again"
    assert time.process_time() - begun < 5


def test_hints_of_several_sets_are_kept_apart() -> None:
    hints = Hints()
    assert hints.did_you_mean("wal", {"wall": 1}, {}) == "Did you mean wall?"
    assert hints.did_you_mean("wal", {"dock": 1}) == ""
    assert hints.did_you_mean("doc", {"wall": 1}, {"dock": 1}) == "Did you mean dock?"
