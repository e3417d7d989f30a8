"""A page keeps its people wherever it moves: renames, branches, merges, and what Git can't see."""

import pytest

from history.repository import OTHER, TEXT, Repository, codes, edited, left_out, told
from knowledge_garden.model.contributions import CreditRules


def test_a_rename_keeps_the_writer_and_earns_nothing(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    moved = repo.commit(by="Ben", move={"a.md": "b.md"})
    history = repo.read()
    assert told(history) == ["b.md: Ann wrote"]
    assert history.pages["b.md"].former_paths == ("a.md",)
    assert str(history.pages["b.md"].updated) == "2024-01-01"
    assert left_out(history) == {moved: "moved"}


def test_a_chain_of_renames(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.commit(by="Ben", move={"a.md": "b.md"})
    repo.commit(by="Cem", write={"b.md": edited(TEXT)})
    repo.commit(by="Dee", move={"b.md": "c/d.md"})
    repo.commit(by="Eve", move={"c/d.md": "e.md"})
    history = repo.read()
    assert told(history) == ["e.md: Ann wrote", "e.md: Cem maintained"]
    assert history.pages["e.md"].former_paths == ("a.md", "b.md", "c/d.md")


def test_a_folder_that_moves_while_a_page_in_it_is_edited(repo: Repository) -> None:
    repo.commit(by="Ann", write={"old/a.md": TEXT, "old/b.md": OTHER})
    repo.commit(by="Ben", move={"old": "new"}, write={"new/a.md": edited(TEXT)})
    assert told(repo.read()) == ["new/a.md: Ann wrote", "new/a.md: Ben maintained", "new/b.md: Ann wrote"]


def test_a_rename_with_a_rewrite_is_reported_and_the_table_of_moves_mends_it(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.commit(by="Ben", drop=["a.md"], write={"b.md": OTHER})
    history = repo.read()
    assert told(history) == ["b.md: Ben wrote +possible-rename"]
    assert codes(history) == {"possible-rename": ("a.md → b.md",)}
    mended = repo.read(CreditRules(moves={"a.md": "b.md"}))
    assert told(mended) == ["b.md: Ann wrote", "b.md: Ben maintained"]
    assert mended.pages["b.md"].former_paths == ("a.md",)
    assert codes(mended) == {}


def test_a_move_that_never_happened_is_reported(repo: Repository) -> None:
    repo.commit(write={"a.md": TEXT})
    assert codes(repo.read(CreditRules(moves={"x.md": "y.md"}))) == {"move-unused": ("x.md",)}


def test_pages_that_swap_places(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.commit(by="Ben", write={"b.md": OTHER})
    repo.commit(by="Cem", write={"a.md": OTHER, "b.md": TEXT})
    repo.commit(by="Dee", write={"a.md": edited(OTHER)})
    assert told(repo.read()) == ["a.md: Ben wrote", "a.md: Dee maintained", "b.md: Ann wrote"]


def test_pages_that_change_places_in_a_ring(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": "one\n"})
    repo.commit(by="Ben", write={"b.md": "two\n"})
    repo.commit(by="Cem", write={"c.md": "three\n"})
    repo.commit(by="Dee", write={"b.md": "one\n", "c.md": "two\n", "a.md": "three\n"})
    assert told(repo.read()) == ["a.md: Cem wrote", "b.md: Ann wrote", "c.md: Ben wrote"]


def test_a_text_copied_over_another_page_is_an_edit(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": "one\n", "b.md": "two\n"})
    repo.commit(by="Ben", write={"a.md": "two\n", "b.md": "new\n"})
    assert told(repo.read()) == ["a.md: Ann wrote", "a.md: Ben maintained", "b.md: Ann wrote", "b.md: Ben maintained"]


def test_a_page_that_moves_over_another(repo: Repository) -> None:
    repo.commit(by="Ann", write={"draft.md": TEXT})
    repo.commit(by="Ben", write={"a.md": OTHER})
    repo.commit(by="Cem", move={"draft.md": "a.md"})
    history = repo.read()
    assert told(history) == ["a.md: Ann wrote"]
    assert history.pages["a.md"].former_paths == ("draft.md",)


def test_a_rename_of_case_only(repo: Repository) -> None:
    repo.commit(by="Ann", write={"Page.md": TEXT})
    repo.commit(by="Ben", move={"Page.md": "page.md"})
    assert told(repo.read()) == ["page.md: Ann wrote"]


def test_an_edit_on_a_side_branch_under_the_old_name(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.branch("side")
    repo.commit(by="Ben", move={"a.md": "b.md"})
    repo.commit(by="Cem", on="side", write={"a.md": edited(TEXT)})
    merge = repo.merge("side", write={"b.md": edited(TEXT)})
    history = repo.read()
    assert told(history) == ["b.md: Ann wrote", "b.md: Cem maintained"]
    assert left_out(history)[merge] == "merge"


SIDES = pytest.mark.parametrize(("first", "second"), [("main", "side"), ("side", "main")])
"""Which branch is the merge's first parent must not matter."""


@SIDES
def test_a_new_page_at_the_old_path_stays_apart_after_a_merge(repo: Repository, first: str, second: str) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.branch("side")
    repo.commit(by="Ben", move={"a.md": "b.md"})
    repo.commit(by="Ben", write={"a.md": OTHER})
    repo.commit(by="Cem", on="side", write={"a.md": edited(TEXT)})
    repo.commit(on="main", parents=[first, second], write={"a.md": OTHER, "b.md": edited(TEXT)})
    assert told(repo.read()) == ["a.md: Ben wrote", "b.md: Ann wrote", "b.md: Cem maintained"]


@SIDES
def test_a_deletion_on_one_side_of_a_merge(repo: Repository, first: str, second: str) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT, "b.md": OTHER})
    repo.branch("side")
    repo.commit(by="Ben", drop=["a.md"])
    repo.commit(by="Cem", on="side", write={"b.md": edited(OTHER)})
    repo.commit(parents=[first, second], drop=["a.md"] if first == "side" else (), write={"b.md": edited(OTHER)})
    repo.commit(by="Dee", write={"a.md": edited(OTHER, 8)})
    assert told(repo.read()) == ["a.md: Dee wrote +possible-rename", "b.md: Ann wrote", "b.md: Cem maintained"]


@SIDES
def test_a_swap_on_one_side_of_a_merge(repo: Repository, first: str, second: str) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.commit(by="Ben", write={"b.md": OTHER})
    repo.branch("side")
    repo.commit(by="Cem", write={"a.md": OTHER, "b.md": TEXT})
    repo.commit(by="Dee", on="side", write={"a.md": edited(TEXT)})
    repo.commit(on="main", parents=[first, second], write={"a.md": OTHER, "b.md": edited(TEXT)})
    assert told(repo.read()) == ["a.md: Ben wrote", "b.md: Ann wrote", "b.md: Dee maintained"]


def test_a_merge_of_two_renames_of_one_page(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.branch("side")
    repo.commit(by="Ben", move={"a.md": "b.md"}, write={"b.md": edited(TEXT, 1)})
    repo.commit(by="Cem", on="side", move={"a.md": "c.md"}, write={"c.md": edited(TEXT, 9)})
    repo.merge("side", write={"b.md": edited(edited(TEXT, 1), 9)})
    history = repo.read()
    assert told(history) == ["b.md: Ann wrote", "b.md: Ben maintained", "b.md: Cem maintained"]
    assert history.pages["b.md"].former_paths == ("a.md", "c.md")


def test_both_sides_add_a_page_at_one_path(repo: Repository) -> None:
    repo.commit(by="Ann", write={"index.md": TEXT})
    repo.branch("side")
    repo.commit(by="Ben", write={"a.md": TEXT})
    repo.commit(by="Cem", on="side", write={"a.md": OTHER})
    repo.merge("side", write={"a.md": TEXT + OTHER})
    assert told(repo.read()) == ["a.md: Ben wrote", "a.md: Cem wrote", "index.md: Ann wrote"]


def test_a_page_deleted_and_added_again_is_new_and_reported(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    deleted = repo.commit(by="Ben", drop=["a.md"])
    repo.commit(by="Cem", write={"a.md": OTHER})
    history = repo.read()
    assert told(history) == ["a.md: Cem wrote +possible-rename"]
    assert codes(history) == {"page-readded": ("a.md",)}
    assert left_out(history)[deleted] == "gone"
    mended = repo.read(CreditRules(moves={"a.md": "a.md"}))
    assert told(mended) == ["a.md: Ann wrote", "a.md: Cem maintained"]


def test_a_deleted_page_restored_as_it_was_keeps_its_people(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    gone = repo.commit(by="Ben", drop=["a.md"])
    repo.commit(f'Revert "Drop"\n\nThis reverts commit {gone}.', by="Cem", write={"a.md": TEXT})
    history = repo.read()
    assert told(history) == ["a.md: Ann wrote", "a.md: Cem maintained +restored +revert"]
    assert codes(history) == {}


def test_a_copy_is_a_new_page(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.commit(by="Ben", write={"b.md": TEXT})
    assert told(repo.read()) == ["a.md: Ann wrote", "b.md: Ben wrote"]


def test_a_page_that_only_a_merge_made_has_no_writer(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.branch("side")
    repo.commit(by="Ben", on="side", write={"b.md": TEXT})
    repo.commit(by="Ann", write={"a.md": edited(TEXT)})
    repo.merge("side", write={"b.md": TEXT, "evil.md": OTHER})
    repo.commit(by="Cem", write={"evil.md": edited(OTHER)})
    history = repo.read()
    assert told(history) == ["a.md: Ann maintained", "a.md: Ann wrote", "b.md: Ben wrote", "evil.md: Cem maintained"]
    assert codes(history) == {"made-in-merge": ("evil.md",)}
    assert history.pages["evil.md"].created is None


def test_an_octopus_merge(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    for name, who in (("one", "Ben"), ("two", "Cem"), ("three", "Dee")):
        repo.branch(name)
        repo.commit(by=who, on=name, write={f"{name}.md": TEXT, "a.md": edited(TEXT, len(name))})
    repo.merge("one", "two", "three", write={"one.md": TEXT, "two.md": TEXT, "three.md": TEXT, "a.md": OTHER})
    assert told(repo.read()) == [
        "a.md: Ann wrote",
        "a.md: Ben maintained",
        "a.md: Cem maintained",
        "a.md: Dee maintained",
        "one.md: Ben wrote",
        "three.md: Dee wrote",
        "two.md: Cem wrote",
    ]


def test_two_roots(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.commit(by="Ben", on="other", parents=[], write={"b.md": OTHER})
    repo.merge("other", write={"b.md": OTHER})
    assert told(repo.read()) == ["a.md: Ann wrote", "b.md: Ben wrote"]


def test_an_empty_file_is_no_evidence_of_a_rename(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": ""})
    repo.commit(by="Ben", drop=["a.md"], write={"b.md": ""})
    assert told(repo.read()) == ["b.md: Ben wrote +possible-rename"]


def test_empty_files_do_not_swap(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": "", "b.md": TEXT})
    repo.commit(by="Ben", write={"a.md": TEXT, "b.md": ""})
    assert told(repo.read()) == ["a.md: Ann wrote", "a.md: Ben maintained", "b.md: Ann wrote", "b.md: Ben maintained"]


def test_a_binary_file_moves_too(repo: Repository) -> None:
    picture = bytes(range(256)) * 8
    repo.commit(by="Ann", write={"a.png": picture})
    repo.commit(by="Ben", move={"a.png": "b.png"}, write={"b.png": picture + b"more"})
    assert told(repo.read()) == ["b.png: Ann wrote", "b.png: Ben maintained"]


def test_a_symbolic_link_is_no_page_and_a_page_that_was_one_is_new(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT, "c.md": TEXT})
    repo.commit(by="Ben", raw=[b"M 120000 inline b.md\ndata 4\na.md"])
    assert set(repo.read().pages) == {"a.md", "c.md"}
    repo.commit(by="Cem", write={"b.md": OTHER})
    repo.commit(by="Dee", raw=[b"M 120000 inline c.md\ndata 4\na.md"])
    assert told(repo.read()) == ["a.md: Ann wrote", "b.md: Cem wrote"]


def test_a_submodule_is_no_page(repo: Repository) -> None:
    first = repo.commit(by="Ann", write={"a.md": TEXT})
    added = repo.commit(by="Ben", raw=[b"M 160000 %s module" % first.encode()])
    history = repo.read()
    assert told(history) == ["a.md: Ann wrote"]
    assert left_out(history) == {added: "outside"}


def test_a_page_that_moves_into_the_content_folder_brings_its_people(repo: Repository) -> None:
    repo.commit(by="Ann", write={"notes.txt": TEXT, "unrelated.txt": OTHER})
    repo.commit(by="Ben", write={"notes.txt": edited(TEXT)})
    outside = repo.commit(by="Eve", write={"unrelated.txt": TEXT})
    repo.commit(by="Cem", move={"notes.txt": "content/a.md"})
    history = repo.read(paths=("content/**/*.md",))
    assert told(history) == ["content/a.md: Ann wrote", "content/a.md: Ben maintained"]
    assert history.pages["content/a.md"].former_paths == ("notes.txt",)
    assert left_out(history)[outside] == "outside"


def test_a_page_that_left_and_came_back(repo: Repository) -> None:
    repo.commit(by="Ann", write={"content/a.md": TEXT})
    repo.commit(by="Ben", move={"content/a.md": "attic/a.txt"}, write={"attic/a.txt": edited(TEXT)})
    repo.commit(by="Cem", move={"attic/a.txt": "content/b.md"})
    assert told(repo.read(paths=("content/**",))) == ["content/b.md: Ann wrote", "content/b.md: Ben maintained"]


@pytest.mark.parametrize(("limit", "expected"), [(2, "Ben wrote"), (3, "Ann wrote")])
def test_past_the_rename_limit_pages_look_new_and_it_is_told(repo: Repository, limit: int, expected: str) -> None:
    texts = {n: "".join(f"{n * 1000 + line} is line {line} of {n}\n" for line in range(30)) for n in range(3)}
    repo.commit(by="Ann", write={f"{n}.md": text for n, text in texts.items()})
    moved = repo.commit(
        by="Ben", drop=[f"{n}.md" for n in texts], write={f"new/x{n}.md": edited(text) for n, text in texts.items()}
    )
    history = repo.read(CreditRules(rename_limit=limit))
    assert any(line.startswith(f"new/x0.md: {expected}") for line in told(history))
    assert ("rename-limit" in codes(history)) is (limit == 2)
    if limit == 2:
        assert codes(history)["rename-limit"] == (moved,)
        assert all("possible-rename" in c.flags for c in history.contributions)
