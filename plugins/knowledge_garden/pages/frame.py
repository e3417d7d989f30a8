"""The frame around a page: how addresses are written, where a page is edited, where the repository is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from knowledge_garden.forges import Repository
from knowledge_garden.locale import ENGLISH, Language
from knowledge_garden.model.addresses import site_file


@dataclass(frozen=True, slots=True)
class Frame:
    """What pages need to know of the site.

    `edit` (with {path}, from the content folder) and `commit` (with {sha}) are addresses on the web, "" where there is
    no repository there. `host`: the repository on its forge, where that is known. `features` names the plugins of the garden that are on: "links", "failures", "credits" and those of
    others. `language` is that of the interface. `templates`: folders in which a template is looked up first, nearest first (the site's theme, then plugins).
    `site`: the site's own address with a slash at its end, "" where mkdocs.yml does not set it.
    """

    directory_urls: bool = True
    edit: str = ""
    commit: str = ""
    host: Repository | None = None
    features: frozenset[str] = frozenset({"links", "failures", "credits", "lifecycle"})
    templates: tuple[str, ...] = ()
    language: Language = ENGLISH
    site: str = ""

    def url(self, path: str) -> str:
        """The address of a content path from the site's root: lessons/2017/x.md → lessons/2017/x/."""
        return _url(path, self.directory_urls)

    def file(self, path: str) -> str:
        """The HTML file of a content path in the site's folder: lessons/2017/x.md → lessons/2017/x/index.html."""
        return site_file(path, directory_urls=self.directory_urls)

    def href(self, here: str, there: str) -> str:
        """The address of the page `there` (a content path, perhaps with #anchor) as the page `here` writes it."""
        target, _, anchor = there.partition("#")
        relative = _relative(self.url(here), self.url(target))
        return f"{relative}#{quote(anchor)}" if anchor else relative

    def edit_url(self, path: str) -> str:
        """Where the page at a content path is edited on the web, or ""."""
        return self.edit.replace("{path}", quote(path)) if self.edit else ""

    def commit_url(self, sha: str) -> str:
        """Where a commit is seen on the web, or ""."""
        return self.commit.replace("{sha}", sha) if self.commit and sha else ""


@lru_cache(maxsize=1 << 16)  # every page is linked from many
def _url(path: str, directory_urls: bool) -> str:
    if not path.endswith(".md"):
        return quote(path)
    file = site_file(path, directory_urls=directory_urls)
    return quote(file.removesuffix("index.html") if directory_urls else file)


def _relative(base: str, url: str) -> str:
    """The address `url` from the folder of `base`; both are addresses from the site's root, which hold no "." or ".."."""
    folder, parts = base.split("/")[:-1], url.split("/")
    common = 0
    for one, other in zip(folder, parts[:-1], strict=False):
        if one != other:
            break
        common += 1
    return ("../" * (len(folder) - common) + "/".join(parts[common:])) or "./"
