"""Which files beside Markdown may be published: pictures and documents, and nothing that runs or replaces a file of the theme."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from knowledge_garden.model.messages import message
from knowledge_garden.reading.files import ContentFile
from knowledge_garden.reading.pictures import has_position
from knowledge_garden.reading.svg import svg_refusal

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
DOCUMENTS = (".pdf", ".csv", ".txt")
PICTURE_LIMIT = 1_000_000  # bytes
DOCUMENT_LIMIT = 20_000_000  # bytes
TOTAL_LIMIT = 1_000_000_000  # bytes of all attachments
# Where MkDocs, Material and our own theme put their files: a file of the same path would take their place.
_THEME = re.compile(r"(?:assets/(?:javascripts|stylesheets|images|external|knowledge-garden)|search)/", re.I)
_SMALLER = message("Make it smaller: 1,600 pixels are wide enough for a page, and JPEG or WebP suits photographs.")
_SHORTER = message("Link to where it is published, or keep the part that readers need.")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not published: the code of the problem, a message and a hint."""

    code: str
    message: str
    hint: str = ""


def refusal(file: ContentFile) -> Refusal | None:
    """Why a file of the content is not published, or None where it is."""
    suffix = PurePosixPath(file.path).suffix.lower()
    if _THEME.match(file.path):
        return Refusal(
            "file-type", message("{path} is in a folder in which the theme keeps its own files.", path=file.path)
        )
    if suffix not in PICTURES + DOCUMENTS:
        return Refusal(
            "file-type",
            message("Files that end in {suffix} are not published.", suffix=suffix)
            if suffix
            else message("Files whose name has no ending are not published."),
        )
    limit, hint = (PICTURE_LIMIT, _SMALLER) if suffix in PICTURES else (DOCUMENT_LIMIT, _SHORTER)
    if file.size > limit:
        return Refusal(
            "too-large", message("The file has {size} bytes; the limit is {limit}.", size=file.size, limit=limit), hint
        )
    return _in_picture(file, suffix) if suffix in PICTURES else None


def _in_picture(file: ContentFile, suffix: str) -> Refusal | None:
    try:
        data = file.source.read_bytes()
    except OSError as error:
        return Refusal("unreadable-file", message("The file can't be read: {reason}.", reason=error.strerror))
    if suffix == ".svg":
        fault = svg_refusal(data)
        hint = message("Save it as plain SVG, without scripts, links and an editor's own data, or as PNG.")
        return Refusal("file-type", fault, hint) if fault else None
    if has_position(data):
        return Refusal("picture-position", message("The picture's metadata tell where it was taken."))
    return None
