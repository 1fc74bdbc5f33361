"""What a state says of its points, boiled down so that two states can be compared."""

from typing import TypeAlias

from harness.judging.point_report import said
from harness.wire.reader import printable
from harness.wire.udmi import State, ValueState

Content: TypeAlias = tuple[tuple[str, str, str], ...]


def content(state: State, about: str | None = None) -> Content:
    """Name, value_state and units of every point, or of one."""
    points = sorted(state.points.items())
    return tuple((name, said(p.value_state), said(p.units)) for name, p in points if about in (None, name))


def named_content(state: State, about: str | None = None) -> Content:
    """What an etag must tell apart: a point of which nothing is said adds nothing.

    The sources leave open whether a refused write counts, so invalid is as absent.
    """
    free = {said(ValueState.INVALID): said(None)}
    named = ((name, free.get(word, word), units) for name, word, units in content(state, about))
    return tuple(entry for entry in named if entry[1:] != _NOTHING)


def difference(one: Content, other: Content) -> str:
    """The first point of which they say something else, in words."""
    said_then, said_now = ({name: tuple(rest) for name, *rest in content} for content in (one, other))
    for name in sorted({*said_then, *said_now}):
        was, now = said_then.get(name, _NOTHING), said_now.get(name, _NOTHING)
        if was != now:
            return f"{printable(name)} was {' in '.join(was)}, then {' in '.join(now)}"
    return "one lists other points"


_NOTHING = (said(None), said(None))
