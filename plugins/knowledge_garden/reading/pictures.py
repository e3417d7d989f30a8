"""Whether a picture tells where it was taken: the position in its EXIF or XMP metadata, whatever the picture's format."""

from __future__ import annotations

import re
import struct

_TIFF = re.compile(rb"II\*\x00|MM\x00\*")  # where EXIF metadata begin, in JPEG, PNG, WebP and AVIF alike
_XMP_POSITION = re.compile(rb"GPSLatitude|GPSLongitude", re.I)
_PACKED = re.compile(rb"(?:zTXt|iTXt|tEXt)Raw profile type (?:exif|APP1|xmp)", re.I)
_GPS = 0x8825  # the tag that points to the directory of the position
_POSITION = {2, 4}  # latitude and longitude in that directory
_ENTRY_LIMIT = 1_000
_START_LIMIT = 100  # no camera writes so many; to look at each would take long


def has_position(data: bytes) -> bool:
    """Whether a picture's metadata hold a latitude or a longitude, or are packed so that this can't be seen."""
    if _XMP_POSITION.search(data) or _PACKED.search(data):
        return True
    starts = [match.start() for match in _TIFF.finditer(data)]
    view = memoryview(data)
    return len(starts) > _START_LIMIT or any(_position_in_exif(view[start:]) for start in starts)


def _position_in_exif(exif: memoryview) -> bool:
    order = "<" if bytes(exif[:2]) == b"II" else ">"
    if len(exif) < 8:
        return False
    directory = _entries(exif, order, struct.unpack_from(f"{order}I", exif, 4)[0]).get(_GPS)
    return directory is not None and bool(_POSITION & _entries(exif, order, directory).keys())


def _entries(exif: memoryview, order: str, offset: int) -> dict[int, int]:
    """The tags of the directory at `offset`, each with its value or the offset of it; empty where there is none."""
    if offset + 2 > len(exif):
        return {}
    (number,) = struct.unpack_from(f"{order}H", exif, offset)
    if number > _ENTRY_LIMIT or offset + 2 + 12 * number > len(exif):
        return {}
    return {
        tag: value
        for tag, _, _, value in struct.iter_unpack(f"{order}HHII", exif[offset + 2 : offset + 2 + 12 * number])
    }
