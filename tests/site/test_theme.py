"""Small gardens in the real theme: what content may not replace, headings of any language, and words that were replaced."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from building import ALL, Site, build, configure
from crawling import dead_links
from knowledge_garden.reading.attachments import refusal
from knowledge_garden.reading.files import ContentFile
from planting import plant

NO_HISTORY = [{"garden": {"history": False}}, *ALL[1:]]
MATERIAL = {"name": "material", "font": False, "palette": [{"scheme": "garden"}]}
# Private words that readers met once, and words of other parts of the code that must not reach them.
PRIVATE = re.compile(
    r"lately told|show it dark|grown so far|tended by|tend it|also=\(|told yet|happened 2 times|nothing grows|\bmend\b|"
    r"whom could we ask|asks to be read|that we know of",
    re.I,
)


def build_site(folder: Path, files: dict[str, str], **options: object) -> Site:
    content = plant("good", folder)
    for path, text in files.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    return build(configure(folder, NO_HISTORY, theme=MATERIAL, **options), folder / "site")


@pytest.mark.parametrize(
    "folder",
    [
        "search",
        "assets/javascripts",
        "assets/stylesheets",
        "assets/images",
        "assets/external",
        "assets/knowledge-garden",
    ],
)
def test_no_file_of_the_content_stands_in_a_folder_of_the_theme(folder: str, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")

    def file(path: str) -> ContentFile:
        return ContentFile(path, tmp_path / "x.txt", 1)

    refused = refusal(file(f"{folder}/x.txt"))
    assert refused
    assert "theme" in refused.message
    assert refusal(file(f"{folder}-notes/x.txt")) is None
    assert refusal(file(f"lessons/{folder}/x.txt")) is None


def test_the_files_of_the_search_are_not_replaced(tmp_path: Path) -> None:
    files = {
        "search/index.json": "{}",
        "search/notes.txt": "x",
        "search/worker.js": "x",
    }
    site = build_site(tmp_path, files)
    assert json.loads(site.html("search/index.json"))["documents"] > 5
    assert not {"search/notes.txt", "search/worker.js"} & site.files().keys()
    refused = [warning for warning in site.warnings if "search/" in warning]
    assert len(refused) == 3, site.warnings
    assert "By cause" in site.text("search/index.html")


def test_a_site_that_still_lists_the_search_plugin_has_one_search_and_a_hint(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    plant("good", tmp_path)
    with caplog.at_level("INFO"):
        site = build(configure(tmp_path, ["search", *NO_HISTORY], theme=MATERIAL), tmp_path / "site")
    html = site.html("lessons/index.html")
    assert html.count("data-kg-open") == 1
    assert html.count("<dialog") == 1
    assert "md-search" not in html
    assert 'name="search"' not in html  # by this form the theme's script would find its own search, and load an index
    assert "Remove “- search” from mkdocs.yml" in caplog.text


def test_a_theme_without_the_search_in_its_pages_is_built(tmp_path: Path) -> None:
    plant("good", tmp_path)
    own = tmp_path / "own"
    (own / "partials").mkdir(parents=True)
    (own / "partials/header.html").write_text("<header>Our own header</header>", encoding="utf-8")
    theme = {**MATERIAL, "custom_dir": str(own)}
    html = build(configure(tmp_path, NO_HISTORY, theme=theme), tmp_path / "site").html("lessons/index.html")
    assert "Our own header" in html
    assert "data-kg-open" not in html


def test_headings_of_any_language_have_anchors_and_are_in_the_table_of_contents(tmp_path: Path) -> None:
    headings = {
        "Was wir gelernt haben": "was-wir-gelernt-haben",
        "学んだこと": "学んだこと",
        "Чему мы научились": "чему-мы-научились",
    }
    text = "# Überblick\n\n" + "\n\n".join(f"## {heading}\n\nText." for heading in headings)
    links = "\n".join(f"- [[languages#{anchor}]]\n- [x](languages.md#{anchor})" for anchor in headings.values())
    site = build_site(tmp_path, {"notes/languages.md": text, "notes/links.md": f"# Links\n\n{links}\n"})
    html = site.html("notes/languages/index.html")
    contents = re.search(r'<nav class="md-nav md-nav--secondary".*?</nav>', html, re.S)
    assert contents
    for heading, anchor in headings.items():
        assert f'id="{anchor}"' in html
        assert f'href="#{anchor}"' in contents[0]
        assert heading in contents[0]
    assert not [warning for warning in site.warnings if "languages" in warning]
    assert not [link for link in dead_links(site) if "languages" in link]


def test_no_private_word_reaches_a_reader(tmp_path: Path) -> None:
    site = build_site(tmp_path, {})
    pages = [path for path in site.files() if path.endswith(".html") and not path.startswith("handbook/")]
    assert len(pages) > 10
    shown = {
        path: re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<(script|svg)\b.*?</\1>", " ", site.html(path))) for path in pages
    }
    assert {path: PRIVATE.findall(text) for path, text in shown.items() if PRIVATE.search(text)} == {}


def test_a_facet_value_is_shown_by_its_title_or_by_itself(tmp_path: Path) -> None:
    front = "---\ntitle: T\nsummary: S\noutcome: success\ncommunities: [harbour]\norigin: {place: north, craft: diving}\n---\n"
    site = build_site(tmp_path, {"lessons/2022/t.md": front})
    assert "Place North shore Craft diving" in site.text("lessons/2022/t/index.html")


def test_a_page_policy_stands_on_each_page_and_holds_no_style(tmp_path: Path) -> None:
    site = build_site(
        tmp_path,
        {"t.md": "# T\n\n| a | b |\n| :-- | --: |\n| 1 | 2 |\n"},
        markdown_extensions=[{"tables": {"use_align_attribute": True}}, "attr_list"],
    )
    for path in site.files():
        if path.endswith(".html"):
            assert site.html(path).count('http-equiv="Content-Security-Policy"') == 1, path
            assert " style=" not in site.html(path), path
