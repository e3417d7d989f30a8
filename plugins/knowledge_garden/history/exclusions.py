"""Every commit that earned nothing, and why, packed small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from knowledge_garden.history.result import WalkResult
from knowledge_garden.model.contributions import Exclusions


def excluded(result: WalkResult, credited: Iterable[str], repeated: Mapping[str, str], width: int) -> Exclusions:
    """Every commit that earned nothing. `width`: bytes of a commit's name."""
    names = {bytes.fromhex(commit) for commit in credited}
    left = {reason: bytearray(packed) for reason, packed in result.left_out.items()}
    confirming = {bytes.fromhex(fact.commit) for fact, _ in result.confirmed}
    details = {}
    for start in range(0, len(result.counted), width):
        name = bytes(result.counted[start : start + width])
        if name in names:
            continue
        first = repeated.get(name.hex())
        if first is not None:
            details[name.hex()] = first
        reason = "duplicate" if first is not None else "unknown-page" if name in confirming else "gone"
        left.setdefault(reason, bytearray()).extend(name)
    packed = tuple((reason, _sorted(left[reason], width)) for reason in sorted(left))
    return Exclusions(packed, width, details)


def _sorted(packed: bytearray, width: int) -> bytes:
    return b"".join(sorted(bytes(packed[start : start + width]) for start in range(0, len(packed), width)))
