"""Which points a device reports: those that the config lists and it knows; without a list, its own choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportedPoints:
    """The points that are reported, and those that the config lists and nobody here knows."""

    reported: Sequence[str]
    unknown: Sequence[str] = ()


def members(listed: Mapping[str, object] | None, own: Sequence[str], before: ReportedPoints) -> ReportedPoints:
    """The reported points by a config's list, None where it has none, for a device with points of its `own`."""
    del before
    if listed is None:
        return ReportedPoints(own)
    known = frozenset(own)
    if known.issuperset(listed):
        return ReportedPoints(tuple(listed))
    return ReportedPoints(
        tuple(name for name in listed if name in known), tuple(name for name in listed if name not in known)
    )
