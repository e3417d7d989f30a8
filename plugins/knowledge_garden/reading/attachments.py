"""Which files that are no Markdown may be published: pictures and documents, and nothing that runs or stands in for the theme."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".pdf", ".csv", ".txt")
# Where MkDocs, Material and our own theme put their files: a file of the same path would take their place.
_THEME = re.compile(r"(?:assets/(?:javascripts|stylesheets|images|external|knowledge-garden)|search)/")
_ACTIVE = re.compile(
    rb"<\s*(?:script|foreignObject|iframe|embed|object|handler|set|animate)|\son\w+\s*=|<!ENTITY|javascript:|"
    rb"(?:href|src)\s*=\s*[\"']\s*(?:https?:|//|data:(?!image/(?:png|jpeg|gif|webp)))|@import|<\?xml-stylesheet",
    re.I,
)


def refusal(path: str, place: Path) -> str:
    """Why the file at `path` in the content is not published, or "" where it is."""
    if _THEME.match(path):
        return f"{path} stands where the theme keeps its own files."
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in SUFFIXES:
        return f"Files that end in {suffix or 'nothing'} are not published."
    if suffix == ".svg":
        try:
            data = place.read_bytes()
        except OSError as error:
            return f"The file can't be read: {error.strerror}."
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or _ACTIVE.search(data):
            return "The picture holds a script, an animation or a link to elsewhere."
    return ""
