"""Hostile texts in Chromium: built without --strict, so that what is refused is published too, and no policy helps."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Dialog

from browser.watching import Handler
from building import ALL, build, configure

HOSTILE = Path(__file__).parents[1] / "cases" / "hostile.yml"
MATERIAL = {"name": "material", "font": False}
EXTENSIONS = ["admonition", "attr_list", "footnotes", "tables", "pymdownx.details", "pymdownx.superfences"]
EXTENSIONS += [{"toc": {"permalink": True}}]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with a page for each family of hostile texts, and one with such a text for its title and name."""
    folder = tmp_path_factory.mktemp("hostile")
    content = folder / "content"
    content.mkdir()
    (content / "garden.yml").write_text("name: Hostile\n", encoding="utf-8")
    (content / "index.md").write_text("# Home\n\nA page.\n", encoding="utf-8")
    families = yaml.safe_load(HOSTILE.read_text(encoding="utf-8"))
    for number, (family, texts) in enumerate(families.items()):
        # A heading before each, so that what one leaves open ends; each stands alone, in a list and in a table.
        parts = [f"## Text {n}\n\n{text}\n\n- {text}\n\n| {text} |\n| - |\n" for n, text in enumerate(texts)]
        text = f"# {family}\n\n" + "\n\n".join(parts)
        (content / f"family-{number}.md").write_text(text, encoding="utf-8")
    title = "</title><img src=x onerror=alert(1)>"
    (content / "title.md").write_text(f"---\ntitle: '{title}'\n---\nfindme\n", encoding="utf-8")
    config = configure(
        folder,
        [{"garden": {"history": False}}, *ALL[1:]],
        theme=MATERIAL,
        markdown_extensions=EXTENSIONS,
    )
    built = build(config, folder / "site")
    assert any("[unsafe-html]" in warning for warning in built.warnings)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(folder / "site"))
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def families() -> int:
    return len(yaml.safe_load(HOSTILE.read_text(encoding="utf-8")))


PAGES = [*(f"family-{number}" for number in range(families())), "title"]


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_no_text_runs_loads_or_takes_over_anything(name: str, address: str, browser: Browser) -> None:
    context = browser.new_context()
    dialogs: list[str] = []
    outside: list[str] = []
    errors: list[str] = []
    page = context.new_page()

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: outside.append(request.url) if not request.url.startswith(address) else None)
    page.goto(f"{address}{name}/", wait_until="load")
    # Everything that a reader may touch is touched: what has the focus, what is below the pointer, what is folded.
    page.evaluate(
        """() => document.querySelectorAll('article *').forEach(element => {
            for (const type of ['pointerenter', 'mouseover', 'focus', 'toggle', 'animationend', 'load', 'error'])
                element.dispatchEvent(new Event(type, {bubbles: true}));
            if (element.tagName === 'DETAILS') element.open = true;
            if (!element.closest('a')) element.click();
        })"""
    )
    assert page.evaluate("() => typeof document.querySelector === 'function' && document.body.tagName === 'BODY'")
    assert page.evaluate("() => JSON.parse(document.getElementById('__config').textContent).base !== undefined")
    page.wait_for_timeout(200)
    context.close()
    assert dialogs == []
    assert outside == []
    assert errors == []


@pytest.mark.browser
def test_search_shows_titles_and_names_of_files_as_text(address: str, browser: Browser) -> None:
    context = browser.new_context()
    dialogs: list[str] = []
    page = context.new_page()

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.goto(address, wait_until="load")
    page.locator(".kg-open").click()
    page.keyboard.type("findme")
    page.wait_for_selector("dialog [role=option]", timeout=60_000)
    results = page.inner_html("dialog [role=listbox]")
    shown = page.inner_text("dialog [role=listbox]")
    context.close()
    assert "onerror=alert" in shown.replace(" ", "").lower()
    assert "<img" not in results
    assert dialogs == []
