"""The content of a state's points, reduced so that two states can be compared."""

from functools import lru_cache
from typing import TypeAlias, TypeGuard

from harness.payload.values import Field
from harness.protocols.udmi.words.messages import PointState, State, ValueState
from harness.protocols.udmi.words.said import said
from harness.text import printable

Content: TypeAlias = tuple[tuple[str, str, str], ...]


def content(state: State, about: str | None = None) -> Content:
    """Name, value_state and units of every point, or of one."""
    points = state.points
    return tuple([_entry(name, points[name]) for name in sorted(points) if about is None or name == about])


def _entry(name: str, point: PointState) -> tuple[str, str, str]:
    word, units = point.value_state, point.units or None
    if len(name) <= _SHORT and _is_short(word) and _is_short(units):
        return _shared(name, word, units)
    return name, said(word), said(units)


def _is_short(field: Field[str]) -> TypeGuard[str | None]:
    return field is None or (isinstance(field, str) and len(field) <= _SHORT)


@lru_cache(20_000, typed=True)  # a value_state is equal to its word, but not said like it
def _shared(name: str, word: str | None, units: str | None) -> tuple[str, str, str]:
    """One and the same object for the same words: a device may have thousands of points, and hundreds of states."""
    return name, said(word), said(units)


def named_content(state: State, about: str | None = None) -> Content:
    """The content that an etag must tell apart: a point without any report adds nothing.

    The sources leave open whether a refused write counts, so invalid is as absent.
    """
    free = {said(ValueState.INVALID): said(None)}
    named = ((entry[0], free[entry[1]], entry[2]) if entry[1] in free else entry for entry in content(state, about))
    return tuple(entry for entry in named if entry[1:] != _NOTHING)


def difference(one: Content, other: Content) -> str:
    """The first point of which they say something else, in words."""
    said_then, said_now = ({name: tuple(rest) for name, *rest in content} for content in (one, other))
    for name in sorted({*said_then, *said_now}):
        was, now = said_then.get(name, _NOTHING), said_now.get(name, _NOTHING)
        if was != now:
            return f"{printable(name)} was {_words(was)}, then {_words(now)}"
    return "one lists other points"


def _words(told: tuple[str, ...]) -> str:
    return "without value_state and units" if told == _NOTHING else " in ".join(told)


_SHORT = 100  # characters
_NOTHING = (said(None), said(None))
