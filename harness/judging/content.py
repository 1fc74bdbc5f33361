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
    """What an etag must tell apart. The sources leave open whether a refused write counts, so invalid is as absent."""
    free = {said(ValueState.INVALID): said(None)}
    return tuple((name, free.get(word, word), units) for name, word, units in content(state, about))


def difference(one: Content, other: Content) -> str:
    """The first point in which they differ, in words."""
    if [name for name, *_ in one] != [name for name, *_ in other]:
        return "one lists other points"
    (name, *was), (_, *now) = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
    return f"{printable(name)} was {' in '.join(was)}, then {' in '.join(now)}"
