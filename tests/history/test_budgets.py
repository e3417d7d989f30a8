"""Small commits with a huge cost: what they may cost is bounded, and what is left out for it is reported."""

import time
from pathlib import Path

import pytest

from history.repository import OTHER, TEXT, TODAY, Repository, codes, edited, told
from knowledge_garden.history import duplicates, facts, log, read_history, renames
from knowledge_garden.history.changes import sorted_changes
from knowledge_garden.history.log import Change
from knowledge_garden.history.process import Conversation
from knowledge_garden.model.contributions import CreditRules

MODE = b"100644"


def contacts(role: str, count: int, start: int = 0) -> str:
    return "".join(f"{role}: P{n} <p{n}@garden.test>\n" for n in range(start, start + count))


def moves(folder: str, count: int, line: int = 3) -> dict[str | bytes, str | bytes]:
    """Pages with texts and names of their own, some of the text changed."""
    return {f"{folder}/{folder}{n}.md": edited(TEXT.replace("own", f"own{n}"), line, folder) for n in range(count)}


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The commits whose texts Git is asked to compare."""
    asked: list[bytes] = []
    say = Conversation.say

    def heard(self: Conversation, line: bytes) -> None:
        if line.endswith(b"\nend\n"):  # and not a text that is asked for
            asked.append(line.split()[0])
        say(self, line)

    monkeypatch.setattr(Conversation, "say", heard)
    return asked


def test_texts_are_compared_for_commits_alone_that_add_and_delete(repo: Repository, compared: list[bytes]) -> None:
    repo.commit(by="Ann", write={"a.md": TEXT, "b.md": OTHER})
    repo.commit(by="Ben", move={"b.md": "c.md"})
    repo.commit(by="Cem", write={"a.md": edited(TEXT)}, drop=["c.md"])
    moved = repo.commit(by="Dee", move={"a.md": "d.md"}, write={"d.md": edited(TEXT, 5)})
    assert "d.md: Ann wrote" in told(repo.read())
    assert compared == [moved.encode()]


def test_a_commit_over_the_limit_is_not_compared_and_is_reported(repo: Repository, compared: list[bytes]) -> None:
    repo.commit(by="Ann", write=moves("a", 4))
    at_limit = repo.commit(by="Ben", drop=list(moves("a", 4)), write=moves("b", 4))
    repo.commit(by="Ben", write=moves("b", 5))
    over = repo.commit(by="Cem", drop=list(moves("b", 5)), write=moves("c", 5))
    history = repo.read(CreditRules(rename_limit=4))
    assert compared == [at_limit.encode()]
    assert codes(history)["rename-limit"] == (over,)
    assert {line.partition(": ")[2] for line in told(history)} == {"Cem wrote +possible-rename"}
    assert "c/c0.md: Ann wrote" in told(repo.read(CreditRules(rename_limit=5)))


def test_a_history_with_too_much_to_compare_falls_back_to_the_small_limit(
    repo: Repository, compared: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renames, "MOST_WORK", 17)
    for limit in ("history.renames.SMALL_LIMIT", "history.source.SMALL_LIMIT", "history.read.SMALL_LIMIT"):
        monkeypatch.setattr(f"knowledge_garden.{limit}", 2)
    cache = repo.path.parent / "cache"
    repo.commit(by="Ann", write={**moves("a", 3), "x.md": TEXT})
    first = repo.commit(by="Ben", drop=list(moves("a", 3)), write=moves("b", 3))
    small = repo.commit(by="Ben", move={"x.md": "y.md"}, write={"y.md": edited(TEXT)})
    before = repo.read(cache=cache)
    assert "rename-limit" not in codes(before)
    assert compared == [first.encode(), small.encode()]
    second = repo.commit(by="Cem", drop=list(moves("b", 3)), write=moves("c", 3))
    compared.clear()
    loaded = repo.read(cache=cache)
    assert compared == [small.encode()]
    assert codes(loaded)["rename-limit"] == tuple(sorted((first, second)))
    assert "y.md: Ann wrote" in told(loaded)
    assert loaded == repo.read()
    compared.clear()
    assert repo.read(cache=cache) == loaded
    repo.commit(by="Dee", write={"y.md": OTHER})
    assert (repo.read(cache=cache).commits_read, compared) == (1, [])


def test_too_many_helpers_of_one_commit_are_cut_and_reported(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "MOST_HELPERS", 3)
    repo.commit("x\n\n" + contacts("Tested-by", 2) * 9 + contacts("Reviewed-by", 1), write={"a.md": TEXT})
    assert "helper-limit" not in codes(repo.read())
    block = repo.commit("x\n\n" + contacts("Tested-by", 4), write={"b.md": TEXT})
    body = repo.commit(
        "x\n\n" + contacts("Tested-by", 9) + "\nprose\n\n" + contacts("Reviewed-by", 1), write={"c.md": TEXT}
    )
    history = repo.read()
    assert codes(history)["helper-limit"] == tuple(sorted((block, body)))
    assert len([line for line in told(history) if line.startswith("b.md")]) == 4
    assert len([line for line in told(history) if line.startswith("c.md")]) == 4


def test_helpers_on_very_many_pages_are_left_out_and_reported(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "MOST_HELPERS", 5)
    monkeypatch.setattr(facts, "MOST_HELP", 8)
    repo.commit("x\n\n" + contacts("Tested-by", 5), write={"small.md": TEXT})
    repo.commit("x\n\n" + contacts("Tested-by", 2), write={f"a{n}.md": f"{n}" for n in range(4)})
    assert "helper-limit" not in codes(repo.read())
    large = repo.commit("x\n\n" + contacts("Tested-by", 3), write={f"b{n}.md": f"b{n}" for n in range(4)})
    history = repo.read()
    assert codes(history)["helper-limit"] == (large,)
    assert len(history.contributions) == 1 * 6 + 4 * 3 + 4
    assert len(history.pages) == 9


def test_a_helper_named_twice_is_read_once_however_long_the_message_is(repo: Repository) -> None:
    lines = contacts("Co-authored-by", 20_000)
    repo.commit(f"x\n\n{lines}\nprose\n\n{lines}", write={"a.md": TEXT})
    assert len(repo.read().contributions) == facts.MOST_HELPERS + 1


@pytest.mark.parametrize("filler", [" ", "\t", " \t", "a ", "(", ", "])
def test_a_very_long_trailer_names_nobody(repo: Repository, filler: str) -> None:
    line = f"Reviewed-by: Ben{filler * 200_000}B"
    repo.commit(f"x\n\n{line}\n\nprose\n\n{line}\nTested-by: Cem <cem@garden.test>", write={"a.md": TEXT})
    assert told(repo.read()) == ["a.md: Ann wrote", "a.md: Cem tested (trailer)"]


def test_too_many_commits_that_look_like_picks_are_not_compared_and_are_reported(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    when = "1710000000 +0000"

    def twins(page: str, count: int) -> list[str]:
        repo.commit(by="Ann", write={page: TEXT})
        repo.branch("start")
        made = []
        for number in range(count):
            repo.branch("side", "start")
            made.append(
                repo.commit(
                    page,
                    by="Ben",
                    on="side",
                    write={page: edited(TEXT)},
                    when=when,
                    committed=f"171000{number:04} +0000",
                )
            )
            repo.merge("side", write={page: edited(TEXT)})
        return made

    first, second = twins("a.md", 2), twins("b.md", 3)
    assert len([line for line in told(repo.read()) if "Ben" in line]) == 2
    monkeypatch.setattr(duplicates, "MOST_PAGES", 9)
    history = repo.read()
    assert codes(history)["duplicate-limit"] == tuple(sorted(second))
    assert [line for line in told(history) if "Ben" in line] == ["a.md: Ben maintained"] + ["b.md: Ben maintained"] * 3
    assert first[1] in {each.commit for each in history.excluded.of("duplicate")}


def test_pages_that_swap_in_one_great_ring_are_followed() -> None:
    count = 50_000
    blobs = [b"%040d" % n for n in range(count)]
    changes = [Change(b"M", MODE, MODE, blob, blobs[n - 1], b"%d" % n, b"%d" % n) for n, blob in enumerate(blobs)]
    commit = sorted_changes(changes)
    assert (commit.edited, len(commit.moved)) == ([], count)
    assert set(commit.moved) == {(b"%d" % ((n - 1) % count), b"%d" % n, False) for n in range(count)}


def test_a_chain_that_leads_into_a_ring_is_not_part_of_it() -> None:
    blobs = {name: name * 40 for name in (b"a", b"b", b"c", b"x")}
    now = {b"a": b"b", b"b": b"a", b"c": b"a", b"x": b"c"}
    changes = [Change(b"M", MODE, MODE, blobs[name], blobs[now[name]], name, name) for name in blobs]
    commit = sorted_changes(changes)
    assert sorted(commit.moved) == [(b"a", b"b", False), (b"b", b"a", False)]
    assert sorted(path for path, _, _ in commit.edited) == [b"c", b"x"]


def test_many_pages_rewritten_in_one_commit_are_looked_at_once_each(repo: Repository) -> None:
    count = 3000
    old = {f"old/{n}.md": f"old {n} {n * n}\n" for n in range(count)}
    repo.commit(by="Ann", write=old)
    repo.commit(by="Ben", drop=list(old), write={f"new/{n}.md": f"other {n * 7}" for n in range(count)})
    history = repo.read()
    assert len(codes(history)["possible-rename"]) == count
    assert "old/7.md → new/7.md" in codes(history)["possible-rename"]


@pytest.mark.slow
@pytest.mark.parametrize("count", [9_000, 30_000])
def test_three_commits_that_add_rewrite_and_delete_all_pages_are_read_in_seconds(tmp_path: Path, count: int) -> None:
    repo = Repository(tmp_path)
    repo.commit(write={f"a/{n}.md": f"{n}\n" + TEXT.replace("own", f"{n * n}") for n in range(count)})
    repo.commit(
        drop=[f"a/{n}.md" for n in range(count)],
        write={f"b/{n}.md": f"{n}\n" + OTHER.replace("words", f"{n * n}") for n in range(count)},
    )
    repo.commit(drop=[f"b/{n}.md" for n in range(count)], write={"c.md": TEXT})
    start = time.monotonic()
    history = read_history(repo.path, today=TODAY, rules=CreditRules())
    assert time.monotonic() - start < 30
    assert told(history) == ["c.md: Ann wrote"]


def test_what_is_written_to_the_cache_is_what_a_log_says() -> None:
    assert len(log.RawCommit._fields) - 1 == log.FIELDS
