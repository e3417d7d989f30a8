"""Looking at the built site: pages that note what went wrong in them, and a page of each kind."""

from __future__ import annotations

import http.server
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

NARROW, TABLET, WIDE = 360, 768, 1440


@dataclass
class Seen:
    """What went on in a page besides what it shows."""

    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Site:
    """The built site: its folder, its address, and a page of each kind."""

    folder: Path
    url: str
    kinds: dict[str, str]


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site as Pages hosts do: a missing address gets the 404 page."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            return super().send_error(code, message, explain)
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None


def kinds_of(folder: Path) -> dict[str, str]:
    """An address for each kind of page, the richest of its kind where there are several."""

    def richest(pattern: str, *marks: str) -> str:
        found = [page for page in sorted(folder.glob(pattern)) if all(mark in page.read_text() for mark in marks)]
        assert found, (pattern, marks)
        page = max(found, key=lambda page: page.stat().st_size)
        return f"{page.parent.relative_to(folder).as_posix()}/"

    kinds = {"home": "", "missing": "nowhere/at-all/"}
    lists = "lessons failures successes search communities people needs corners partners leadership credits principles handbook premortem tell"
    kinds |= {name: f"{name}/" for name in lists.split()}
    return kinds | {
        "lesson": richest("lessons/*/*/index.html", "kg-actions"),
        "lesson that answers": richest("lessons/*/*/index.html", "kg-facts__wide"),
        "lesson that came back": richest("lessons/*/*/index.html", "kg-chain"),
        "dimension": richest("corners/*/index.html", "kg-matrix--pairs"),
        "facet value": richest("corners/*/*/index.html", "kg-values"),
        "paths of roles": "leadership/paths/",
        "succession": "leadership/succession/",
        "pre-mortem": richest("premortem/*/index.html", "kg-risk__question"),
        "pre-mortem of a community": richest("premortem/*/*/index.html", "kg-risk__question"),
        "cause": richest(
            "failures/*/index.html", "kg-prevention", 'id="signs"', 'id="checks"', 'id="actions"', 'id="prevented"'
        ),
        "community": richest("communities/*/index.html", "kg-charter"),
        "person": richest("people/*/index.html", "kg-knowledge"),
        "partner": richest("partners/*/index.html", "kg-head--partner"),
        "fields": richest("handbook/*/index.html", "kg-required"),
        "problems": richest("handbook/problems/index.html", "kg-table"),
        "handbook page": richest("handbook/*/index.html", "kg-foot"),
    }


class Contexts:
    """Makes browser contexts that note errors and requests to other hosts."""

    def __init__(self, browser: Browser, site: Site, seen: Seen) -> None:
        self.browser, self.site, self.seen = browser, site, seen
        self.made: list[BrowserContext] = []

    def page(self, width: int = WIDE, scheme: str = "light", *, scripts: bool = True, height: int = 800) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            java_script_enabled=scripts,
            base_url=self.site.url,
        )
        self.made.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        # Said in the console too, which a page's own code could keep quiet.
        page.add_init_script(
            "addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI}) => "
            "console.error(`policy: ${violatedDirective} ${blockedURI}`))"
        )
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.seen.errors.append(str(error)))
        page.on("request", lambda request: self._request(request.url))
        return page

    def _note(self, kind: str, text: str) -> None:
        # A font is preloaded in vain, it says, where a busy machine takes seconds to draw.
        if kind in ("error", "warning") and "404 (Not Found)" not in text and "was preloaded" not in text:
            self.seen.errors.append(text)

    def _request(self, url: str) -> None:
        if not url.startswith((self.site.url, "data:", "blob:")):
            self.seen.outside.append(url)
