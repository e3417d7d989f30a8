"""The parse of Markdown: it never raises, and what it says of a text is what is published of it."""

import html
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.extensions.toc import slugify_unicode
from markdown.preprocessors import Preprocessor

from knowledge_garden.model.links import LinkForm
from knowledge_garden.reading import MarkdownOptions, MarkdownReader
from knowledge_garden.reading.frontmatter import split_document
from planting import GARDENS, STARTER
from published import Published, harm_in

READER = MarkdownReader()
HOSTILE = Path(__file__).parents[2] / "cases" / "hostile.yml"
PIECES = [
    "[[",
    "]]",
    "[[a]]",
    "[[a|b]]",
    "[[#c]]",
    "[a](b.md)",
    "![a](b.png)",
    "[a][b]",
    "[b]:",
    "[^1]",
    "`",
    "``",
    "```",
    "~~~",
    "<!--",
    "-->",
    "<",
    ">",
    "<a",
    'href="x">',
    "[",
    "]",
    "(",
    ")",
    "\\",
    "#",
    "##",
    "===",
    "---",
    "-",
    "*",
    "1.",
    ">",
    "|",
    "{#id}",
    "&amp;",
    "javascript:",
    '"',
    "'",
    "!",
    "_",
    ".",
    "é",
    "日本",
]
texts = st.lists(st.sampled_from([*PIECES, " ", "\n", "\n\n", "    ", "\t", "words. Words"]), max_size=40).map("".join)
HTML = ["<script>", "<p ", "<b", "<div>", "</div>", "<!--", "-->", "--!>", "<!-->", "<?", "onclick=x", " onclick=x "]
HTML += ["<img src=x onerror=y>", "{: onclick=x }", "{href=javascript:x}", "```{.py ", "`", "\\", '"', "'", ">", "\n> "]
HTML += [' title="', "\x02", "<hr>", "<svg>", "<math>", "<style>", "<template>", "</p>", "<table>", "<a name=x id=__x>"]
hostile = st.lists(st.sampled_from([*PIECES, *HTML, *HTML, " ", "\n", "\n\n", "    "]), max_size=30).map("".join)


@given(st.one_of(st.text(), texts))
def test_no_text_makes_it_raise_and_lines_and_marks_hold(text: str) -> None:
    parsed = READER.read(text, 5)
    last = 5 + text.count("\n")
    for link in parsed.links:
        assert 5 <= link.line <= last
        start, end = link.mark
        assert 0 <= start <= end <= len(link.sentence)
        assert "\n" not in link.sentence
        if link.text and link.form is LinkForm.MARKDOWN:
            assert link.sentence[start:end] == link.text
    assert all(5 <= unsafe.line <= last for unsafe in parsed.unsafe)
    assert {heading.anchor for heading in parsed.headings} <= parsed.anchors


@given(st.one_of(st.text(), texts, hostile))
def test_the_outline_is_that_of_what_is_published(text: str) -> None:
    parsed = READER.read(text)
    published = Published.of(parsed.html)
    assert parsed.anchors == published.anchors
    assert [link_address(link) for link in parsed.links] == [without_spaces(link) for link in published.links]


def link_address(link: object) -> str:
    """A link's address as it stands in the HTML of a text."""
    form, target, anchor, text = (getattr(link, name) for name in ("form", "target", "anchor", "text"))
    scheme = "" if form is not LinkForm.WIKI else "wiki:" if text else "wiki-title:"
    return f"{scheme}{target}#{anchor}" if anchor else f"{scheme}{target}"


def without_spaces(address: str) -> str:
    """An address without white space around its parts, as links have them."""
    target, _, anchor = address.partition("#")
    for scheme in ("wiki:", "wiki-title:"):
        if target.startswith(scheme):
            target = scheme + target.removeprefix(scheme).strip()
    return f"{target.strip()}#{anchor.strip()}" if anchor.strip() else target.strip()


@settings(max_examples=400)
@given(hostile)
def test_nothing_that_runs_is_published_and_what_was_taken_away_is_told(text: str) -> None:
    parsed = READER.read(text)
    assert harm_in(parsed.html) == []
    rendered = markdown.markdown(text, extensions=list(MarkdownOptions().extensions))
    assert not harm_in(rendered) or parsed.unsafe


def cases() -> list[tuple[str, str]]:
    families = yaml.safe_load(HOSTILE.read_text(encoding="utf-8"))
    return [(family, text) for family, texts in families.items() for text in texts]


def test_there_are_enough_hostile_texts() -> None:
    assert len(cases()) >= 150
    assert len({family for family, _ in cases()}) >= 15


@pytest.mark.parametrize(("family", "text"), cases())
def test_a_hostile_text_is_refused_or_harmless(family: str, text: str) -> None:
    # Each also in the places where Markdown reads a text in another way.
    for form in ("{}", "- {}", "> {}", "a\n\n    {}", "| {} |\n| - |", "[^1]: {}\n\nb[^1]"):
        parsed = READER.read(form.format(text) if form == "{}" else form.format(text.replace("\n", " ")))
        assert harm_in(parsed.html) == []


