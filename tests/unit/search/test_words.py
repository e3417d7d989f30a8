"""Words: folding, parts, forms, small words, typing errors, the thesaurus, and plain sentences of Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_garden.reading.markdown import MarkdownReader
from knowledge_garden.search.plain import sentences_of
from knowledge_garden.search.spelling import beginning_with, distance, nearest
from knowledge_garden.search.thesaurus import default_groups, read_groups
from knowledge_garden.search.tokens import (
    ADDED,
    WORD,
    fold,
    guess_language,
    other_forms,
    parts_of,
    primary,
    raw_words,
    stem,
    stopwords,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Überprüfung", "uberprufung"), ("Straße", "strasse"), ("ŁÓDŹ", "lodz"), ("Ærø", "aero"), ("plain", "plain")],
)
def test_accents_and_case_make_no_difference(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("NASA's after-action review", ["nasa", "after", "action", "review"]),
        ("The 737 MAX, in 1.5 hours", ["the", "737", "max", "in", "1", "5", "hours"]),
        ("we can’t", ["we", "cant"]),
        ("snake_case", ["snake", "case"]),
        ("x" * 41, []),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words


def test_a_word_with_a_hyphen_is_also_written_together() -> None:
    assert parts_of("whistle-blower") == (("whistle", "blower"), "whistleblower")
    assert parts_of("whistleblower") == (("whistleblower",), "")


def test_small_words_are_folded_and_known_by_language() -> None:
    for language in ("en", "de"):
        small = stopwords(language)
        assert small
        assert all(fold(word) == word for word in small)
    assert "uber" in stopwords("de")
    assert stopwords("sw") == frozenset()


def test_words_that_tell_something_are_not_small() -> None:
    assert not {"no", "not", "never", "only", "one", "all", "nobody", "without", "once"} & stopwords("en")


@pytest.mark.parametrize(("tag", "language"), [("pt-BR", "pt"), ("en", "en"), ("de_AT", "de"), ("", "en")])
def test_a_region_makes_no_other_language(tag: str, language: str) -> None:
    assert primary(tag) == language


def test_stems_by_language() -> None:
    assert stem("restoring", "en") == stem("restores", "en") == "restor"
    assert stem("prufungen", "de") == stem("prufung", "de")
    assert stem("o2", "en") == "o2"
    assert stem("kazi", "sw") == "kazi"


def test_the_language_of_a_question_is_told_by_its_small_words() -> None:
    assert guess_language(["wir", "haben", "nie", "getestet"], ("en", "de")) == "de"
    assert guess_language(["backup"], ("en", "de")) == "en"


@pytest.mark.parametrize(
    ("asked", "form"),
    [("restoring", "restore"), ("stopped", "stop"), ("copies", "copy"), ("deployments", "deploy"), ("leak", "leaks")],
)
def test_another_form_leads_to_the_one_that_is_there(asked: str, form: str) -> None:
    assert form in set(other_forms(asked))


def test_short_words_lose_no_ending() -> None:
    assert {form for form in other_forms("king") if not form.startswith("king")} == set()
    assert len(set(other_forms("king"))) == len(ADDED) - 1


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [("backup", "bakcup", 1), ("backup", "backp", 1), ("backup", "backups", 1), ("ab", "cd", 2)],
)
def test_typing_errors_are_counted(one: str, other: str, errors: int) -> None:
    assert distance(one, other, 2) == distance(other, one, 2) == errors


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_the_bound_changes_no_distance_within_it(one: str, other: str) -> None:
    exact = distance(one, other, 99)
    assert distance(one, other, exact) == exact
    assert exact == 0 or distance(one, other, exact - 1) > exact - 1


def test_the_nearest_words_are_the_most_frequent_of_the_fewest_errors() -> None:
    words = sorted(["backup", "backups", "backed", "pack", "lackup"])
    assert nearest(words, "bakcup", {"backup": 3, "backups": 9}.get) == ["backup"]
    assert nearest(sorted(["sand", "send"]), "sund", {"sand": 1, "send": 2}.get) == ["send", "sand"]


@pytest.mark.parametrize("word", ["bck", "b4ckup", "xackup", "bakcupz"])
def test_what_is_short_or_has_digits_or_another_first_letter_is_not_corrected(word: str) -> None:
    assert nearest(["backup"], word, lambda _: 1) == []


def test_long_words_may_have_two_errors() -> None:
    assert nearest(["deployment"], "deplyomnet", lambda _: 1) == ["deployment"]


def test_words_that_begin_alike() -> None:
    assert list(beginning_with(["back", "backup", "backups", "bad"], "backu")) == ["backup", "backups"]


def test_a_shipped_group_has_several_members_and_none_twice() -> None:
    groups = default_groups()
    assert len(groups) > 250
    for group in groups:
        assert len(group) > 1, group
        assert len(set(group)) == len(group), group


def test_no_shipped_member_is_lost_to_small_words() -> None:
    small = stopwords("en")
    for group in default_groups():
        for member in group:
            words = list(words_of(member))
            told = [word for word in words if word not in small]
            assert len(told) == 1 if len(words) == 1 else len(told) > 1, f"{member} in {group}"


def test_groups_are_read_with_comments() -> None:
    assert read_groups("# words\nretro, after  action review # or so\n\n,\n") == (("retro", "after action review"),)


def test_the_sentences_of_a_page_come_from_its_published_html() -> None:
    text = """One [link](x.md "t"). A *second*, with `code` and <b>tags</b>!

## What *happened* {#here}

- An item, see [[gimli-glider]] and [[other|these words]].
- Done https://example.org/path

| A | B |
|---|---|
| one | two |

```
code words
```

Snake_case stays. [^1]

[^1]: A note.
"""
    html = MarkdownReader().read(text).html
    sentences = sentences_of(html, lambda name, own: own or {"gimli-glider": "Gimli"}[name])
    assert [sentence.text for sentence in sentences] == [
        "One link.",
        "A second, with code and tags!",
        "An item, see Gimli and these words.",
        "Done",
        "A, B",
        "one, two",
        "Snake_case stays.",
        "A note.",
    ]
    assert [sentence.heading for sentence in sentences] == ["", "", *["What happened"] * 6]


@given(st.text(st.sampled_from("aZ9 -'’_.,é\n"), max_size=30))
def test_the_words_of_many_texts_are_read_alike_in_two_ways(text: str) -> None:
    found = [part for raw in raw_words(text) for word in WORD.findall(raw) for part in parts_of(word)[0]]
    assert found == list(words_of(text))


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ('<h2 id="a">A<a class="headerlink" href="#a" title="t">¶</a></h2>\n<p>B. C</p>', ["B.", "C"]),
        ('<h2 id="a">A<a href="#a" class="headerlink x">¶</a></h2><p>B</p>', ["B"]),
        (
            "<ul>\n<li>One, <em>two</em>\nthree</li>\n<li><p>Four &amp; five</p></li>\n</ul>",
            ["One, two three", "Four & five"],
        ),
        ("<p>Said “stop.” Then left.</p>", ["Said “stop.”", "Then left."]),
        ("<pre><code>x. Y</code></pre><p>After</p>", ["After"]),
        ("plain <b>words</b>", ["plain words"]),
        ("", []),
    ],
)
def test_sentences_of_html(html: str, texts: list[str]) -> None:
    assert [sentence.text for sentence in sentences_of(html, lambda name, own: own or name)] == texts
