"""Pictures: what tells a position is found in any place and byte order, soon enough, and nothing else is taken for it."""

import random
import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_garden.reading.pictures import has_position
from knowledge_garden.reading.svg import USE_LIMIT, svg_refusal


def exif(order: str = "<", *, gps: int = 0x8825, tags: tuple[int, ...] = (1, 2, 3, 4)) -> bytes:
    """A TIFF header, a directory that points to that of the position, and the latter with `tags`."""
    header = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, 8)
    first = struct.pack(f"{order}HHHIII", 1, gps, 4, 1, 26, 0)
    entries = b"".join(struct.pack(f"{order}HHII", tag, 5, 3, 0) for tag in tags)
    return header + first + struct.pack(f"{order}H", len(tags)) + entries


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("before", [b"", b"\xff\xd8\xff\xe1\x00\x50Exif\x00\x00", b"RIFF____WEBPEXIF", b"x" * 1001])
def test_a_position_is_found(order: str, before: bytes) -> None:
    assert has_position(before + exif(order) + b"\xff\xd9")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"II*\x00",
        b"MM\x00*\xff\xff\xff\xff",
        exif(gps=0x8769),
        exif(tags=(2,) * 1_001),
        exif(tags=(0,)),
        exif(tags=()),
        exif()[:-12],
        b"GPS",
    ],
)
def test_other_metadata_are_no_position(data: bytes) -> None:
    assert not has_position(data)


@pytest.mark.parametrize("tag", [2, 4])
def test_half_a_position_is_one(tag: int) -> None:
    assert has_position(exif(tags=(tag,)))


def test_metadata_that_cannot_be_read_are_refused() -> None:
    assert has_position(b"\x89PNG....zTXtRaw profile type exif\x00\x00packed")


@given(st.binary(max_size=400), st.integers(0, 400))
def test_no_bytes_make_it_raise(data: bytes, cut: int) -> None:
    has_position(data + exif()[:cut] + data)


def test_no_picture_makes_it_slow() -> None:
    entries = struct.pack("<HHHII", 1000, 0x8825, 4, 1, 0) + b"\x00" * 12_000
    begun = time.process_time()
    assert has_position((b"II*\x00\x00\x00\x00\x00" * 100_000)[:990_000] + entries), "no camera writes so many"
    assert time.process_time() - begun < 2


COPY = "<use href='#a'/>"


@pytest.mark.parametrize("number", [USE_LIMIT, USE_LIMIT + 1])
def test_so_many_copies_and_no_more(number: int) -> None:
    picture = f'<svg xmlns="http://www.w3.org/2000/svg"><path id="a"/>{COPY * number}</svg>'
    assert bool(svg_refusal(picture.encode())) == (number > USE_LIMIT)


@given(st.binary(max_size=200))
def test_no_bytes_are_a_picture_by_chance(data: bytes) -> None:
    assert svg_refusal(data)


def test_a_deep_picture_is_read_without_recursion() -> None:
    deep = '<svg xmlns="http://www.w3.org/2000/svg">' + "<g>" * 100_000 + "</g>" * 100_000 + "</svg>"
    begun = time.process_time()
    assert svg_refusal(deep.encode()) == ""
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "utf-8"])
def test_a_script_is_refused_in_every_encoding(encoding: str) -> None:
    evil = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    assert svg_refusal(evil.encode(encoding))
    good = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    assert bool(svg_refusal(good.encode(encoding))) == (not encoding.startswith("utf-8"))


@pytest.mark.parametrize("letters", range(20))
def test_fetching_styles_are_refused_however_they_are_written(letters: int) -> None:
    chance = random.Random(letters)
    style = "".join(chance.choice((letter.lower(), letter.upper())) for letter in "fill:url(//example.org/x)")
    for attribute in (
        f'style="{style}"',
        f'fill="{style.partition(":")[2]}"',
        f'style="{style.replace("u", "&#117;", 1)}"',
    ):
        assert svg_refusal(f'<svg xmlns="http://www.w3.org/2000/svg"><path {attribute}/></svg>'.encode()), attribute


@pytest.mark.parametrize("name", [b"GPSLatitude", b"gpslongitude"])
def test_a_position_in_xmp_is_found(name: bytes) -> None:
    assert has_position(b"\xff\xd8<rdf:Description exif:" + name + b'="53,33.4N"/>')
    assert not has_position(b'\xff\xd8<rdf:Description exif:GPSVersionID="2.2"/>')


@pytest.mark.parametrize(
    ("encoding", "refused"), [("UTF-8", False), ("us-ascii", False), ("iso-8859-1", True), ("utf-16", True)]
)
def test_a_picture_that_names_another_encoding_is_refused(encoding: str, refused: bool) -> None:
    picture = f'<?xml version="1.0" encoding="{encoding}"?><svg xmlns="http://www.w3.org/2000/svg"/>'
    assert ("encoding" in svg_refusal(picture.encode())) is refused
