"""The content of a state's points, reduced so that two states can be compared."""

from functools import lru_cache
from typing import TypeAlias

from harness.payload.values import Field
from harness.protocols.udmi.words.messages import State, ValueState
from harness.protocols.udmi.words.said import said
from harness.text import printable

Content: TypeAlias = tuple[tuple[str, str, str], ...]


def content(state: State, about: str | None = None) -> Content:
    """Name, value_state and units of every point, or of one."""
    points = sorted(state.points.items())
    return tuple(
        _entry(name, _said(p.value_state), _said(p.units or None)) for name, p in points if about in (None, name)
    )


def _entry(name: str, word: str, units: str) -> tuple[str, str, str]:
    """One and the same object for the same words: a device may have thousands of points, and hundreds of states."""
    return _shared(name, word, units) if len(name) <= _SHORT else (name, word, units)


@lru_cache(20_000)
def _shared(name: str, word: str, units: str) -> tuple[str, str, str]:
    return name, word, units


def _said(field: Field[str]) -> str:
    """The excerpt of what a field held: of the few words of which states are made, it is made once."""
    return _word(field) if field is None or (isinstance(field, str) and len(field) <= _SHORT) else said(field)


@lru_cache(1_000, typed=True)  # a value_state is equal to its word, but not said like it
def _word(field: str | None) -> str:
    return said(field)


def named_content(state: State, about: str | None = None) -> Content:
    """The content that an etag must tell apart: a point without any report adds nothing.

    The sources leave open whether a refused write counts, so invalid is as absent.
    """
    free = {said(ValueState.INVALID): said(None)}
    named = (_entry(name, free.get(word, word), units) for name, word, units in content(state, about))
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
