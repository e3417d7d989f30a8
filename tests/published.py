"""Reads HTML with Python's own parser: its links and anchors, and whatever could run, load or take something over."""

from __future__ import annotations

from html.parser import HTMLParser

RUNS = {"script", "style", "iframe", "frame", "object", "embed", "applet", "form", "button", "textarea", "select"}
RUNS |= {"svg", "math", "template", "meta", "link", "base", "noscript", "plaintext", "xmp", "video", "audio", "source"}
RUNS |= {"portal", "frameset", "noembed", "noframes", "title", "body", "head", "html", "picture", "track", "marquee"}
ADDRESSES = {"href", "src"}
SAFE = ("http:", "https:", "mailto:", "tel:", "wiki:", "wiki-title:")
GENERATED = {"headerlink", "footnote-ref", "footnote-backref"}


class Published(HTMLParser):
    """The links and anchors of a text as a browser would find them, and what there is to fear."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.harm: list[str] = []

    @classmethod
    def of(cls, html: str) -> Published:
        reader = cls()
        reader.feed(html)
        reader.close()
        return reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if anchor := values.get("id"):
            self.anchors.add(anchor)
        own = not (GENERATED & set(values.get("class", "").split()) and values.get("href", "").startswith("#"))
        if tag in ("a", "img") and own:
            self.links += [values[name] for name in ADDRESSES if name in values]
        if tag in RUNS or (tag == "input" and values.get("type") != "checkbox"):
            self.harm.append(tag)
        self.harm += (f"{tag} {name}={value}" for name, value in values.items() if _is_harm(tag, name, value))

    def handle_comment(self, data: str) -> None:
        self.harm.append(f"<!--{data}-->")


def _is_harm(tag: str, name: str, value: str) -> bool:
    if name == "style":
        return value not in ("text-align: left;", "text-align: right;", "text-align: center;")
    if name in ADDRESSES:
        bare = "".join(letter for letter in value.lower() if letter > " ")
        if tag == "img":
            return (":" in bare.partition("/")[0] and not bare.startswith("data:image/")) or bare[:2] in (
                "//",
                "\\\\",
                "/\\",
            )
        scheme = ":" in bare.partition("/")[0].partition("?")[0].partition("#")[0]
        return (scheme and not bare.startswith(SAFE)) or bare[:2] in ("//", "\\\\", "/\\")
    if name == "id":
        return value.startswith("__")
    if name == "class":
        return any(word.startswith(("md-", "kg-")) or word == "mermaid" for word in value.split())
    return name.startswith(("on", "data-")) or name in (
        "name",
        "srcdoc",
        "srcset",
        "poster",
        "action",
        "formaction",
        "hidden",
    )


def harm_in(html: str) -> list[str]:
    """Everything in the HTML that could run, load something from elsewhere, hide text, or stand in for the theme."""
    return Published.of(html).harm
