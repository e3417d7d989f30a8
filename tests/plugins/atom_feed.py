"""An Atom feed of the lessons."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from knowledge_garden import Frame, Indexes, OutputFile, hookimpl


@hookimpl
def garden_outputs(indexes: Indexes, frame: Frame) -> Iterable[OutputFile]:
    def feed() -> bytes:
        root = Element("feed", xmlns="http://www.w3.org/2005/Atom")
        SubElement(root, "title").text = indexes.garden.settings.name
        for lesson in indexes.garden.lessons.values():
            entry = SubElement(root, "entry")
            SubElement(entry, "title").text = lesson.title
            SubElement(entry, "link", href=frame.url(lesson.path))
        return tostring(root, encoding="utf-8", xml_declaration=True)

    return [OutputFile("feed.xml", feed)]