def test_a_reader_that_has_read_others_reads_the_same() -> None:
    for path in sorted(STARTER.rglob("*.md")):
        document = split_document(path.read_text(encoding="utf-8"), path.name)
        assert READER.read(document.body, document.line) == MarkdownReader().read(document.body, document.line)


def test_what_stops_a_parse_does_not_show_in_the_next_text() -> None:
    class Stops(Preprocessor):
        def run(self, lines: list[str]) -> list[str]:
            reader._markdown.parser.state.set("list")
            raise ValueError

    reader = MarkdownReader()
    reader._markdown.preprocessors.register(Stops(), "stops", 100)
    assert [unsafe.code for unsafe in reader.read("a").unsafe] == ["too-complex"]
    assert reader.read("a").html == "<p>a</p>"


def test_a_heading_with_an_id_of_the_theme_is_told_to_take_another() -> None:
    parsed = READER.read("# `__init__.py`\n\n## `__init__.py` {#init}")
    assert [heading.anchor for heading in parsed.headings] == ["init"]
    assert [(unsafe.line, unsafe.code) for unsafe in parsed.unsafe] == [(1, "unsafe-html")]
    assert "{#" in parsed.unsafe[0].hint


def headings_of_the_site(text: str) -> list[tuple[int, str, str]]:
    """Level, anchor and words of each heading as Python-Markdown makes them."""
    renderer = markdown.Markdown(
        extensions=list(MarkdownOptions().extensions), extension_configs={"toc": {"slugify": slugify_unicode}}
    )
    renderer.convert(text)
    headings: list[tuple[int, str, str]] = []
    waiting = list(renderer.toc_tokens)  # type: ignore[attr-defined]
    while waiting:
        token = waiting.pop(0)
        headings.append((token["level"], token["id"], html.unescape(token["name"])))
        waiting = [*token["children"], *waiting]
    return headings


def headings_of_ours(text: str) -> list[tuple[int, str, str]]:
    return [(heading.level, heading.anchor, heading.text) for heading in READER.read(text).headings]


def test_headings_agree_on_all_starter_content() -> None:
    pages = [*STARTER.rglob("*.md"), *GARDENS.glob("*/content/**/odd*.md")]
    assert pages
    for path in pages:
        body = split_document(path.read_text(encoding="utf-8"), path.name).body
        assert headings_of_ours(body) == headings_of_the_site(body), path


ODD = [
    "# Plain",
    "#No space",
    " # A space before",
    "## Closed ##",
    "## Closed with id ## {#own}",
    "## With id {#own}",
    "## With colon {: #own .class }",
    "## No space{#own}",
    "## Two {#a #b}",
    "# Same\n\n# Same\n\n# Same",
    "# Same_1\n\n# Same\n\n# Same",
    "# Dupe\n\n## Dupe {#dupe}\n\n## Dupe",
    "# Über Öl & Maß",
    "# Ångström — dash – en",
    "# `code` in *emphasis* and **bold**",
    "# snake_case_name and _em_ and a_b_ c",
    "# [link](x.md) and ![img](y.png)",
    "# [ref][label] words\n\n[label]: x.md",
    "# &amp; entity &lt;b&gt; A &copy; B",
    "# <b>html</b> tag, 5 < 6 > 4",
    "Setext one\n===\n\nSetext two\n---",
    "para\ntext\n---",
    "- item\n---",
    "# A\nfoo\n---",
    "> # In a quotation",
    "> quote\n> ## two",
    "- # In a list",
    "1. # In numbers",
    "- item\n\n    ## Indented in an item",
    "    # in code",
    "```\n# in a fence\n```",
    "~~~ py\n# in tildes\n~~~",
    "`# code`",
    "<!-- # comment -->",
    "<!--\n# in a comment\n-->",
    "# \\# escaped \\*b\\*",
    "# 日本語の見出し",
    "# Emoji 🎉 party",
    "# ...",
    "#",
    "####### seven",
    "# trailing #hash tag",
    "# C#",
    "# C# ##",
    "# $x^2$ and ~tilde~",
    "text\n# directly after\nmore",
    "!!! note\n\n    ## In an admonition",
    "# \"Quotes\" and 'single' and don't",
    "# A <!-- c --> B",
    "# Foot[^1]\n\n[^1]: note",
    "# [brackets] alone",
    '# **[link](a(b).md "t")**',
    '# <span id="x">a</span>\n\n[p]{#pp}',
    "Para {#para}\n\npara\n{: #blockid }\n\n# Blockid",
    '# a {: id="quoted" }',
    "# a | b",
    "# ÀÉ é",
    "# İstanbul",
    "## 1. Numbered",
    "# a/b\\c",
    "# http://example.com/x and <https://example.com/x>",
    "# *a*b*c* and __init__ and a __b__ c",
    "# ` unclosed",
    "# a `` ` `` b",
    "* * *",
    "a\n-",
    "# t {.cls}",
    "# t {not attrs",
    "# t {}",
    "# _one *two* three_ four",
    "# [![alt](i.png) t](x.md)",
    "# \\_not\\_",
    "# <!-- only -->",
]


@pytest.mark.parametrize("text", ODD)
def test_anchors_agree_on_odd_headings(text: str) -> None:
    assert headings_of_ours(text) == headings_of_the_site(text)
