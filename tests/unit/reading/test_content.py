"""Reading a content folder: any bytes give problems and no exception, and what can't be read safely is left out."""

import os
import socket
import tempfile
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_garden import load_garden
from knowledge_garden.model.problems import PROBLEMS_PER_FILE, Severity
from knowledge_garden.model.records import Kind
from knowledge_garden.reading import content, read_content
from knowledge_garden.reading import files as files_of
from knowledge_garden.reading.content import Layout
from knowledge_garden.reading.files import SIZE_LIMIT, linked_folders, read_text
from knowledge_garden.reading.paths import Addresses
from planting import TODAY

NAMES = ["garden.yml", "credits.yml", "index.md", "lessons/2020/x.md", "people/x.md", "communities/x.md", "a/x.md"]
PIECES = [
    b"---\n",
    b"\r\n",
    b"\xef\xbb\xbf",
    b"title: x\n",
    b"outcome: failure\n",
    b"- ",
    b"[",
    b"\x00",
    b"\xff",
    b"[[x]]",
    b": ",
]
files = st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=20).map(b"".join))


@given(st.dictionaries(st.sampled_from(NAMES), files, max_size=4))
def test_no_bytes_make_it_raise(contents: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, data in contents.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        reading = read_content(root, top="content")
    for each in reading.problems:
        assert each.path.startswith("content/")
        assert each.line >= 0
        assert each.hint
    named = {each.path for each in reading.problems}
    for path in contents:
        if path.endswith(".md"):
            assert path in reading.pages or f"content/{path}" in named, "a file is a page, or a problem says why not"


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index.md").write_text("# Home\n")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    reading = read_content(tmp_path)
    found = [each for each in reading.problems if each.code == "unreadable-file"]
    assert [(each.path, each.line, each.message) for each in found] == [
        ("index.md", 0, "The file can't be read: Permission denied.")
    ]
    assert reading.pages == {}


def test_a_folder_that_cannot_be_opened_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lessons").mkdir()
    real = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("lessons"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = [each for each in read_content(tmp_path, top="content").problems if each.code == "unreadable-file"]
    assert [(each.path, each.message) for each in found] == [
        ("content/lessons", "The folder can't be read: Permission denied.")
    ]


@pytest.mark.parametrize("name", [b"a\xff.md", b"a\nb.md", b"a\x1b[31m.md", "a\u202eb.md".encode()])
def test_a_name_that_cannot_be_shown_is_not_published(name: bytes, tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/" + name, "wb") as file:  # noqa: PTH123 (the name may be no text)
        file.write(b"# Home\n")
    folder = os.fsencode(tmp_path) + b"/" + name[:-3]
    os.mkdir(folder)  # noqa: PTH102
    with open(folder + b"/inner.md", "wb") as file:  # noqa: PTH123
        file.write(b"# Inner\n")
    reading = read_content(tmp_path)
    assert reading.pages == {}
    found = [each for each in reading.problems if each.code == "bad-slug"]
    assert len(found) == 2
    assert all(each.path.isprintable() and each.message.isprintable() for each in found)


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.md").write_text("# X\n")
    (tmp_path / ".x.md").write_text("# X\n")
    reading = read_content(tmp_path)
    assert reading.pages == {}
    assert [each.code for each in reading.problems] == ["missing-file"]


def test_settings_behind_a_symbolic_link_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "outside.yml").write_text("name: Secret\n")
    content = tmp_path / "content"
    content.mkdir()
    (content / "garden.yml").symlink_to(tmp_path / "outside.yml")
    (content / "credits.yml").symlink_to(tmp_path / "outside.yml")
    reading = read_content(content)
    assert reading.settings.name == "Knowledge Garden"
    assert sorted(each.code for each in reading.problems) == ["missing-file", "symlink", "symlink"]


def test_a_circle_of_folders_ends(tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    assert [each.code for each in read_content(tmp_path).problems] == ["missing-file", "symlink"]


def test_the_size_cap_is_the_largest_that_is_read(tmp_path: Path) -> None:
    place = tmp_path / "x.md"
    place.write_bytes(b"a" * SIZE_LIMIT)
    text, problems = read_text(place, "x.md")
    assert text is not None
    assert problems == []


def test_old_line_endings_count_as_lines(tmp_path: Path) -> None:
    place = tmp_path / "x.md"
    place.write_bytes(b"a\rb\r\nc")
    text, problems = read_text(place, "x.md")
    assert text == "a\nb\nc"
    assert [each.code for each in problems] == ["windows-newlines"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("lessons/2020/x.md", Kind.LESSON),
        ("lessons/x.md", Kind.LESSON),
        ("lessons/index.md", None),
        ("lessons/2020/README.md", None),
        ("people/x.md", Kind.PERSON),
        ("communities/x.md", Kind.COMMUNITY),
        ("partners/x.md", Kind.PARTNER),
        ("peoples/x.md", None),
        ("people.md", None),
        ("handbook/lessons/x.md", None),
    ],
)
def test_the_folder_says_what_a_file_is(path: str, kind: Kind | None) -> None:
    assert Layout().kind(path) is kind


def test_another_layout_finds_records_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "who").mkdir()
    (tmp_path / "who" / "rosa.md").write_text("---\nname: Rosa Canina\n---\n")
    reading = read_content(tmp_path, layout=Layout({Kind.PERSON: "who"}))
    assert list(reading.records[Kind.PERSON]) == ["rosa"]


@pytest.mark.parametrize(
    ("path", "text", "title"),
    [
        ("a/some-page.md", "Text.\n", "Some page"),
        ("a/some-page.md", "# From the *heading*\n", "From the heading"),
        ("a/some-page.md", "---\ntitle: From the front\n---\n# Not this\n", "From the front"),
        ("a/some-page.md", "---\ntitle: 2012\n---\n# This\n", "This"),
        ("people/rosa.md", "---\nname: Rosa Canina\n---\n", "Rosa Canina"),
        ("field-notes/index.md", "Text.\n", "Field notes"),
        ("index.md", "Text.\n", "Index"),
    ],
)
def test_every_page_has_a_title(path: str, text: str, title: str, tmp_path: Path) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(text)
    assert read_content(tmp_path).pages[path].title == title


def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "page.md")
    os.mkfifo(tmp_path / "garden.yml")
    address = os.path.relpath(tmp_path / "picture.png")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address if len(address) < 100 else str(tmp_path / "picture.png"))
        reading = read_content(tmp_path)
    assert (reading.pages, reading.files) == ({}, set())
    assert [(found.path, found.code, found.message) for found in reading.problems] == [
        ("garden.yml", "missing-file", reading.problems[0].message),
        ("garden.yml", "file-type", "garden.yml is a named pipe; it is not read."),
        ("page.md", "file-type", "page.md is a named pipe; it is not read."),
        ("picture.png", "file-type", "picture.png is a socket; it is not read."),
    ]


