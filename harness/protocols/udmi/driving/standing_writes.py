"""Points that stand written though no config writes them, and what the device says of each: for whoever is told."""

from collections.abc import Iterable

from harness.protocols.udmi.words.messages import PointState, State, Status
from harness.protocols.udmi.words.said import said
from harness.text import printable


def standing(state: State | None, names: Iterable[str]) -> dict[str, str]:
    """Which of these points the state says to have a value_state, and that state and status in words."""
    points = state.points if state else {}
    return {name: words_of(points[name]) for name in names if name in points and points[name].value_state is not None}


def words_of(point: PointState) -> str:
    """Its value_state, and its status where it has one."""
    words = f"value_state is {said(point.value_state)}"
    match point.status:
        case None:
            return f"{words}, and it has no status"
        case Status(message, category, level):
            return f"{words}, and its status says {_text(message)} ({_text(category)}, level {said(level)})"
        case odd:
            return f"{words}, and its status is {said(odd)}"


def _text(field: object) -> str:
    return printable(field) if isinstance(field, str) else said(field)
