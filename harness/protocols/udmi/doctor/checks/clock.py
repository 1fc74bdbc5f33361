"""How far the device's clock is from ours: times in configs mean another moment to a device whose clock is off."""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity
from harness.payload.timestamps import rfc3339
from harness.protocols.udmi.doctor.case import Case
from harness.text import plural

_TOLD = 1.0  # seconds
_GRAVE = 5.0
_QUARTER = 900.0  # time zones are off by so much, or a multiple of it
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Offset:
    """Seconds by which the device's clock is ahead of ours, `least` to `most`: a message takes its time to come."""

    least: float
    most: float

    @property
    def certain(self) -> float:
        """How far off it is at least; negative: behind."""
        return max(self.least, 0.0) + min(self.most, 0.0)


def offset_of(case: Case) -> Offset | None:
    """From the message that was on its way for the shortest time; None where none has a time that can be read.

    Where our own machine stalled, that one may have been heard late.
    """
    times = list(_times(case))
    if not times:
        return None
    ahead = max(said - heard for said, heard in times)
    rounded = all(said == int(said) for said, _ in times)
    return Offset(ahead, ahead + case.profile.network_allowance + (1.0 if rounded else 0.0) + case.stalled)


def _find(case: Case) -> Iterator[Problem]:
    offset = offset_of(case)
    if offset is None:
        count = len(case.live_states) + len(case.live_telemetry)
        if count:
            without = plural(count, "its only message has no", f"none of its {count} messages has a")
            what = f"{without} timestamp that can be read, so its clock is not known."
            mend = f'Have it send "timestamp" as RFC 3339 in UTC, such as {rfc3339(case.began)}'
            yield Problem(Party.DEVICE, Severity.GRAVE, what, mend)
        return
    off = abs(offset.certain)
    if off <= _TOLD:
        return
    way = "ahead of" if offset.certain > 0 else "behind"
    what = f"its clock is {_span(off)} {way} ours"
    if off > _GRAVE:
        what += ", so a set_value_expiry ends a write at the wrong moment and expiries cannot be judged"
    yield Problem(Party.DEVICE, Severity.GRAVE if off > _GRAVE else Severity.MINOR, f"{what}.", _mend(case, offset))


def _mend(case: Case, offset: Offset) -> str:
    off = abs(offset.certain)
    if off > _QUARTER / 2 and _is_a_zone(offset):
        return 'It may send local time with a "Z": have it send UTC, and see to its time zone.'
    if off > 365 * _DAY:
        return f"It was never set ({rfc3339(case.began + offset.least)[:10]} by its clock): have it ask an NTP server."
    return "Set it by NTP; and see that this machine's own is (timedatectl)."


def _is_a_zone(offset: Offset) -> bool:
    """Whether a multiple of a quarter of an hour, up to 14 hours, lies within what the offset may be."""
    near = round((offset.least + offset.most) / 2 / _QUARTER) * _QUARTER
    return offset.least - _TOLD <= near <= offset.most + _TOLD and 0 < abs(near) <= 14 * 3600


def _sound(case: Case) -> str | None:
    offset = offset_of(case)
    if offset is None:
        return None
    stalled = f", as far as can be told while this machine stalls for {case.stalled:.1f} s" if case.stalled else ""
    return f"clock within {max(-offset.least, offset.most):.1f} s of ours{stalled}"


def _times(case: Case) -> Iterator[tuple[float, float]]:
    states = ((said.message.timestamp, said.time) for said in case.live_states)
    telemetry = ((said.message.timestamp, said.time) for said in case.live_telemetry)
    for timestamp, heard in (*states, *telemetry):
        if isinstance(timestamp, int | float):
            yield timestamp, heard


def _span(seconds: float) -> str:
    if seconds < 120:  # noqa: PLR2004 - two minutes
        return f"{seconds:.1f} s"
    if seconds < 2 * _DAY:
        return f"{seconds / 3600:.1f} h" if seconds >= 7200 else f"{seconds / 60:.0f} min"  # noqa: PLR2004 - two hours
    return f"{seconds / _DAY:,.0f} days"


CLOCK = Check("the clock", _find, _sound)
