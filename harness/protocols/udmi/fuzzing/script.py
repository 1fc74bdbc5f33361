"""Which sequences there can be for a device: a Hypothesis strategy, made from its profile."""

from typing import Any

from hypothesis import strategies as st

from harness.payload.values import Value
from harness.protocols.udmi.driving.counterpart import AfterTimestamp, In
from harness.protocols.udmi.fuzzing.step import Garbage, Happens, Redeliver, Rests, SayAgain, Step, Wait, WriteStep
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.protocols.udmi.words.device_events import Break, ChangeUnits, DeviceEvent, Mend, Override, Release, Restart

_GARBAGE = (b"{", b"", b"null", b"[]", b"{}", b'{"timestamp": "now"}', b'{"pointset": {"points": {}}}', b"\xff\xfe{")
_WAITS = (0.1, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 6.0, 10.0)
_LIVES = (1.0, 2.5, 4.0, 8.0, 30.0, 3600.0)


def scripts(profile: Profile) -> st.SearchStrategy[list[Step]]:
    """Short ones first: what fails is made as short as it can be."""
    points = [point for point in profile.points.values() if point.good]
    steps = [_writes(points), st.just(SayAgain()), st.just(Redeliver()), st.just(Happens(Restart()))]
    steps += [st.sampled_from(_GARBAGE).map(Garbage)]
    steps += [st.sampled_from(happenings)] if (happenings := _happenings(profile)) else []
    pairs = st.lists(st.tuples(st.one_of(*steps), st.sampled_from(_WAITS)), min_size=1, max_size=8)
    return pairs.map(_flat)


def _flat(pairs: list[tuple[Step, float]]) -> list[Step]:
    """Each step, and the time that passes after it: some always does, so that the order is the same on any road."""
    return [step for first, seconds in pairs for step in (first, Wait(seconds))]


def _writes(points: list[Point]) -> st.SearchStrategy[Step]:
    expiries: st.SearchStrategy[Any] = st.one_of(
        st.sampled_from(_LIVES).map(In),
        st.sampled_from([None, AfterTimestamp(0), AfterTimestamp(-10), In(-30)]),
    )
    return st.builds(
        WriteStep,
        st.lists(st.one_of(*map(_values, points)), min_size=1, max_size=3, unique_by=lambda one: one[0]).map(tuple),
        st.sampled_from([Rests.LATEST, Rests.LATEST, Rests.FIRST, Rests.NONE]),
        expiries,
    )


def _values(point: Point) -> st.SearchStrategy[tuple[str, Value | None]]:
    bad = [value for value in (point.out_of_range, point.wrong_type) if value is not None]
    return st.tuples(st.just(point.name), st.sampled_from([*point.good, None, *bad]))


def _happenings(profile: Profile) -> list[Step]:
    """Units are changed on the point that a scenario would choose for it."""
    found: list[DeviceEvent] = []
    for point in profile.points.values():
        if point.good and point.kind is not PointKind.READ_ONLY:
            found += (Override(point.name), Release(point.name), Break(point.name), Mend(point.name))
    convertible = [point for point in profile.of_kind(PointKind.WRITABLE) if point.elsewhere]
    for point in convertible[:1]:
        first, own = next(iter(point.elsewhere)), point.units or ""
        found += (ChangeUnits(point.name, first, own), ChangeUnits(point.name, own, first))
    return [Happens(provocation) for provocation in found]
