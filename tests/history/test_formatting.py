"""White space and marks alone: on record as formatted, apart from what readers see as credit, and no review of the text."""

import pytest

from history.repository import OTHER, TEXT, Repository, edited, told
from knowledge_garden.history.texts import MOST_BYTES, only_formatting, words_changed

WRAPPED = "\n".join(line.replace(" ", "  ").rstrip() + "   " for line in TEXT.splitlines()) + "\n\n"


def test_white_space_alone_is_formatting_and_does_not_renew_the_page(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.commit(by="Ben", write={"a.md": WRAPPED})
    history = repo.read()
    assert told(history) == ["a.md: Ann wrote", "a.md: Ben formatted"]
    assert str(history.pages["a.md"].updated) == "2024-01-01"


def test_a_commit_is_formatting_on_one_page_and_an_edit_on_another(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT, "b.md": OTHER})
    repo.commit(by="Ben", write={"a.md": WRAPPED, "b.md": edited(OTHER)})
    assert told(repo.read()) == ["a.md: Ann wrote", "a.md: Ben formatted", "b.md: Ann wrote", "b.md: Ben maintained"]


def test_many_pages_of_white_space_give_no_credit_for_maintaining(repo: Repository) -> None:
    pages = {f"page-{number}.md": f"{TEXT}{number}\n" for number in range(91)}
    repo.commit(by="Ann", write=pages)
    repo.commit(by="Ben", write={path: text.replace("\n", "\n\n") for path, text in pages.items()})
    roles = {contribution.role for contribution in repo.read().contributions if contribution.person.name == "Ben"}
    assert roles == {"formatted"}


def test_co_authors_of_formatting_formatted_too_and_reviewers_reviewed(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    trailers = "Co-authored-by: Cem <cem@garden.test>\nReviewed-by: Dan <dan@garden.test>"
    repo.commit(f"Tidy\n\n{trailers}\n", by="Ben", write={"a.md": WRAPPED})
    assert told(repo.read()) == [
        "a.md: Ann wrote",
        "a.md: Ben formatted",
        "a.md: Cem formatted (trailer)",
        "a.md: Dan reviewed (trailer)",
    ]


def test_other_files_than_markdown_are_not_compared(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.txt": TEXT})
    repo.commit(by="Ben", write={"a.txt": WRAPPED})
    assert told(repo.read(paths=("*.txt",))) == ["a.txt: Ann wrote", "a.txt: Ben maintained"]


def test_a_text_too_long_to_compare_counts_as_edited(repo: Repository) -> None:
    long = TEXT * (MOST_BYTES // len(TEXT) + 1)
    repo.commit(by="Ann", write={"a.md": long})
    repo.commit(by="Ben", write={"a.md": long + "\n\n"})
    assert told(repo.read()) == ["a.md: Ann wrote", "a.md: Ben maintained"]


def test_more_texts_than_a_pipe_holds_are_read(repo: Repository) -> None:
    pages = {f"page-{number}.md": f"{TEXT * 20}{number}\n" for number in range(300)}
    repo.commit(by="Ann", write=pages)
    repo.commit(by="Ben", write={path: f"{text}\n" for path, text in pages.items()})
    roles = [contribution.role for contribution in repo.read().contributions if contribution.person.name == "Ben"]
    assert roles == ["formatted"] * 300


def test_the_cache_keeps_what_is_formatting(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.commit(by="Ben", write={"a.md": WRAPPED})
    cache = repo.path / "cache"
    first = repo.read(cache=cache)
    repo.commit(by="Cem", write={"a.md": edited(TEXT)})
    second = repo.read(cache=cache)
    assert second.commits_cached == 2
    assert told(first) == ["a.md: Ann wrote", "a.md: Ben formatted"]
    assert told(second) == [*told(first), "a.md: Cem maintained"]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (b"a b\nc", b"a\nb  c\n", True),
        (b"- a\n- b", b"* a\n* b", True),
        (b"*a* _b_ `c`", b"**a** b c", True),
        (b"# A #\n", b"## A\n", True),
        (b"> a\nb", b"a b", True),
        (b"a\r\nb\r\n", b"a\nb\n", True),
        (b"a-b", b"ab", False),
        (b"-5", b"5", False),
        (b"a", b"A", False),
        (b"a.", b"a", False),
        (b"1. a", b"2. a", False),
        (b"", b"a", False),
    ],
)
def test_only_formatting(old: bytes, new: bytes, same: bool) -> None:
    assert only_formatting(old, new) is same
    assert only_formatting(new, old) is same


def test_words_that_moved_are_neither_added_nor_removed() -> None:
    assert words_changed(b"one two three", b"three two one") == (0, 0)
    assert words_changed(b"one two", b"two two four") == (2, 1)
