"""The one allow-list of HTML: what is published of a rendered text, and what was removed from it.

Everything that is not named here is left out, by an HTML parser that reads as browsers do (nh3). What it writes has the
one form of `model.html`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3

from knowledge_garden.model.html import TAG
from knowledge_garden.model.links import NAMED, SAFE_SCHEMES, UNNAMED, scheme_of, unsafe_address
from knowledge_garden.model.messages import message

_TAGS = (
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark nav ol p pre q s samp small span strong sub summary sup table tbody "
    "td tfoot th thead time tr u ul var wbr input label"
)
TAGS = frozenset(_TAGS.split())
_EVERYWHERE = frozenset(["class", "dir", "id", "lang", "title"])
_BY_TAG = {
    "a": {"href"},
    "col": {"span"},
    "details": {"open"},
    "img": {"alt", "height", "loading", "src", "width"},
    "input": {"checked", "disabled", "type"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "td": {"align", "colspan", "rowspan", "style"},
    "th": {"align", "colspan", "rowspan", "scope", "style"},
    "time": {"datetime"},
}
_SCHEMES = {*SAFE_SCHEMES, NAMED, UNNAMED, "data"}
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*\Z")
# Ids that begin with two underscores are the theme's; the lines of a block of code have such ids, which replace nothing of the theme's.
_ID = re.compile(r"(?!__)[^\s<>\"'&=`]+\Z|__(?:codelineno|span)(?:-[0-9]+){1,2}\Z")
_CLASS = re.compile(r"(?!md-|kg-|mermaid\Z)[\w:.-]+\Z", re.I)
_STYLE = re.compile(r"text-align: (?:left|right|center);\Z")


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that is not published: the code of its problem, what to say, and how it may be written in the text."""

    code: str
    message: str
    hint: str = ""
    needles: tuple[str, ...] = ()


def sanitise(html: str) -> str:
    """What may be published of `html`: a fragment in the one form of this module, without anything that could run."""
    cleaned = _CLEANER.clean(html)
    return TAG.sub(_without_field, cleaned) if "<input" in cleaned else cleaned


def _without_field(tag: re.Match[str]) -> str:
    """Leaves out an <input> that is not the box of a task."""
    return "" if tag[2] == "input" and ' type="checkbox"' not in tag[3] else tag[0]


def taken_away(before: str, after: str) -> list[Loss]:
    """What `sanitise` left out of `before` to make `after`, in the order of the text."""
    tags = TAG.findall(before)
    if len(tags) == before.count("<") and tags == TAG.findall(after):
        return []
    rendered, published = _Tags(), _Tags()
    rendered.feed(before)
    rendered.close()
    published.feed(after)
    published.close()
    kept = Counter(published.parts)
    losses: list[Loss] = []
    for part in rendered.parts:
        if kept[part]:
            kept[part] -= 1
        else:
            losses += _loss(*part)
    return losses


def _filter(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute as it is published; None leaves the attribute out."""
    if name == "class":
        classes = value.split()
        kept = [word for word in classes if _CLASS.match(word)]
        return (value if kept == classes else " ".join(kept)) if kept else None
    if name == "id":
        return value if _ID.match(value) else None
    if name == "style":
        return value if _STYLE.match(value) else None
    if name == "src":
        return value if _is_own_picture(value) else None
    if name == "type" and tag == "input":
        return value if value == "checkbox" else None
    if name == "href" and (scheme_of(value).lower() == "data" or unsafe_address(_without_wiki(value))[0]):
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags={"script", "style"},
    attributes={"*": set(_EVERYWHERE), **_BY_TAG},
    attribute_filter=_filter,
    set_tag_attribute_values={"input": {"disabled": ""}},  # as the boxes of a list of tasks are
    link_rel=None,
    url_schemes=_SCHEMES,
)


def _is_own_picture(address: str) -> bool:
    return bool(_PICTURE.match(address)) or not (scheme_of(address) or unsafe_address(address)[0])


def _without_wiki(address: str) -> str:
    """The part of an address that `unsafe_address` is to judge."""
    return "" if address.startswith((f"{NAMED}:", f"{UNNAMED}:")) else address


def _loss(tag: str, name: str, value: str) -> Iterator[Loss]:
    """What to say of a part that is not published."""
    if tag.startswith("<"):
        yield _strange(tag)
    elif not name:
        yield Loss("unsafe-html", message("The tag <{tag}> is not published.", tag=tag), needles=(f"<{tag}",))
    elif tag in TAGS:
        yield from _lost_attribute(tag, name, value)


def _strange(written: str) -> Loss:
    if written == "<!--":
        hint = message("Delete it, or write it where all can read it.")
        return Loss("hidden-text", message("A comment is hidden from readers, and is not published."), hint, ("<!--",))
    return Loss("unsafe-html", message("{written} is not published.", written=written), needles=(written,))


def _lost_attribute(tag: str, name: str, value: str) -> Iterator[Loss]:
    needles = (value, value.partition(":")[2], name)
    if name == "href":
        fault, hint = unsafe_address(value)
        yield Loss(
            "unsafe-link", fault or message("{value} is not an address that can be read.", value=value), hint, needles
        )
    elif name == "src" and tag == "img":
        scheme = scheme_of(value)
        if scheme.lower() in ("http", "https", ""):
            fault = message("The picture {value} would be fetched from another host by every reader.", value=value)
            yield Loss("remote-picture", fault, needles=needles)
        else:
            yield Loss(
                "unsafe-link",
                message("The scheme {scheme}: is not allowed in a picture.", scheme=scheme),
                needles=needles,
            )
    elif name == "class":
        for word in value.split():
            if not _CLASS.match(word):
                yield Loss(
                    "unsafe-html",
                    message("The class {word} is not published: it is the theme's.", word=word),
                    "",
                    (word, name),
                )
    elif name == "id":
        fault = message("The id {value} is not published: it could be taken for one of the theme's.", value=value)
        yield Loss("unsafe-html", fault, message("Give it an id of its own, such as {#measures}."), (value, name))
    elif not name.replace("-", "").replace(":", "").isalnum():
        yield Loss(
            "unsafe-html",
            message("<{tag}> can't be read; a quote in it may not be closed.", tag=tag),
            needles=(f"<{tag}",),
        )
    else:
        yield Loss(
            "unsafe-html",
            message("The attribute {name} of <{tag}> is not published.", name=name, tag=tag),
            needles=(name, f"/{name}", f"<{tag}"),
        )


class _Tags(HTMLParser):
    """Lists the parts of a fragment that are not text: (tag, "", "") and (tag, attribute, value), and markup other than tags."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, "", ""))
        if tag == "input":
            attrs = [(name, value) for name, value in attrs if name != "disabled"]  # set on all of them
        self.parts += ((tag, name, value or "") for name, value in attrs)

    def handle_comment(self, data: str) -> None:
        self.parts.append(("<!--", "", ""))

    def handle_decl(self, decl: str) -> None:
        self.parts.append(("<!", "", ""))

    def unknown_decl(self, data: str) -> None:
        self.parts.append(("<![", "", ""))

    def handle_pi(self, data: str) -> None:
        self.parts.append(("<?", "", ""))
