"""Digests of values: equal values have equal ones in every process, whatever they share and whatever holds them."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

SIZE: Final = 12  # bytes of a digest
NOT_DIGESTED: Final = (pickle.PicklingError, TypeError, AttributeError, RecursionError)
"""What is raised for a value that has no form as bytes."""
_OURS = "knowledge_garden."
_SHARED = frozenset(["Record", "Page", "Document", "Contributor"])  # large, and part of many values


class Digests:
    """Digests of the values of one build; those of large objects are made once."""

    def __init__(self) -> None:
        self._of_objects: dict[int, tuple[object, bytes]] = {}

    def of(self, value: object) -> bytes:
        """The digest of a value with all that it holds. Raises one of NOT_DIGESTED.

        A set within a list, or as a value of a mapping, is taken in an order that another process may not have; the
        digest is then another for nothing. It is never that of another value.
        """
        return self._digest(sorted(value, key=repr) if isinstance(value, set | frozenset) else value)

    def of_object(self, value: object, parts: tuple[Any, ...]) -> bytes:
        """The digest of a large object that is made of `parts`."""
        kept = self._of_objects.get(id(value))
        if kept is None:
            # The object is kept with its digest, so that no other can come to have its id.
            kept = self._of_objects[id(value)] = (value, self._digest(parts))
        return kept[1]

    def _digest(self, value: object) -> bytes:
        file = io.BytesIO()
        pickler = _Pickler(file, self)
        pickler.fast = True  # no references, which would tell how equal parts are shared
        pickler.dump(value)
        return hashlib.blake2b(file.getbuffer(), digest_size=SIZE).digest()


@dataclass(frozen=True, slots=True)
class _Form:
    """How the objects of a class are written. `parts` takes their fields; None where pickle's own way is taken."""

    name: str = ""
    parts: Callable[[Any], tuple[Any, ...]] | None = None
    is_shared: bool = False


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, digests: Digests) -> None:
        super().__init__(file, protocol=5)
        self._digests = digests

    def reducer_override(self, value: Any) -> Any:
        form = _form(type(value))
        if form.parts is None:
            return NotImplemented
        parts = (form.name, *form.parts(value))
        return (tuple, ((form.name, self._digests.of_object(value, parts)) if form.is_shared else parts,))


def _form(kind: type[Any]) -> _Form:
    form = _FORMS.get(kind)
    if form is None:
        form = _FORMS[kind] = _new_form(kind)
    return form


_FORMS: dict[type[Any], _Form] = {}


def _new_form(kind: type[Any]) -> _Form:
    if kind is MappingProxyType:
        return _Form("mapping", lambda value: (dict(value),))
    if not kind.__module__.startswith(_OURS):
        return _Form()
    name = f"{kind.__module__}.{kind.__qualname__}"
    if hasattr(kind, "model_fields"):
        return _Form(name, lambda model: (model.__dict__, model.model_extra, sorted(model.model_fields_set)))
    if not dataclasses.is_dataclass(kind):
        return _Form()
    names = [field.name for field in dataclasses.fields(kind)]
    if not names:
        return _Form(name, lambda value: ())
    take = attrgetter(*names)
    return _Form(
        name, lambda value: _in_order(take(value) if len(names) > 1 else (take(value),)), kind.__name__ in _SHARED
    )


def _in_order(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    for part in parts:
        if type(part) is frozenset or type(part) is set:
            return tuple(sorted(part, key=repr) if isinstance(part, set | frozenset) else part for part in parts)
    return parts
