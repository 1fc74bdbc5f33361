"""What a state says of its points, boiled down so that two states can be compared."""

from typing import TypeAlias

from harness.judging.point_report import said
from harness.wire.udmi import State, ValueState

Content: TypeAlias = tuple[tuple[str, str, str], ...]


def content(state: State) -> Content:
    """Name, value_state and units of every point."""
    return tuple((name, said(p.value_state), said(p.units)) for name, p in sorted(state.points.items()))


def named_content(state: State) -> Content:
    """What an etag must tell apart. The sources leave open whether a refused write counts, so invalid is as absent."""
    free = {said(ValueState.INVALID): said(None)}
    return tuple((name, free.get(word, word), units) for name, word, units in content(state))


def difference(one: Content, other: Content) -> str:
    """The first point in which they differ, in words."""
    changed = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    if not changed:
        return "one lists other points"
    (name, *was), (_, *now) = changed[0]
    return f"{name} was {' in '.join(was)}, then {' in '.join(now)}"
