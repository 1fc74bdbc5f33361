"""Which telemetry is complete: it shows every point that the config lists, but for those that are in trouble."""

from harness.judging.history import Heard, History
from harness.record import Sent
from harness.wire.udmi import Status, Telemetry, ValueState

_ERROR = 500


def listed(history: History, place: int) -> list[str]:
    """The points of the profile that the latest config before this place lists; all of them where it has no list."""
    sent = (record for at, record in reversed(list(history.placed())) if at < place and isinstance(record, Sent))
    latest = next(sent, None)
    pointset = history.codec.decode_config(latest.payload).pointset if latest else None
    points = pointset.points if pointset else None
    return [name for name in history.profile.points if points is None or name in points]


def in_trouble(history: History, place: int) -> set[str]:
    """The points that, by the latest state before this place, have an error; they may have nothing to show."""
    states = [heard.message for heard in history.states if heard.place < place and heard.message.pointset]
    points = states[-1].points if states else {}
    return {
        name
        for name, point in points.items()
        if point.value_state is ValueState.FAILURE
        or (isinstance(point.status, Status) and isinstance(point.status.level, int) and point.status.level >= _ERROR)
    }


def lacking(history: History, heard: Heard[Telemetry]) -> list[str]:
    """What is missing to make it complete."""
    missing = [name for name in listed(history, heard.place) if name not in heard.message.readings]
    excused = in_trouble(history, heard.place) if missing else ()
    return [name for name in missing if name not in excused]
