"""Builds sites through MkDocs within the test's process, and says what was logged."""

import io
import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

BARE_THEME = Path(__file__).parent / "site" / "theme"
ALL = ["garden", "garden-links", "garden-failures", "garden-credits"]
SLUGIFY = "markdown.extensions.toc.slugify_unicode"
VALIDATION = {"anchors": "warn", "unrecognized_links": "warn", "absolute_links": "relative_to_docs"}


@dataclass(frozen=True)
class Site:
    """A built site: its folder, and the warnings and errors that were logged."""

    folder: Path
    warnings: list[str]

    def html(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def text(self, path: str) -> str:
        """What a reader sees of a page: the words of its article."""
        article = re.search(r"<article[^>]*>(.*)</article>", self.html(path), re.S)
        assert article
        bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", article[1], flags=re.S)
        return " ".join(bare.replace("&amp;", "&").replace("&quot;", '"').replace("&#39;", "'").split())

    def links(self, path: str) -> list[str]:
        return re.findall(r'href="([^"]*)"', self.html(path))

    def files(self) -> dict[str, bytes]:
        return {
            each.relative_to(self.folder).as_posix(): each.read_bytes()
            for each in sorted(self.folder.rglob("*"))
            if each.is_file()
        }


def configure(folder: Path, plugins: list[Any] | None = None, **options: Any) -> Path:
    """Write a mkdocs.yml beside `folder`/content; its path. `plugins`: all of the garden's where none are given."""
    settings: dict[str, Any] = {
        "site_name": "Test garden",
        "docs_dir": "content",
        # A theme of one template, so that a build takes a moment; those of the starter garden use Material.
        "theme": {"name": None, "custom_dir": str(BARE_THEME)},
        "plugins": plugins if plugins is not None else ALL,
        "markdown_extensions": ["attr_list", "tables", {"toc": {"slugify": SLUGIFY}}, "pymdownx.superfences"],
        "validation": VALIDATION,
    }
    place = folder / "mkdocs.yml"
    text = yaml.safe_dump(settings | options)
    place.write_text(text.replace(SLUGIFY, f"!!python/name:{SLUGIFY}"), encoding="utf-8")
    return place


def build(config_file: Path, site: Path, *, strict: bool = False) -> Site:
    """Build; with `strict` a warning raises Abort. The log is read from the site's own handler, which sees every word."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    handler.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.INFO)  # a test of --quiet may have left it higher
    logger.addHandler(handler)
    try:
        config = load_config(str(config_file), site_dir=str(site), strict=strict)
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
    except Abort as stop:
        raise Abort(f"{stop}\n{heard.getvalue()}") from stop
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    return Site(site, heard.getvalue().splitlines())
