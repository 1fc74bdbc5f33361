"""Makes a sequence short: without the parts that are not needed, and each of the rest as plain as it can be."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

P = TypeVar("P")  # a part of a sequence


def shortened(
    parts: Sequence[P],
    shows: Callable[[Sequence[P]], bool],
    plainer: Callable[[P], Iterable[P]] = lambda _part: (),
) -> Sequence[P]:
    """The parts that are left when none can be dropped, or be plainer. `shows`: whether a sequence still shows it.

    `plainer` gives the plainer forms of one part; it has to come to an end.
    """
    before: Sequence[P] = ()
    while before != parts:
        before = parts
        parts = _without_what_is_not_needed(parts, shows)
        parts = _made_plain(parts, shows, plainer)
    return parts


def _without_what_is_not_needed(parts: Sequence[P], shows: Callable[[Sequence[P]], bool]) -> Sequence[P]:
    """Many at once, as long as that goes; then one by one; the last first."""
    size = len(parts)
    while size:
        place = len(parts) - size
        while place >= 0:
            fewer = [*parts[:place], *parts[place + size :]]
            if fewer and shows(fewer):
                parts = fewer
            place -= size
        size //= 2
    return parts


def _made_plain(
    parts: Sequence[P], shows: Callable[[Sequence[P]], bool], plainer: Callable[[P], Iterable[P]]
) -> Sequence[P]:
    for place in range(len(parts)):
        while (found := _first_plainer(parts, place, shows, plainer)) is not None:
            parts = found
    return parts


def _first_plainer(
    parts: Sequence[P], place: int, shows: Callable[[Sequence[P]], bool], plainer: Callable[[P], Iterable[P]]
) -> Sequence[P] | None:
    for part in plainer(parts[place]):
        other = [*parts[:place], part, *parts[place + 1 :]]
        if shows(other):
            return other
    return None
