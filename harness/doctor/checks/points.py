"""The points of the profile against those that are heard: which there are, and in which units."""

from collections.abc import Iterator
from difflib import get_close_matches

from harness.doctor.case import Case
from harness.doctor.check import Check
from harness.doctor.trouble import Trouble, Weight, Whose, listed, named, valued
from harness.wire.udmi import Status

_ENOUGH = 2  # telemetries after which a point that is missing will not come


def _find(case: Case) -> Iterator[Trouble]:
    if not case.live_telemetry:
        return
    yield from _malformed(case)
    yield from _missing(case)
    yield from _unlisted(case)
    yield from _units(case)


def _sound(case: Case) -> str | None:
    if case.beside is None or not case.live_telemetry:
        return None
    return f"all {len(case.profile.points)} points of the profile are heard, and no others"


def _malformed(case: Case) -> Iterator[Trouble]:
    for topic, said in ((case.topics.state, case.live_states), (case.topics.telemetry, case.live_telemetry)):
        amiss = [one.message.problems for one in said if one.message.problems]
        if amiss:
            yield Trouble(
                Whose.DEVICE,
                Weight.GRAVE,
                f"{len(amiss)} of {len(said)} messages at {topic} are not what UDMI says: {amiss[0][0]}.",
                "Mend the message in the device; fields that cannot be read are judged as missing.",
            )


def missing_from(case: Case) -> list[str]:
    """Points of the profile that have no reading, once there was enough to hear one."""
    whole = sum(said.message.partial is not True for said in case.live_telemetry)
    enough = whole or len(case.live_telemetry) >= _ENOUGH
    return [name for name in case.profile.points if name not in case.readings] if enough else []


def _missing(case: Case) -> Iterator[Trouble]:
    """A point of the profile that has no reading cannot be judged: telemetry is the witness of every write."""
    others = _heard(case) - set(case.profile.points)
    by_fold = {_folded(name): name for name in sorted(others)}
    unread: list[str] = []
    for name in missing_from(case):
        like = by_fold.get(_folded(name)) or next(iter(get_close_matches(name, others, n=1)), None)
        if like is None:
            unread.append(name)
            continue
        yield Trouble(
            Whose.PROFILE,
            Weight.GRAVE,
            f"the device has no point {name}, but one that is called {named(like)}.",
            f"In the profile, write [points.{named(like)}] in place of [points.{name}]",
        )
    if unread:
        yield Trouble(
            Whose.PROFILE,
            Weight.GRAVE,
            f"telemetry has no reading of {listed(unread)}{_status_of(unread[0], case)}.",
            f"If the device has no {unread[0]}, mend the name or take [points.{unread[0]}] out of the profile; "
            "if it has, let it send a present_value.",
        )


def _status_of(name: str, case: Case) -> str:
    """What the device says of a point itself: it is asked for every one that the profile names."""
    for said in reversed(case.live_states):
        status = said.message.point(name).status
        if isinstance(status, Status) and isinstance(status.message, str):
            return f"; of {name} its state says {valued(status.message)}"
    return ""


def _heard(case: Case) -> set[str]:
    in_state = {name for said in case.live_states for name in said.message.points}
    return in_state | set(case.readings)


def _unlisted(case: Case) -> Iterator[Trouble]:
    extra = sorted(_heard(case) - set(case.profile.points))
    if not extra:
        return
    value = case.readings.get(extra[0])
    other = f", values other than {valued(value)}" if isinstance(value, bool | int | float | str) else ""
    yield Trouble(
        Whose.PROFILE,
        Weight.MINOR,
        f"the device has points that the profile lacks, and that are not tested: {listed(extra)}.",
        f'Add [points.{named(extra[0])}] with kind = "writable" (or what it is) and good = […]{other}.',
    )


def _units(case: Case) -> Iterator[Trouble]:
    said = {name: point.units for one in case.live_states for name, point in one.message.points.items()}
    for name, point in case.profile.points.items():
        units = said.get(name)
        if not isinstance(units, str) or units == point.units:
            continue
        has = f"has units = {valued(point.units)}" if point.units else "names none"
        yield Trouble(
            Whose.PROFILE,
            Weight.GRAVE if point.units else Weight.MINOR,
            f"the device reports {name} in {named(units)}, and the profile {has}.",
            f"In [points.{name}], write units = {valued(units)}",
        )


def _folded(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


POINTS = Check("the points", _find, _sound)
