"""The check and the pages agree on links and anchors: for thousands of constructs, by the site that MkDocs builds."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from building import ALL, Site, build, configure
from knowledge_garden import LoadedGarden, load_garden
from knowledge_garden.cli.site import site_markdown
from knowledge_garden.model.addresses import resolve
from knowledge_garden.model.links import LinkForm, scheme_of
from knowledge_garden.pages.frame import Frame
from planting import TODAY
from published import Published, harm_in

# What can hold a link or an anchor. {n} makes each one's own.
CONSTRUCTS = [
    "[words {n}](../other.md)",
    "[words {n}](../other.md#part 'title')",
    "[words {n}](<../other.md#part>)",
    "[words {n}](../other.md?a={n}#part)",
    "[words {n}]( ../other.md )",
    "[words *and* `code` {n}](../other.md)",
    "[[other]]",
    "[[other|words {n}]]",
    "[[other#part]]",
    "[[#here-{n}]]",
    "[here](#here-{n})",
    "![picture {n}](../a.png)",
    "[![picture {n}](../a.png)](../other.md)",
    "<https://example.org/{n}>",
    "<a{n}@example.org>",
    "[words {n}](https://example.org/a_(b)?c={n}#d)",
    "[words {n}](mailto:a{n}@example.org)",
    "[words {n}][label]",
    "[label]",
    "[label][]",
    "![picture {n}][image]",
    "<a href='../other.md' id='own-{n}'>words</a>",
    "<span id=own-{n}>words</span> <img src=../a.png alt=a>",
    "words{{: #own-{n} }} *em*{{#em-{n}}}",
    "[words {n}](../other.md){{: #link-{n} .x }}",
    "`[code {n}](../nowhere.md)` and ``[[nowhere]] ` {n}``",
    "\\[escaped {n}](../nowhere.md) \\[[nowhere]] [not a link {n}] (../nowhere.md)",
    "note[^{n}]",
    "**[strong {n}](../other.md)** and _[em](../other.md)_ and a_b_c",
    "[a [nested {n}] b](../other.md) &amp; &lt;a href='x'&gt; 5 < 6 > 4",
    "<b>[in html {n}](../other.md)</b> <i title='[x](y)'>z</i>",
    "~~~ [not a fence {n}](../other.md)",
    "[over\ntwo lines {n}](../other.md)",
    "[first {n}](../other.md) and [second](../other.md) and [[other]] and ![c](../a.png)",
]
# Where it can stand. {c} is the construct.
CONTAINERS = [
    "{c}",
    "# {c}",
    "### {c} {{#heading-{n}}}",
    "{c}\n===",
    "- {c}",
    "- a\n\n    {c}\n\n- b",
    "1. a\n    - {c}",
    "> {c}",
    "> - {c}\n>\n>     a",
    "| a | b |\n| - | - |\n| {c} | c |",
    "| a | b |\n| :-: | -: |\n| `x` | {c} |",
    '!!! note "A note {n}"\n    {c}',
    "??? note\n    - {c}",
    "<div markdown='1'>\n{c}\n</div>",
    "<div>\n\n{c}\n\n</div>",
    "<details><summary>a</summary>\n{c}\n</details>",
    "```\n{c}\n```",
    "- a\n\n    ~~~ md\n    {c}\n    ~~~",
    "    {c}",
    "text `` ` {c}",
    "text\n{c}\n{{: #block-{n} }}",
]
POSITIONS = ["{c}", "Before `code`. {c} After.", "*a* {c} **b**"]
PAGES = 60


def texts() -> list[str]:
    """Every construct in every container, in each of the positions that a construct may have in it."""
    written: list[str] = []
    for number, (container, position, construct) in enumerate(product(CONTAINERS, POSITIONS, CONSTRUCTS)):
        inner = position.format(c=construct.format(n=number))
        if "\n" in container and "{c}" in container.splitlines()[-1]:
            indent = re.match(r"[\s>]*", container.splitlines()[-1])
            inner = inner.replace("\n", "\n" + (indent[0] if indent else ""))
        written.append(container.format(c=inner, n=number) + f"\n\nend[^{number}]\n\n[^{number}]: note\n")
    return written


def test_there_are_enough_constructs() -> None:
    assert len(set(texts())) >= 2_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A garden of all constructs, on some pages, in a site with the starter's extensions."""
    folder = tmp_path_factory.mktemp("constructs")
    content = folder / "content"
    (content / "pages").mkdir(parents=True)
    (content / "garden.yml").write_text("name: Constructs\n", encoding="utf-8")
    (content / "index.md").write_text("# Home\n", encoding="utf-8")
    (content / "other.md").write_text("# Other\n\n## Part\n", encoding="utf-8")
    (content / "a.png").write_bytes(b"")
    written = texts()
    for page in range(PAGES):
        definitions = "\n\n[label]: ../other.md 'title'\n[image]: <../a.png>\n"
        text = "\n\n".join(written[page::PAGES])
        (content / f"pages/p{page}.md").write_text(f"# Page {page}\n\n{text}{definitions}", encoding="utf-8")
    extensions = ["admonition", "attr_list", "footnotes", "md_in_html", "pymdownx.details", "pymdownx.superfences"]
    extensions += [{"toc": {"permalink": True}}]
    configure(folder, [{"garden": {"history": False}}, *ALL[1:]], markdown_extensions=extensions)
    return folder


@pytest.fixture(scope="module")
def site(folder: Path) -> Site:
    return build(folder / "mkdocs.yml", folder / "site")


@pytest.fixture(scope="module")
def loaded(folder: Path) -> LoadedGarden:
    """The garden as `garden check` reads it."""
    options, problems = site_markdown(folder / "content")
    assert problems == []
    return load_garden(folder / "content", today=TODAY, with_history=False, markdown=options)


def article(site: Site, page: str) -> Published:
    """The text of a page between the header and the footer that the garden puts around it."""
    html = site.html(page)
    match = re.search(r"<article[^>]*>(.*)</article>", html, re.S)
    assert match
    return Published.of(match[1].partition("<footer")[0])


@pytest.mark.parametrize("number", range(PAGES))
def test_links_and_anchors_are_those_that_are_published(number: int, site: Site, loaded: LoadedGarden) -> None:
    here = f"pages/p{number}.md"
    page = loaded.garden.pages[here]
    published = article(site, f"pages/p{number}/index.html")
    frame = Frame()
    expected: list[str] = []
    for link in page.links:
        target = link.target
        if link.form is LinkForm.WIKI:
            target = loaded.indexes.links.wiki(target) if target else ""
            if link.target and not target:
                continue  # shown as words, without a link
        elif target and not scheme_of(target):
            target = resolve(here, target)
        address = target if scheme_of(target) else frame.href(here, target) if target else ""
        _, mark, query = link.target.partition("?") if not scheme_of(target) else ("", "", "")
        expected.append(f"{address}{mark}{query}#{link.anchor}" if link.anchor else f"{address}{mark}{query}")
    assert expected
    assert published.links == expected
    assert published.anchors == page.anchors
    assert harm_in(page.html) == []


def test_check_and_build_say_the_same(site: Site, loaded: LoadedGarden) -> None:
    errors = [each for each in loaded.problems if each.severity == "error"]
    assert {f"{each.location}: {each.message}" for each in errors} == {
        warning.removeprefix("garden: ").partition(f" {hint}")[0]
        for warning in site.warnings
        for hint in [each.hint for each in errors if each.hint in warning][:1]
    }
    # Each refused link is one that the published site does not have, and each that leads nowhere is there.
    assert {each.code for each in errors} <= {"broken-anchor", "unsafe-html", "broken-link"}
