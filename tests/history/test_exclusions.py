"""What earns nothing, and says why: merges, ignored revisions, duplicates, moves; reverts stay and are linked."""

import pytest

from history.repository import OTHER, TEXT, Repository, codes, edited, left_out, told
from knowledge_garden.model.contributions import CreditRules, Exclusion, Exclusions


def test_an_empty_commit(repo: Repository) -> None:
    repo.commit(write={"a.md": TEXT})
    empty = repo.commit(by="Ben")
    assert left_out(repo.read()) == {empty: "empty"}


def test_a_change_of_permissions_alone(repo: Repository) -> None:
    repo.commit(write={"a.md": TEXT})
    blob = repo.git("rev-parse", "main:a.md")
    mode = repo.commit(by="Ben", raw=[b"M 100755 %s a.md" % blob.encode()])
    history = repo.read()
    assert told(history) == ["a.md: Ann wrote"]
    assert left_out(history) == {mode: "mode"}


def test_commits_outside_the_content(repo: Repository) -> None:
    repo.commit(write={"content/a.md": TEXT})
    outside = repo.commit(by="Ben", write={"src/code.py": TEXT, "content/picture.svg": OTHER})
    both = repo.commit(by="Cem", write={"src/code.py": OTHER, "content/a.md": edited(TEXT)})
    history = repo.read(paths=("content/**/*.md",))
    assert told(history) == ["content/a.md: Ann wrote", "content/a.md: Cem maintained"]
    assert left_out(history) == {outside: "outside"}
    assert both in {c.commit for c in history.contributions}
    assert history.excluded.counts == {"outside": 1}


def test_commits_whose_pages_are_gone(repo: Repository) -> None:
    kept = repo.commit(write={"a.md": TEXT})
    first = repo.commit(write={"b.md": OTHER})
    second = repo.commit(drop=["b.md"])
    history = repo.read()
    assert {c.commit for c in history.contributions} == {kept}
    assert left_out(history) == {first: "gone", second: "gone"}


