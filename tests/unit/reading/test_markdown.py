"""The Markdown scanner: it never raises, its offsets hold, and its anchors are those that the site will have."""

import html
import time
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.extensions.toc import slugify_unicode

from knowledge_garden.model.links import LinkForm
from knowledge_garden.reading.code import blank_code
from knowledge_garden.reading.frontmatter import split_document
from knowledge_garden.reading.markdown import scan
from planting import GARDENS, STARTER

EXTENSIONS = ["admonition", "attr_list", "footnotes", "tables", "toc", "pymdownx.details", "pymdownx.superfences"]
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


@given(st.one_of(st.text(), texts))
def test_no_text_makes_it_raise_and_offsets_hold(text: str) -> None:
    found = scan(text, 5)
    for link in found.links:
        written = text[link.start : link.end]
        assert written
        assert link.line == 5 + text.count("\n", 0, link.start)
        if link.form is LinkForm.WIKI:
            assert written.startswith("[[")
            assert written.endswith("]]")
        start, end = link.mark
        assert 0 <= start <= end <= len(link.sentence)
        assert "\n" not in link.sentence
    anchors = [each.anchor for each in found.headings]
    assert set(anchors) <= found.anchors


@given(st.one_of(st.text(), texts))
def test_blanking_keeps_every_offset(text: str) -> None:
    bare = blank_code(text)
    assert len(bare) == len(text)
    assert [n for n, each in enumerate(bare) if each == "\n"] == [n for n, each in enumerate(text) if each == "\n"]
    assert all(new in (old, " ") for old, new in zip(text, bare, strict=True))


def anchors_of_the_site(text: str) -> list[tuple[int, str, str]]:
    """Level, anchor and words of each heading as Python-Markdown makes them."""
    renderer = markdown.Markdown(extensions=EXTENSIONS, extension_configs={"toc": {"slugify": slugify_unicode}})
    renderer.convert(text)
    found: list[tuple[int, str, str]] = []
    waiting = list(renderer.toc_tokens)  # type: ignore[attr-defined]
    while waiting:
        token = waiting.pop(0)
        found.append((token["level"], token["id"], html.unescape(token["name"])))
        waiting = [*token["children"], *waiting]
    return found


def anchors_of_ours(text: str) -> list[tuple[int, str, str]]:
    return [(each.level, each.anchor, each.text) for each in scan(text).headings]


def test_anchors_agree_on_all_starter_content() -> None:
    pages = [*STARTER.rglob("*.md"), *GARDENS.glob("*/content/**/odd*.md")]
    assert pages
    for path in pages:
        body = split_document(path.read_text(encoding="utf-8"), path.name).body
        assert anchors_of_ours(body) == anchors_of_the_site(body), path


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
    "# `__init__.py` and `a_b_c`",
    "# _one *two* three_ four",
    "# [![alt](i.png) t](x.md)",
    "# \\_not\\_",
    "# <!-- only -->",
]


@pytest.mark.parametrize("text", ODD)
def test_anchors_agree_on_odd_headings(text: str) -> None:
    assert anchors_of_ours(text) == anchors_of_the_site(text)


HTML = [
    "<script>",
    "<p ",
    "<b",
    "<div>",
    "</div>",
    "<!--",
    "-->",
    "--!>",
    "<!-->",
    "<?",
    "onclick=x",
    " onclick=x ",
    ' title="',
]
HTML += [
    "<img src=x onerror=y>",
    "{: onclick=x }",
    "{href=javascript:x}",
    "```{.py ",
    "`",
    "\\",
    '"',
    "'",
    ">",
    "\n> ",
    "\x02",
    "<hr>",
]
hostile = st.lists(st.sampled_from([*PIECES, *HTML, *HTML, " ", "\n", "\n\n", "    "]), max_size=30).map("".join)


class Harm(HTMLParser):
    """Looks for what would run in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= tag == "script" or any(name.startswith("on") for name, _ in attrs)
        self.found |= any(name == "href" and (value or "").startswith("javascript:") for name, value in attrs)


def is_harmful(text: str) -> bool:
    """Whether the page that Python-Markdown makes of a text would run something."""
    harm = Harm()
    harm.feed(markdown.markdown(text, extensions=EXTENSIONS))
    return harm.found


@settings(max_examples=300)
@given(hostile)
def test_what_would_run_in_the_page_is_found_in_the_text(text: str) -> None:
    assert not is_harmful(text) or scan(text).unsafe


@pytest.mark.parametrize(
    "text",
    [
        '<p title="`" onclick=alert(1) x="`">',  # what looks like code stands in a tag
        '<b title="![ onclick=alert(1) ](x)">',  # Markdown's own quotes end the value
        "<div>\n\n    <script>\n\n</div>",  # an indent makes no code in HTML
        "<div></div><p>\n`<script>`</p>",
        "<div><div></div>\n`<script>`",
        "<!--> <script>a</script> -->",  # a browser takes this for a whole comment
        "<scr\x02ipt>",
        "> <p\n> onclick=alert(1)>",
        "```{.py onclick=x}\na\n```",
        "  \n    <script>",
        "```a````` title=](` <script>` b",
        "\\`` a` <script> `b`",
    ],
)
def test_no_trick_hides_what_would_run(text: str) -> None:
    assert scan(text).unsafe


LONG = 20_000
SLOW = {
    "spaces in a link": "[](" + " " * LONG,
    "open brackets": "[" * LONG,
    "open parentheses": "[a](" + "(" * LONG,
    "unclosed links": "[a]( " * (LONG // 5),
    "nested links": "[[a](b)](c)" * (LONG // 22),
    "hashes": "# " + "#" * LONG + "a",
    "spaces in a heading": "# a" + " " * LONG + "b",
    "braces": "# a " + "{" * LONG,
    "unclosed fences": "```x\n" * (LONG // 5),
    "two unclosed fences": "```x\n~~~y\n" * (LONG // 10),
    "code after code": "a\n\n    b\n\n" * (LONG // 10),
    "ticks of every length": " ".join("`" * n for n in range(1, 200)),
    "tags": '<a "' * (LONG // 4),
    "comments": "<!--" * (LONG // 4),
    "quotations": "> " * LONG,
    "spaces": " " * LONG,
    "empty lines": "   \n" * (LONG // 4),
    "wiki links in one paragraph": "[[a]] " * (LONG // 12),
    "emphasis in a heading": "# " + "_a " * (LONG // 3),
    "links in a heading": "# " + "[a](b" * (LONG // 5),
    "definitions": "[a]:\n" * (LONG // 10),
    "spaces in a tag": "<a" + " " * LONG + "=",
    "open tags": "<a<b c='" * (LONG // 8),
    "open blocks": "<div>\n" * (LONG // 6),
    "open comments in a block": "<div>\n" + "<!--" * (LONG // 4),
    "attribute lists": "{" * LONG + "{href='" * (LONG // 7),
    "backslashes": "\\" * LONG,
    "handlers in a value": '<a x="' + "on" * LONG + '">',
}


@pytest.mark.parametrize("name", SLOW)
def test_no_text_makes_it_slow(name: str) -> None:
    # A pattern that runs in the square of the length would need minutes; 5 seconds leave room for a busy machine.
    begun = time.process_time()
    scan(SLOW[name])
    assert time.process_time() - begun < 5