@pytest.mark.parametrize("name", ["picture.png", "garden.yml", "report.pdf", "page.md"])
def test_a_huge_file_is_not_read(name: str, tmp_path: Path) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(3_000_000_000)
    tracemalloc.start()
    reading = read_content(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "too-large" in {found.code for found in reading.problems}
    assert peak < 10_000_000


def test_so_many_files_are_read_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_of, "FILE_LIMIT", 3)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("x")
    assert [found.code for found in read_content(tmp_path).problems] == ["missing-file"]
    (tmp_path / "d.txt").write_text("x")
    reading = read_content(tmp_path)
    assert [(found.code, found.message) for found in reading.problems[1:]] == [
        ("too-many", "The content has more than 3 files; the rest is not read.")
    ]
    assert reading.files == {"a.txt", "b.txt", "c.txt"}


def test_attachments_have_so_many_bytes_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "TOTAL_LIMIT", 20)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("0123456789")
    reading = read_content(tmp_path)
    assert reading.files == {"a.txt", "b.txt"}
    assert [(found.path, found.code) for found in reading.problems[1:]] == [("c.txt", "too-large")]


def test_links_to_folders_are_told_before_anything_follows_them(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "out").symlink_to("/", target_is_directory=True)
    (tmp_path / "file.md").symlink_to("/etc/hostname")
    assert linked_folders(tmp_path) == ["a/round", "out"]


def test_folders_are_read_only_so_deep(tmp_path: Path) -> None:
    tmp_path.joinpath(*["a"] * 200).mkdir(parents=True)
    assert [found.code for found in read_content(tmp_path).problems] == ["missing-file", "too-many"]


FRONT = "---\ntitle: T\nsummary: S\noutcome: failure\ncommunities: [c]\n{}---\n## Context\nText.\n"
STORMS = {
    "112,000 aliases": FRONT.format("aliases: [" + "a, " * 112_000 + "a]\n"),
    "100,000 unknown keys": FRONT.format("".join(f"k{n}: 1\n" for n in range(90_000))),
    "places": FRONT.format("origin:\n" + "".join(f"  k{n}: 1\n" for n in range(80_000))),
    "wrong items": FRONT.format("sources:\n" + "- {}\n" * 190_000),
    "aliases of YAML": FRONT.format("tags: [" + "*a, " * 200_000 + "a]\n"),
    "prompts": FRONT.format("") + "*What did happen, in the order in which it did?*\n" * 19_000,
    "hidden characters": FRONT.format("tags:\n" + '- "\\u200b"\n' * 80_000),
    "curly quotes": FRONT.format("".join(f"k{n}: “x”\n" for n in range(60_000))),
}


@pytest.mark.parametrize("name", STORMS)
def test_a_storm_of_problems_is_short_and_leaves_an_error(name: str, tmp_path: Path) -> None:
    place = tmp_path / "lessons" / "x.md"
    place.parent.mkdir()
    place.write_text(STORMS[name], encoding="utf-8")
    assert place.stat().st_size <= SIZE_LIMIT
    begun = time.process_time()
    loaded = load_garden(tmp_path, today=TODAY, with_history=False)
    taken = time.process_time() - begun
    of_file = [found for found in loaded.problems if found.path.endswith("x.md")]
    assert len(of_file) <= PROBLEMS_PER_FILE + 1
    assert any(found.severity is Severity.ERROR for found in of_file)
    assert taken < 10


def test_names_that_differ_in_case_only_have_one_address() -> None:
    addresses = Addresses()
    assert addresses.take("notes/Plan.png") == ""
    assert addresses.take("notes/plan.png") == "notes/Plan.png"
    assert not addresses.owns("notes/plan.png")
