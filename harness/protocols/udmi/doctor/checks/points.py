"""The points of the profile against those that are heard: which there are, and in which units."""

import re
from collections.abc import Iterator

from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity, listed, named, valued
from harness.files.toml_writing import key
from harness.protocols.udmi.doctor.case import Case
from harness.protocols.udmi.words.messages import Status
from harness.suggest import nearest
from harness.text import counted, plural

_ENOUGH = 2  # telemetries after which a point that is missing will not come


def _find(case: Case) -> Iterator[Problem]:
    yield from _guessed(case)
    if not case.live_telemetry:
        return
    yield from _malformed(case)
    yield from _missing(case)
    yield from _unlisted(case)
    yield from _units(case)


def _guessed(case: Case) -> Iterator[Problem]:
    points = [name for name, point in case.profile.points.items() if point.guessed]
    if points or case.profile.guessed:
        yield Problem(
            Party.PROFILE,
            Severity.MINOR,
            f"what a draft guessed is undecided until it is confirmed: {listed([*case.profile.guessed, *points])}.",
            "Go through the profile, then: setpoint profile --confirm FILE",
        )


def _sound(case: Case) -> str | None:
    if case.beside is None or not case.live_telemetry:
        return None
    return f"all points of the profile are heard ({len(case.profile.points)}), and no others"


def _malformed(case: Case) -> Iterator[Problem]:
    for topic, said in ((case.topics.state, case.live_states), (case.topics.telemetry, case.live_telemetry)):
        wrong = [[problem for problem in one.message.problems if problem.path] for one in said]
        amiss = [problems for problems in wrong if problems]
        if amiss:
            those = f"{len(amiss)} of {counted(len(said), 'message')} at {topic} {plural(len(amiss), 'is', 'are')}"
            yield Problem(
                Party.DEVICE,
                Severity.GRAVE,
                f"{those} not what UDMI says: {amiss[0][0]}.",
                "Mend the message in the device; fields that cannot be read are judged as missing.",
            )


def missing_from(case: Case) -> list[str]:
    """Points of the profile that have no reading, once there was enough to hear one."""
    whole = sum(said.message.partial is not True for said in case.live_telemetry)
    enough = whole or len(case.live_telemetry) >= _ENOUGH
    return [name for name in case.profile.points if name not in case.readings] if enough else []


def _missing(case: Case) -> Iterator[Problem]:
    """A point of the profile without telemetry cannot be judged: telemetry is the proof of every write."""
    others = _heard(case) - set(case.profile.points)
    by_fold = {_folded(name): name for name in sorted(others)}
    unread: list[str] = []
    for name in missing_from(case):
        like = by_fold.get(_folded(name)) or nearest(name, others)
        if like is None:
            unread.append(name)
            continue
        yield Problem(
            Party.PROFILE,
            Severity.GRAVE,
            f"the device has no point {name}, but one that is called {named(like)}.",
            _renamed(name, like),
        )
    if unread:
        yield Problem(
            Party.PROFILE,
            Severity.GRAVE,
            f"telemetry has no reading of {listed(unread)}{_status_of(unread[0], case)}.",
            f"If the device has no {unread[0]}, mend the name or take [points.{unread[0]}] out of the profile; "
            "if it has, let it send a present_value.",
        )


def _status_of(name: str, case: Case) -> str:
    """The point's own status. It is looked for on every point that the profile names."""
    for said in reversed(case.live_states):
        status = said.message.point(name).status
        if isinstance(status, Status) and isinstance(status.message, str):
            return f"; of {name} its state says {valued(status.message)}"
    return ""


def _heard(case: Case) -> set[str]:
    in_state = {name for said in case.live_states for name in said.message.points}
    return in_state | set(case.readings)


def _unlisted(case: Case) -> Iterator[Problem]:
    heard = sorted(_heard(case) - set(case.profile.points))
    extra = [name for name in heard if _NAME.fullmatch(name)]
    if misnamed := [name for name in heard if name not in extra]:
        yield Problem(
            Party.DEVICE,
            Severity.MINOR,
            f"the device has points whose names no config can repeat, and that are not tested: {listed(misnamed)}.",
            f"Rename them in the device: {_NAMES}.",
        )
    if not extra:
        return
    value = case.readings.get(extra[0])
    other = f", values other than {valued(value)}" if isinstance(value, bool | int | float | str) else ""
    yield Problem(
        Party.PROFILE,
        Severity.MINOR,
        f"the device has points that the profile lacks, and that are not tested: {listed(extra)}.",
        f'Add [points.{key(extra[0])}] with kind = "writable" (or what it is) and good = […]{other}.',
    )


def _units(case: Case) -> Iterator[Problem]:
    said = {name: point.units for one in case.live_states for name, point in one.message.points.items()}
    for name, point in case.profile.points.items():
        units = said.get(name)
        if not isinstance(units, str) or units == (point.units or ""):
            continue
        has = f"has units = {valued(point.units)}" if point.units else "names none"
        yield Problem(
            Party.PROFILE,
            Severity.GRAVE if point.units else Severity.MINOR,
            f"the device reports {name} in {named(units)}, and the profile {has}.",
            f"In [points.{name}], write units = {valued(units)}",
        )


def _renamed(name: str, like: str) -> str:
    if _NAME.fullmatch(like):
        return f"In the profile, write [points.{key(like)}] in place of [points.{name}]"
    return f"Rename it in the device, as no profile can have it: {_NAMES}."


def _folded(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


_NAME = re.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*")
_NAMES = "UDMI names points in words of lower-case letters and digits, joined by single underscores"

POINTS = Check("the points", _find, _sound)