def test_an_ignored_revision_is_left_out_and_its_renames_are_followed(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    bulk = repo.commit(by="Ben", move={"a.md": "b.md"}, write={"b.md": edited(TEXT), "new.md": OTHER})
    repo.commit(by="Cem", write={".git-blame-ignore-revs": f"# bulk\n\n{bulk} # by a script\n"})
    history = repo.read(paths=("*.md",))
    assert told(history) == ["b.md: Ann wrote"]
    assert left_out(history)[bulk] == "ignored"
    assert str(history.pages["b.md"].updated) == "2024-01-01"
    assert str(history.pages["new.md"].created) == "2024-01-02"
    assert set(history.configuration) == {".git-blame-ignore-revs"}
    assert codes(history) == {}


def test_bad_lines_of_the_ignore_file_are_told(repo: Repository) -> None:
    first = repo.commit(write={"a.md": TEXT})
    stranger = "0" * 40
    repo.commit(write={"skip": f"{first[:10]}\nnonsense\n{stranger}\n{first.upper()}\n"})
    history = repo.read(CreditRules(ignore_revs="skip"), paths=("*.md",))
    assert told(history) == []
    assert codes(history) == {"ignore-revs-line": ("skip:1", "skip:2"), "ignore-revs-unknown": (stranger,)}


def test_a_missing_ignore_file_is_told_when_it_was_named(repo: Repository) -> None:
    repo.commit(write={"a.md": TEXT})
    assert codes(repo.read()) == {}
    assert codes(repo.read(CreditRules(ignore_revs=""))) == {}
    assert codes(repo.read(CreditRules(ignore_revs="skip"))) == {"ignore-revs-missing": ("skip",)}


def test_a_commit_of_many_pages_is_flagged_never_left_out(repo: Repository) -> None:
    repo.commit(write={f"{n}.md": TEXT for n in range(3)})
    commit = repo.commit(by="Ben", write={f"{n}.md": edited(TEXT) for n in range(3)})
    assert {c.flags for c in repo.read(CreditRules(bulk=3)).contributions} == {()}
    history = repo.read(CreditRules(bulk=2))
    assert {c.flags for c in history.contributions} == {("bulk",)}
    assert commit in codes(history)["bulk-commit"]
    assert {c.flags for c in repo.read(CreditRules(bulk=0)).contributions} == {()}


@pytest.mark.parametrize(
    ("edits", "pages", "flagged"), [(20, 20, False), (21, 21, True), (21, 43, False), (22, 43, True)]
)
def test_a_commit_that_edits_most_of_a_garden_is_bulk(repo: Repository, edits: int, pages: int, flagged: bool) -> None:
    repo.commit(write={f"{n}.md": TEXT for n in range(pages)})
    commit = repo.commit(by="Ben", write={f"{n}.md": edited(TEXT) for n in range(edits)})
    history = repo.read()
    assert {c.flags for c in history.contributions if c.person.name == "Ben"} == {("bulk",) if flagged else ()}
    assert codes(history) == ({"bulk-commit": (commit,)} if flagged else {})
    assert {c.flags for c in repo.read(CreditRules(bulk=0)).contributions} == {()}


def test_a_revert_and_what_it_reverts_are_linked(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    edit = repo.commit(by="Ben", write={"a.md": edited(TEXT)})
    revert = repo.commit(f'Revert "A change"\n\nThis reverts commit {edit}.\n', by="Cem", write={"a.md": TEXT})
    history = repo.read()
    assert told(history) == ["a.md: Ann wrote", "a.md: Ben maintained +reverted", "a.md: Cem maintained +revert"]
    assert {c.person.name: c.related for c in history.contributions} == {
        "Ann": (),
        "Ben": (("reverted-by", revert),),
        "Cem": (("reverts", edit),),
    }


def test_a_revert_of_a_revert_puts_the_first_commit_in_force(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    edit = repo.commit(by="Ben", write={"a.md": edited(TEXT)})
    first = repo.commit(f"Undo\n\nThis reverts commit {edit}.", by="Cem", write={"a.md": TEXT})
    second = repo.commit(f"Redo\n\nThis reverts commit {first}.", by="Dee", write={"a.md": edited(TEXT)})
    history = repo.read()
    assert told(history) == [
        "a.md: Ann wrote",
        "a.md: Ben maintained",
        "a.md: Cem maintained +revert +reverted",
        "a.md: Dee maintained +revert",
    ]
    assert ("reverted-by", second) in history.contributions[2].related


def test_a_cherry_pick_that_names_its_source_counts_once(repo: Repository) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT})
    repo.branch("release")
    source = repo.commit(by="Ben", write={"a.md": edited(TEXT)})
    pick = repo.commit(
        f"A change\n\n(cherry picked from commit {source})", by="Ben", on="release", write={"a.md": edited(TEXT)}
    )
    repo.merge("release", write={"a.md": edited(TEXT)})
    history = repo.read()
    assert told(history) == ["a.md: Ann wrote", "a.md: Ben maintained"]
    assert list(history.excluded.of("duplicate")) == [Exclusion(pick, "duplicate", source)]
    assert history.contributions[1].related == (("picked-as", pick),)


@pytest.mark.parametrize("extra", ["", "b.md"])
def test_a_rebased_commit_whose_old_form_stayed_counts_once(repo: Repository, extra: str) -> None:
    """`extra`: the two commits are not the same change after all."""
    repo.commit(by="Ann", write={"a.md": TEXT, "b.md": TEXT})
    repo.branch("side")
    when = "1710000000 +0000"
    change = {"a.md": edited(TEXT), "b.md": edited(TEXT, 7)}
    first = repo.commit("Tend", by="Ben", write=change, when=when, committed="1710000001 +0000")
    repo.commit(by="Ann", on="side", write={"c.md": OTHER})
    other = change | ({extra: edited(TEXT, 9)} if extra else {})
    second = repo.commit("Tend", by="Ben", on="side", write=other, when=when, committed="1710000009 +0000")
    repo.merge("side", write={**other, "c.md": OTHER})
    history = repo.read()
    ben = [line for line in told(history) if "Ben" in line]
    if extra:
        assert len(ben) == 4
    else:
        assert ben == ["a.md: Ben maintained", "b.md: Ben maintained"]
        assert {c.commit for c in history.contributions if c.person.name == "Ben"} == {first}
        assert list(history.excluded.of("duplicate")) == [Exclusion(second, "duplicate", first)]


def test_a_pick_from_a_commit_that_is_not_here_counts(repo: Repository) -> None:
    repo.commit(write={"a.md": TEXT})
    repo.commit(f"Pick\n\n(cherry picked from commit {'1' * 40})", by="Ben", write={"a.md": edited(TEXT)})
    assert told(repo.read()) == ["a.md: Ann wrote", "a.md: Ben maintained +cherry-pick"]


def test_a_pick_for_another_page_counts_there(repo: Repository) -> None:
    repo.commit(by="Ann", write={"v1/a.md": TEXT, "v2/a.md": TEXT})
    source = repo.commit(by="Ben", write={"v1/a.md": edited(TEXT)})
    repo.commit(f"Also for v2\n\n(cherry picked from commit {source})", by="Ben", write={"v2/a.md": edited(TEXT)})
    assert told(repo.read()) == [
        "v1/a.md: Ann wrote",
        "v1/a.md: Ben maintained",
        "v2/a.md: Ann wrote",
        "v2/a.md: Ben maintained +cherry-pick",
    ]


def test_an_uncommitted_page_has_no_history(repo: Repository) -> None:
    repo.commit(write={"a.md": TEXT})
    (repo.path / "b.md").write_text(OTHER)
    repo.git("add", "b.md")
    assert set(repo.read().pages) == {"a.md"}


def test_exclusions_are_a_sequence() -> None:
    names = (bytes([1] * 20), bytes([2] * 20))
    held = Exclusions((("merge", names[0]), ("outside", names[0] + names[1])))
    assert len(held) == 3
    assert held[0] == Exclusion("01" * 20, "merge")
    assert held[-1] == Exclusion("02" * 20, "outside")
    assert [each.reason for each in held[1:]] == ["outside", "outside"]
    assert held.counts == {"merge": 1, "outside": 2}
    assert Exclusion("01" * 20, "merge") in held
