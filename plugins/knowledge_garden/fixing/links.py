"""Puts links right that lead nowhere and can mean one page only: [[slug]] and [text](../path.md)."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from knowledge_garden.fixing.edits import Edit, replaced
from knowledge_garden.fixing.names import GardenNames
from knowledge_garden.model.addresses import FOLDER_PAGES, resolve
from knowledge_garden.model.links import Link, LinkForm, scheme_of
from knowledge_garden.model.messages import message
from knowledge_garden.reading.lines import occurrences

_WIKI = re.compile(r"\[\[([^\[\]|#\n]+)")
_PATH = re.compile(r"[^\s()<>\[\]\"'#]+\.md\b")


def may_have_edits(body: str, here: str, names: GardenNames) -> bool:
    """Whether something in a text looks like a link that `link_edits` would change; quick, for it parses nothing."""
    return any(_better_name(match[1], names) for match in _WIKI.finditer(body)) or any(
        _better_path(match[0], here, names) for match in _PATH.finditer(body)
    )


def link_edits(body: str, links: tuple[Link, ...], here: str, names: GardenNames) -> Iterator[Edit]:
    """Edits of the body of the page at content path `here`. A link that is also shown as code is left alone."""
    number = Counter((link.form, link.target) for link in links if link.target)
    for (form, target), times in number.items():
        if form is LinkForm.WIKI:
            better = _better_name(target, names)
            starts = [match.start(1) for match in re.finditer(rf"\[\[({re.escape(target)})(?=[\]|#])", body)]
        else:
            better = _better_path(target, here, names)
            starts = occurrences(body, target) if better else []
        if not better or len(starts) != times:
            continue
        for start in starts:
            yield Edit(start, start + len(target), better, replaced(message("link"), target, better))


def _better_name(target: str, names: GardenNames) -> str:
    key = target.strip().removesuffix(".md").casefold()
    if not key or key in names.wiki:
        return ""
    folder, slash, stem = key.rpartition("/")
    near = names.offered_wiki.only(stem)
    if not near or (not folder and len(names.by_stem[near]) > 1):
        return ""
    better = f"{folder}{slash}{near}"
    return better if better.casefold() in names.wiki else ""


def _better_path(target: str, here: str, names: GardenNames) -> str:
    """The relative path of the page that a link to no page means; its name decides, in whatever folder it is."""
    if scheme_of(target) or "?" in target or target.startswith("/") or not target.endswith(".md"):
        return ""
    path = resolve(here, target)
    pure = PurePosixPath(path)
    known = path in names.pages or path in names.files or path in names.generated
    if known or path.startswith("..") or pure.stem in FOLDER_PAGES or " " in target or "%" in target:
        return ""
    near = names.offered_wiki.only(pure.stem)
    folder = posixpath.dirname(here) or "."
    kind = pure.parts[0] if len(pure.parts) > 1 else ""
    pages = [page for page in names.by_stem.get(near, ()) if page.partition("/")[0] == kind or pure.stem == near]
    return posixpath.relpath(pages[0], folder) if len(pages) == 1 else ""
