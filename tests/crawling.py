"""Follows every link of a built site, as a browser would resolve it."""

import posixpath
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from building import Site


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.sources: list[str] = []
        self.anchors: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.anchors.update(filter(None, (found.get("id"), found.get("name") if tag == "a" else None)))
        if tag in ("a", "form"):
            self.links += filter(None, (found.get("href"), found.get("action")))
        else:
            self.sources += filter(None, (found.get("src"), found.get("href") if tag == "link" else None))


def _pages(site: Site) -> dict[str, _Page]:
    return {path: _Page(site.html(path)) for path in site.files() if path.endswith(".html")}


def dead_links(site: Site) -> list[str]:
    """Links and sources within the site that lead to no file, or to no anchor of a page; 404.html stands for any address."""
    pages, files = _pages(site), set(site.files())

    @cache
    def file_at(address: str) -> str:
        path = unquote(address)
        for each in (path, f"{path}/index.html".lstrip("/")):
            if each in files:
                return each
        return ""

    dead = []
    for here, page in pages.items():
        if here == "404.html":
            continue
        for link in (*page.links, *page.sources):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(here), parts.path)) if parts.path else here
            found = file_at("" if target == "." else target)
            anchor = unquote(parts.fragment)
            if not found:
                dead.append(f"{here}: {link}")
            elif anchor and found in pages and anchor not in pages[found].anchors and anchor != "__skip":
                dead.append(f"{here}: {link} (no such anchor)")
    return dead


def foreign_sources(site: Site) -> list[str]:
    """Scripts, styles and pictures that a browser would fetch from another host."""
    return [
        f"{here}: {source}" for here, page in _pages(site).items() for source in page.sources if urlsplit(source).netloc
    ]
