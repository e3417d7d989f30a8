"""Which inline scripts a page's policy allows."""

import base64
import hashlib
from types import SimpleNamespace
from typing import Any

import click
import pytest
from jinja2 import DictLoader, Environment

from knowledge_garden.mkdocs.policy import Policy, script_digests

MAIN = (
    "<script>theme('{{ base_url }}')</script><title>{{ page.title }}</title>{{ page.meta.description }}"
    "{% for item in nav.items %}{{ item.title }}{% endfor %}{% for item in page.toc %}{{ item.title }}{% endfor %}"
    "<article>{{ page.content }}</article>"
)
SCRIPT = "<script>content()</script>"


def digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def context(**more: Any) -> dict[str, Any]:
    page = SimpleNamespace(title=SCRIPT, content=SCRIPT, meta={"description": SCRIPT}, toc=[], parent=None)
    page.toc = [SimpleNamespace(title=SCRIPT)]
    nav = SimpleNamespace(items=[SimpleNamespace(title=SCRIPT)], homepage=None)
    return {"page": page, "nav": nav, "base_url": "..", **more}


def test_what_content_brings_in_gets_no_hash() -> None:
    policy = Policy(Environment(loader=DictLoader({"main.html": MAIN})))
    given = context()
    assert policy.sources(given) == digest("theme('..')")
    assert given["page"].content == SCRIPT  # only a copy was emptied


def test_each_depth_has_its_own_hashes() -> None:
    policy = Policy(Environment(loader=DictLoader({"main.html": MAIN})))
    assert policy.sources(context()) == digest("theme('..')")
    assert policy.sources(context(base_url=".")) == digest("theme('.')")


def test_a_page_without_a_page_such_as_404_has_hashes_of_its_own_template() -> None:
    templates = {"main.html": MAIN, "404.html": "<script>lost()</script>"}
    policy = Policy(Environment(loader=DictLoader(templates)))
    assert policy.sources(context(page=None), "404.html") == digest("lost()")


def test_the_preview_lets_its_live_reload_run() -> None:
    policy = Policy(Environment(loader=DictLoader({"main.html": MAIN})))
    with click.Context(click.Command("serve"), info_name="serve"):
        assert policy.sources(context()) == "'unsafe-inline'"
    with click.Context(click.Command("build"), info_name="build"):
        assert policy.sources(context()) == digest("theme('..')")


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<script>a</script><script>a</script><script>b</script>", ["a", "b"]),
        ("<script src=x.js></script><script type=application/json>{}</script>", []),
        ("<script type=module>m</script>", ["m"]),
        ("<script>if (a < b && '</p>') c()</script>", ["if (a < b && '</p>') c()"]),
        ("<script>a &amp; b</script>", ["a &amp; b"]),
        ("<p>&lt;script>x&lt;/script></p>", []),
    ],
)
def test_inline_scripts_are_hashed_as_a_browser_reads_them(html: str, texts: list[str]) -> None:
    assert [f"'sha256-{each}'" for each in script_digests(html)] == [digest(text) for text in texts]
