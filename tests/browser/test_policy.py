"""The content security policy: the whole site works under it, and a script that content brought in does not run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.watching import Contexts, Seen, Site

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def test_each_page_has_a_policy_before_anything_runs(site: Site) -> None:
    for file in site.folder.rglob("*.html"):
        text = file.read_text()
        found = POLICY.search(text)
        assert found, file
        before = text[: found.start()]
        assert "<script" not in before, file
        assert "stylesheet" not in before, file
        assert "unsafe" not in found[1], file
        assert found[1].startswith(("default-src 'self'", "default-src 'none'")), file
        assert " style=" not in text, file


def test_no_kind_of_page_breaks_the_policy(contexts: Contexts, site: Site) -> None:
    page = contexts.page()
    for kind, path in site.kinds.items():
        page.goto(path)
        assert page.evaluate("typeof __md_get") == "function", kind  # the theme's inline scripts ran
    # What broke it was noted, and fails the test when the contexts are closed.


def test_search_the_palette_and_the_filter_work_under_the_policy(contexts: Contexts) -> None:
    page = contexts.page()
    page.goto("lessons/")
    page.locator("label[title='Dark mode']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "garden-dark")
    page.locator("form[data-kg-filter] [name=outcome]").select_option("success")
    title = page.locator(".kg-lesson__title:visible").first.inner_text()
    page.locator(".kg-open").click()
    page.keyboard.type(title)
    expect(page.locator("dialog [role=option]").first).to_be_visible()


@pytest.mark.parametrize(
    "hostile",
    [
        "const script = document.createElement('script'); script.text = 'window.ran = true'; document.body.append(script)",
        "document.querySelector('article').innerHTML = '<img src=x: onerror=\"window.ran = true\">'",
        "const image = new Image(); image.src = 'https://elsewhere.invalid/x.png'; document.body.append(image)",
        "document.querySelector('article').innerHTML = '<iframe srcdoc=\"<script>parent.ran = true</script>\"></iframe>'",
        "document.querySelector('article').innerHTML = '<object data=\"data:text/html,x\"></object>'",
        "document.head.innerHTML += '<base href=\"https://elsewhere.invalid/\">'",
    ],
)
def test_what_gets_into_a_page_does_not_run(contexts: Contexts, seen: Seen, hostile: str) -> None:
    page = contexts.page()
    page.goto("lessons/")
    page.evaluate(f"() => {{ {hostile} }}")
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.baseURI") == page.url
    assert any(line.startswith("policy: ") for line in seen.errors)
    seen.errors.clear()
    seen.outside.clear()  # a request that the policy stopped is reported as a request too


def test_the_site_is_read_from_a_folder_too(browser: Browser, site: Site) -> None:
    """Without a server: text, styles, menu and palette; browsers load no module from a file, so no search."""
    page = browser.new_page(viewport={"width": 1440, "height": 800})
    refused: list[str] = []
    page.on(
        "console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None
    )
    for path in ["", site.kinds["lesson"], "lessons/"]:
        page.goto(f"{Path(site.folder, path, 'index.html').as_uri()}")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--kg-paper')").strip()
    expect(page.locator("form[data-kg-filter]")).to_be_visible()  # our script ran
    page.close()
    assert refused == []
