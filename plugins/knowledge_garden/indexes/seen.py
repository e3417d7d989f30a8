"""What stands for the indexes while a page is recorded (`indexes.recording`): each answer is noted on its way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from knowledge_garden.indexes.registry import Index, Indexes

if TYPE_CHECKING:
    from knowledge_garden.indexes.recording import Recorder

Question = tuple[Any, ...]
"""Names of attributes (with arguments where a method gives a mapping), then the kind of question and its arguments."""
KEY: Final = "key"
CALL: Final = "call"
VALUE: Final = "value"
IN: Final = "in"
_OURS = "knowledge_garden."
_PLAIN = (str, int, float, bool, bytes, type(None), Enum)
_NOT_SEEN = ("__iter__", "__len__", "__getitem__", "__contains__", "__bool__")  # asked without a name
_NOTHING = object()


class _Seen:
    """An object of the indexes; what is asked of it is noted."""

    __slots__ = ("_names", "_of", "_parts", "_recorder")

    def __init__(self, recorder: Recorder, of: object, names: tuple[Any, ...]) -> None:
        self._recorder = recorder
        self._of = of
        self._names = names
        self._parts: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name in self._parts:
            return self._parts[name]
        value = getattr(self._of, name)
        seen = _seen(self._recorder, value, (*self._names, name))
        if seen is not value:
            self._parts[name] = seen  # asking for it says nothing yet
        else:
            self._recorder.note((*self._names, name, VALUE, ()), value)
        return seen


class RecordedIndexes(Indexes, _Seen):
    """Indexes of which every answer is noted."""

    def __init__(self, recorder: Recorder) -> None:
        _Seen.__init__(self, recorder, recorder.indexes, ())

    def __getattribute__(self, name: str) -> Any:
        # Instances of `Indexes` have these by themselves; here they are asked for like all others.
        if name.startswith("_"):
            return object.__getattribute__(self, name)
        return _Seen.__getattr__(self, name)

    def __getitem__(self, index: Index[Any]) -> Any:
        return _Seen.__getattr__(self, index.name)


class _SeenMapping(Mapping[Any, Any]):
    """A mapping of the indexes; which keys are asked for is noted, or that all of it was read."""

    def __init__(self, recorder: Recorder, of: Mapping[Any, Any], names: tuple[Any, ...]) -> None:
        self._recorder = recorder
        self._of = of
        self._names = names

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, _PLAIN):
            self._recorder.give_up()
            return self._of[key]
        question = (*self._names, KEY, (_plain(key),))
        try:
            value = self._of[key]
        except KeyError:
            self._recorder.note_missing(question)
            raise
        self._recorder.note(question, value)
        return value

    def get(self, key: Any, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key: object) -> bool:
        return self.get(key, _NOTHING) is not _NOTHING

    def _all(self) -> Mapping[Any, Any]:
        self._recorder.note((*self._names, VALUE, ()), self._of)
        return self._of

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def items(self) -> Any:
        return self._all().items()

    def values(self) -> Any:
        return self._all().values()

    def keys(self) -> Any:
        return self._all().keys()

    def __eq__(self, other: object) -> bool:
        return self._all() == other

    __hash__ = None  # type: ignore[assignment]


class _SeenSet(Set[Any]):
    """A set of the indexes; what was looked for is noted, or that all of it was read."""

    def __init__(self, recorder: Recorder, of: frozenset[Any], names: tuple[Any, ...]) -> None:
        self._recorder = recorder
        self._of = of
        self._names = names

    def __contains__(self, item: object) -> bool:
        there = item in self._of
        if isinstance(item, _PLAIN):
            self._recorder.note((*self._names, IN, (_plain(item),)), there)
        else:
            self._recorder.give_up()
        return there

    def _all(self) -> frozenset[Any]:
        self._recorder.note((*self._names, VALUE, ()), self._of)
        return self._of

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def _seen(recorder: Recorder, value: Any, names: tuple[Any, ...]) -> Any:
    """What stands for a value while a page is made; a value that is noted whole stands for itself."""
    if isinstance(value, Mapping):
        return _SeenMapping(recorder, value, names)
    if isinstance(value, frozenset):
        return _SeenSet(recorder, value, names)
    if isinstance(value, Enum) or not type(value).__module__.startswith(_OURS):
        return _method(recorder, value, names) if callable(value) else value
    if callable(value) or hasattr(value, "model_fields_set") or any(hasattr(type(value), name) for name in _NOT_SEEN):
        return value
    return _Seen(recorder, value, names)


def _method(recorder: Recorder, method: Callable[..., Any], names: tuple[Any, ...]) -> Callable[..., Any]:
    def ask(*arguments: Any, **named: Any) -> Any:
        plain = None if named else _plain_arguments(arguments)
        answer = method(*arguments, **named)
        if isinstance(answer, Iterator):
            answer = list(answer)
        if plain is None:
            recorder.give_up()
        elif isinstance(answer, Mapping):
            return _SeenMapping(recorder, answer, (*names[:-1], (names[-1], plain)))
        else:
            recorder.note((*names, CALL, plain), answer)
        return answer

    return ask


def _plain_arguments(arguments: Iterable[Any]) -> tuple[Any, ...] | None:
    plain: list[Any] = []
    for argument in arguments:
        if isinstance(argument, _PLAIN):
            plain.append(_plain(argument))
        elif isinstance(argument, set | frozenset) and all(isinstance(item, _PLAIN) for item in argument):
            plain.append(frozenset(map(_plain, argument)))
        else:
            return None
    return tuple(plain)


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else str(value) if isinstance(value, str) else value
