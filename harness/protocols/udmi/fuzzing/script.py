"""The sequences that there can be for a device, drawn by chance, from its profile."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import TypeAlias

from harness.payload.values import Value
from harness.protocols.udmi.driving.counterpart import AfterTimestamp, Expiry, In
from harness.protocols.udmi.fuzzing.step import Garbage, Happens, Redeliver, Rests, SayAgain, Step, Wait, WriteStep
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.protocols.udmi.words.device_events import Break, ChangeUnits, DeviceEvent, Mend, Override, Release, Restart

Move: TypeAlias = tuple[Step, Wait]  # a step, and the time behind it: some always passes, so that order is the same

_GARBAGE = (b"{", b"", b"null", b"[]", b"{}", b'{"timestamp": "now"}', b'{"pointset": {"points": {}}}', b"\xff\xfe{")
_WAITS = (0.1, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 6.0, 10.0)
_LIVES = (1.0, 2.5, 4.0, 8.0, 30.0, 3600.0)
_EXPIRIES: Sequence[Expiry] = (None, AfterTimestamp(0), AfterTimestamp(-10), In(-30))
_RESTS = (Rests.LATEST, Rests.LATEST, Rests.FIRST, Rests.NONE)
_PLAIN_EXPIRY = In(3600.0)
_MOST_MOVES, _MOST_POINTS = 8, 3


def drawn(profile: Profile, random: Random) -> list[Move]:
    """Steps of one kind are as likely as those of another, and so are sequences of one length and another."""
    kinds = _kinds(profile)
    count = random.randint(1, _MOST_MOVES)
    return [(random.choice(kinds)(random), Wait(random.choice(_WAITS))) for _ in range(count)]


def plainer(step: Step) -> Iterator[Step]:
    """A write of fewer points; one with the latest etag; one that lasts."""
    if not isinstance(step, WriteStep):
        return
    if len(step.values) > 1:
        yield from (replace(step, values=(*step.values[:at], *step.values[at + 1 :])) for at in range(len(step.values)))
    if step.rests is not Rests.LATEST:
        yield replace(step, rests=Rests.LATEST)
    if step.expiry != _PLAIN_EXPIRY:
        yield replace(step, expiry=_PLAIN_EXPIRY)


def _kinds(profile: Profile) -> Sequence[Callable[[Random], Step]]:
    points = [point for point in profile.points.values() if point.good]
    happenings = _happenings(profile)
    kinds: list[Callable[[Random], Step]] = [
        lambda random: _write(points, random),
        lambda _random: SayAgain(),
        lambda _random: Redeliver(),
        lambda _random: Happens(Restart()),
        lambda random: Garbage(random.choice(_GARBAGE)),
    ]
    return [*kinds, lambda random: random.choice(happenings)] if happenings else kinds


def _write(points: Sequence[Point], random: Random) -> Step:
    count = min(random.randint(1, _MOST_POINTS), len(points))
    values = tuple((point.name, _value(point, random)) for point in random.sample(points, count))
    expiry = In(random.choice(_LIVES)) if random.random() < 0.5 else random.choice(_EXPIRIES)  # noqa: PLR2004 - of two
    return WriteStep(values, random.choice(_RESTS), expiry)


def _value(point: Point, random: Random) -> Value | None:
    bad = [value for value in (point.out_of_range, point.wrong_type) if value is not None]
    return random.choice([*point.good, None, *bad])


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
