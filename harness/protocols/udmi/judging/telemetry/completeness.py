"""Which telemetry is complete: it shows every point that the config lists, but for those that are in trouble."""

from harness.protocols.udmi.judging.decoded import DECODED
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.words.messages import Telemetry, ValueState
from harness.protocols.udmi.words.status_levels import StatusLevel, is_error
from harness.record.kinds import Sent

_ERROR = StatusLevel.ERROR  # UDMI 1.5, pointset: a point with a status of error level is left out of telemetry


def listed(history: History, place: int) -> list[str]:
    """The points of the profile that the latest config before this place lists; all of them where it has no list."""
    sent = (record for at, record in reversed(list(history.placed())) if at < place and isinstance(record, Sent))
    latest = next(sent, None)
    pointset = DECODED.of(latest, history.codec.decode_config).pointset if latest else None
    points = pointset.points if pointset else None
    return [name for name in history.profile.points if points is None or name in points]


def in_trouble(history: History, place: int) -> set[str]:
    """The points that, by the latest state before this place, have an error; they may have nothing to show."""
    states = [heard for heard in history.pointset_states if heard.place < place]
    points = states[-1].message.points if states else {}
    return {
        name
        for name, point in points.items()
        if point.value_state is ValueState.FAILURE or is_error(point.status, least=_ERROR)
    }


def lacking(history: History, heard: Heard[Telemetry]) -> list[str]:
    """The points that it lacks to be complete."""
    missing = [name for name in listed(history, heard.place) if name not in heard.message.readings]
    excused = in_trouble(history, heard.place) if missing else ()
    return [name for name in missing if name not in excused]
