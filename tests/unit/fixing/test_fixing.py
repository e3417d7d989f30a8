"""What is safe to fix is fixed, everything else is left alone to the byte, and a second run finds nothing to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge_garden import load_garden
from knowledge_garden.fixing import FixedFile, fix_garden, write_fixed
from knowledge_garden.fixing.dates import usual_date
from knowledge_garden.fixing.encoding import fix_encoding
from knowledge_garden.hints import Near
from knowledge_garden.locale import ENGLISH, language_of
from planting import NAMES, TODAY, plant

LESSON = """---
title: A wall with a gap
summary: Water came round the end.
outcome: failure
communities: [harbour]
causes: [unclear-duty]
date: 2020-03-10
---
## Context
A wall.

See [[spring-flood]] and [the dock](../2021/dry-dock.md).
"""
PATH = "lessons/2020/broken.md"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return plant("good", tmp_path)


def fix(content: Path, text: str | bytes, path: str = PATH) -> tuple[str, list[str]]:
    """The fixed text of one file, with what was done; nothing else may change."""
    data = text.encode() if isinstance(text, str) else text
    (content / path).write_bytes(data)
    fixed = fix_garden(content, top="content", generated=["lessons/index.md"])
    assert [file.path for file in fixed] in ([], [f"content/{path}"])
    if not fixed:
        return data.decode(), []
    (content / path).write_bytes(fixed[0].after)
    assert fix_garden(content, top="content", generated=["lessons/index.md"]) == [], "a second run finds nothing"
    return fixed[0].after.decode(), [f"{fix.line}: {fix.message}" for fix in fixed[0].fixes]


# What is written in the place of a part of the lesson, and what that becomes. The rest must stay as it is.
FIXED = [
    ("title: A wall with a gap", "title: “A wall with a gap”", 'title: "A wall with a gap"'),
    ("title: A wall with a gap", "title: “Walls: a gap”", 'title: "Walls: a gap"'),
    ("title: A wall with a gap", "title: Walls: a gap", 'title: "Walls: a gap"'),
    ("title: A wall with a gap", 'title: Walls: a "gap"', "title: 'Walls: a \"gap\"'"),
    ("title: A wall", "title:\u00a0A wall", "title: A wall"),
    ("title: A wall", "title: A\u200b wa\ufeffll", "title: A wall"),
    ("outcome: failure", "outcome:failure", "outcome: failure"),
    ("outcome: failure", "Outcome: Failure", "outcome: failure"),
    ("outcome: failure", 'outcome: "Near Miss"', 'outcome: "near-miss"'),
    ("outcome: failure", "outcome: failure\nseverity: HIGH", "outcome: failure\nseverity: high"),
    ("outcome: failure", "outcome: failure\norigin:\n\tplace: north", "outcome: failure\norigin:\n  place: north"),
    ("outcome: failure", "outcome: failure\norigin: {place: North}", "outcome: failure\norigin: {place: north}"),
    ("outcome: failure", "outcome: failure\ntold_by: [Rosa-Canina]", "outcome: failure\ntold_by: [rosa-canina]"),
    ("[harbour]", "[Harbor]", "[harbour]"),
    ("[harbour]", "['harbuor']", "['harbour']"),
    ("[unclear-duty]", "[Unclear Duty, haste]", "[unclear-duty, haste]"),
    ("[unclear-duty]", "[unclear_dutty]", "[unclear-duty]"),
    ("date: 2020-03-10", "date: 10 March 2020", "date: 2020-03-10"),
    ("date: 2020-03-10", "date: “2020-03-10”", 'date: "2020-03-10"'),
    ("date: 2020-03-10", "date: 10.03.2020 # then", "date: 2020-03-10 # then"),
    ("causes:", "recurs: [Spring-Flod]\ncauses:", "recurs: [spring-flood]\ncauses:"),
    ("[[spring-flood]]", "[[spring-flod|the flood]]", "[[spring-flood|the flood]]"),
    ("[[spring-flood]]", "[[lessons/spring-flod]]", "[[lessons/spring-flood]]"),
    ("(../2021/dry-dock.md)", "(dry-dock.md#context)", "(../2021/dry-dock.md#context)"),
    ("(../2021/dry-dock.md)", "(../2021/Dry-Dok.md)", "(../2021/dry-dock.md)"),
    ("A wall.", "We need:\n- sand\n- stone", "We need:\n\n- sand\n- stone"),
    ("A wall.", "A wall.\n1. sand\n2. stone", "A wall.\n\n1. sand\n2. stone"),
    ("A wall.", "-\u00a0sand\n- stone", "- sand\n- stone"),
]


@pytest.mark.parametrize(("part", "broken", "expected"), FIXED)
def test_it_is_fixed_and_nothing_else_changes(content: Path, part: str, broken: str, expected: str) -> None:
    assert LESSON.count(part) == 1
    text, done = fix(content, LESSON.replace(part, broken))
    assert text == LESSON.replace(part, expected)
    line = text[: text.index(expected)].count("\n") + 1
    assert done
    assert all(line <= int(what.partition(":")[0]) <= line + expected.count("\n") for what in done), done


# What could mean several things, or is meant as it is.
LEFT = [
    ("date: 2020-03-10", "date: 03/04/2020"),
    ("date: 2020-03-10", "date: soon"),
    ("date: 2020-03-10", "date: 31 June 2020"),
    ("title: A wall", "title: A “wall” of\u00a0stone"),
    ("title: A wall with a gap", 'title: "A wall'),
    ("title: A wall with a gap", "title: Walls: a gap\ntags: [sea"),
    ("title: A wall with a gap", "title: |\n  Walls:\tgap"),
    ("outcome: failure", "outcome: bad"),
    ("outcome: failure", "outcome: failure\nOutcome: success"),
    ("outcome: failure", "outcome: failure\nnote:something"),
    ("outcome: failure", "outcome: failure\ntold_by: [rosa-canin]"),
    ("outcome: failure", "outcome: failure\nrecurs: [spring-flood-2]"),
    ("[harbour]", "[haven]"),
    ("[harbour]", "&a [harbour]"),
    ("[[spring-flood]]", "[[rosa-canin]]"),
    ("[[spring-flood]]", "`[[spring-flod]]` and [[spring-flod]]"),
    ("[[spring-flood]]", "`\u200a` \u202eturned\u202c"),
    ("(../2021/dry-dock.md)", "(../lessons/index.md)"),
    ("(../2021/dry-dock.md)", "(https://example.org/dry-dok.md)"),
    ("A wall.", "In the year\n1985. A wall - or two\n- was built."),
    ("A wall.", "```\nWe need:\n- sand\n- stone\n##\u00a0x\n```"),
    ("A wall.", "<<<<<<< ours\nA\r\n=======\nB\n>>>>>>> theirs"),
    ("A wall.", "A wall.\x00\r\n"),
]


@pytest.mark.parametrize(("part", "written"), LEFT)
def test_what_is_in_doubt_is_left_alone(content: Path, part: str, written: str) -> None:
    assert LESSON.count(part) == 1
    text = LESSON.replace(part, written)
    assert fix(content, text) == (text, [])


def test_a_mark_and_line_ends_are_fixed_in_every_text(content: Path) -> None:
    text, done = fix(content, b"\xef\xbb\xbf" + LESSON.replace("\n", "\r\n").encode())
    assert text == LESSON
    assert done == ["1: Changed 12 line ends to LF.", "1: Removed the byte-order mark."]
    text, done = fix(content, "name: “Harbour”\r\nCauses:\n\thaste: Haste\n", "garden.yml")
    assert text == 'name: "Harbour"\ncauses:\n  haste: Haste\n'


@pytest.mark.parametrize(
    "text",
    [
        "Note:\n\n---\ntitle: A wall\nsources:\n- The log\n- The board\n---\nText.\n",
        "---\ntitle: A wall\nsources:\n- The log\n- The board\n\nText without a closing line.\n",
    ],
    ids=["late", "not closed"],
)
def test_fields_whose_fences_went_wrong_are_not_taken_for_text(content: Path, text: str) -> None:
    assert fix(content, text) == (text, [])


@pytest.mark.parametrize("data", [b"\xff\xfea\x00", b"a\xe9\r\n", b"a\x00\r\n", b"\r\n" * 600_000])
def test_a_file_that_is_not_text_is_left_alone(content: Path, data: bytes) -> None:
    assert fix_encoding(data) is None
    (content / PATH).write_bytes(data)
    assert fix_garden(content) == []


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2020/3/9", "2020-03-09"),
        ("2020.03", "2020-03"),
        ("9.3.2020", "2020-03-09"),
        ("25/12/2020", "2020-12-25"),
        ("12/25/2020", "2020-12-25"),
        ("7/7/2020", "2020-07-07"),
        ("03/2020", "2020-03"),
        ("March 2020", "2020-03"),
        ("Mar 9, 2020", "2020-03-09"),
        ("9th of March 2020", ""),
        ("9 März 2020", "2020-03-09"),
        ("9. Mär. 2020", "2020-03-09"),
        ("4/5/2020", ""),
        ("30.02.2020", ""),
        ("about 2020", ""),
        ("13/13/2020", ""),
    ],
)
def test_dates(written: str, date: str) -> None:
    assert usual_date(written, language_of("de")) == date
    if "ä" in written:
        assert usual_date(written, ENGLISH) == ""


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Harbour", "harbour"),
        ("harbor", "harbour"),
        ("hasty", "haste"),
        ("unit-3", ""),
        ("unit-1", "unit-1"),
        ("alpha-test", ""),  # as near to one as to the other
        ("zebra", ""),
    ],
)
def test_a_name_is_only_taken_where_one_can_be_meant(word: str, name: str) -> None:
    assert Near(["harbour", "haste", "unit-1", "alpha-text", "alpha-tent", "harmless"]).only(word) == name


@pytest.mark.parametrize("name", NAMES)
def test_a_garden_is_not_worse_when_it_is_fixed_and_a_second_run_changes_nothing(name: str, tmp_path: Path) -> None:
    content = plant(name, tmp_path)
    before = load_garden(content, today=TODAY, with_history=False)
    generated = [page.path for page in before.pages]
    fixed = fix_garden(content, top="content", generated=generated)
    for file in fixed:
        write_fixed(content, file)
    after = load_garden(content, today=TODAY, with_history=False)
    assert fix_garden(content, top="content", generated=generated) == []
    if fixed and name != "key-case":  # that one fixes a choice to be hidden, which then is kept
        # What could not be read at all may show more once it can.
        unreadable = {problem.path for problem in before.problems if problem.code.startswith(("yaml", "not-utf8"))}
        worse = {(each.path, each.code) for each in after.problems} - {
            (each.path, each.code) for each in before.problems
        }
        assert {
            each
            for each in worse
            if each[0] not in unreadable and each[1] not in ("copied-lesson", "possible-recurrence")
        } == set()


def test_a_file_is_written_whole_with_its_mode_and_only_if_it_is_still_the_same(content: Path) -> None:
    source = content / PATH
    source.write_bytes(b"\xef\xbb\xbfa")
    source.chmod(0o640)
    file = FixedFile("x.md", source, b"\xef\xbb\xbfa", b"a", ())
    write_fixed(content, file)
    assert (source.read_bytes(), source.stat().st_mode & 0o777) == (b"a", 0o640)
    with pytest.raises(OSError, match="was changed"):
        write_fixed(content, file)
    assert [each.name for each in source.parent.iterdir() if each.name.startswith(".")] == []


def test_no_symbolic_link_is_followed(content: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_bytes(b"\xef\xbb\xbfa\r\n")
    (content / "a.md").symlink_to(outside / "a.md")
    (content / "folder").symlink_to(outside)
    assert fix_garden(content) == []
    for source in (content / "a.md", content / "folder" / "a.md"):
        with pytest.raises(OSError, match="behind a symbolic link"):
            write_fixed(content, FixedFile("a.md", source, source.read_bytes(), b"", ()))
    assert (outside / "a.md").read_bytes() == b"\xef\xbb\xbfa\r\n"


def test_a_failure_leaves_the_file_as_it_was(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = content / PATH
    source.write_bytes(b"ab")

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_fixed(content, FixedFile("x.md", source, b"ab", b"a", ()))
    assert source.read_bytes() == b"ab"
    assert [each.name for each in source.parent.iterdir() if each.name.startswith(".")] == []


PIECES = [
    *("title:", "outcome:", "communities:", "causes:", "date:", "origin:", "aliases:", "Stage:", "leads:", "person:"),
    *(
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\n- ",
        "\n1. ",
        "\n\n",
        "- ",
        "---\n",
        "---",
        "[",
        "]",
        "[[",
        "]]",
        "(",
        ")",
    ),
    *(
        "“",
        "”",
        '"',
        "'",
        ":",
        ": ",
        "\u00a0",
        "\u200b",
        "\u200d",
        "\ufeff",
        "é",
        "👨",
        "#",
        "## ",
        "`",
        "```\n",
        "|",
        "&a",
    ),
    *(
        "harbour",
        "Harbor",
        "spring-flod",
        "dry-dock.md",
        "haste",
        "Failure",
        "12.03.2020",
        "3 May 2020",
        "no",
        "words of text",
    ),
]


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plant("good", tmp_path_factory.mktemp("garden"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    front=st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    body=st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    whole=st.booleans(),
)
def test_for_any_text_it_is_idempotent_and_takes_only_what_it_says(
    garden: Path, front: str, body: str, whole: bool
) -> None:
    text = f"---\n{front}\n---\n{body}" if whole else front + body
    source = garden / PATH
    source.write_bytes(text.encode())
    try:
        first = fix_garden(garden, only=[PATH])
        if not first:
            return
        assert first[0].fixes
        source.write_bytes(first[0].after)
        assert fix_garden(garden, only=[PATH]) == []
        # Letters that a reader sees are only changed in lines that are named.
        named = {fix.line for fix in first[0].fixes}
        before = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        kept = [line for number, line in enumerate(before, 1) if number not in named]
        after = first[0].after.decode().split("\n")
        if not any(mark in text for mark in "\u200b\u200d\ufeff"):
            remaining = iter(after)
            assert all(line in remaining for line in kept), "other lines stay as they are, in their order"
    finally:
        source.unlink()
