"""Addresses: how a content path is written as an address, from the root and from another page."""

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.templating import initials, sections

PAGES = ["index.md", "lessons/index.md", "lessons/2017/x.md", "people/y.md", "a/README.md", "principles.md"]


@pytest.mark.parametrize(
    ("path", "folders", "files"),
    [
        ("index.md", "", "index.html"),
        ("lessons/index.md", "lessons/", "lessons/index.html"),
        ("lessons/README.md", "lessons/", "lessons/index.html"),
        ("lessons/2017/x.md", "lessons/2017/x/", "lessons/2017/x.html"),
        ("principles.md", "principles/", "principles.html"),
        ("über maß.md", "%C3%BCber%20ma%C3%9F/", "%C3%BCber%20ma%C3%9F.html"),
        ("assets/a b.svg", "assets/a%20b.svg", "assets/a%20b.svg"),
    ],
)
def test_both_forms_of_addresses(path: str, folders: str, files: str) -> None:
    assert Frame().url(path) == folders
    assert Frame(directory_urls=False).url(path) == files


@given(st.sampled_from(PAGES), st.sampled_from(PAGES), st.booleans())
def test_a_relative_address_leads_where_the_absolute_one_does(here: str, there: str, folders: bool) -> None:
    frame = Frame(directory_urls=folders)
    base = posixpath.dirname("/site/" + frame.url(here)) + "/"
    arrived = posixpath.normpath(posixpath.join(base, frame.href(here, there)))
    assert arrived == posixpath.normpath("/site/" + frame.url(there))
    assert frame.href(here, f"{there}#über").endswith("#%C3%BCber")


def test_places_on_the_web() -> None:
    frame = Frame(edit="https://example.org/edit/{path}", commit="https://example.org/commit/{sha}")
    assert frame.edit_url("a b.md") == "https://example.org/edit/a%20b.md"
    assert frame.commit_url("abc") == "https://example.org/commit/abc"
    assert frame.commit_url("") == ""
    assert Frame().edit_url("a.md") == Frame().commit_url("abc") == ""


def test_sections_are_read_back_from_a_page() -> None:
    html = '<h1>No</h1><h2 id="a">One <em>two</em> &amp; <a class="headerlink" href="#a">¶</a></h2><h3 class="x" id="b">B</h3><h2>No</h2>'
    assert [(each.level, each.anchor, each.text) for each in sections(html)] == [(2, "a", "One two &"), (3, "b", "B")]


@pytest.mark.parametrize(
    ("name", "mark"), [("Rosa Canina", "RC"), ("rosa", "R"), ("Ana de la Cruz", "AC"), ("", ""), ("†", "")]
)
def test_a_persons_mark(name: str, mark: str) -> None:
    assert initials(name) == mark
