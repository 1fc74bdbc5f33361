"""Times without a connection, as a broker of ours saw them: what is said in one comes when it is over, all at once."""

from dataclasses import dataclass

from harness.judging.connection.device_packets import DevicePackets
from harness.judging.history import History
from harness.mqtt.packets import PacketKind
from harness.payload.values import Field
from harness.record.left_out import OutOfView

_SLACK = 1.0  # second: a clock that knows no fractions, and what was on its way when the connection broke


@dataclass(frozen=True, slots=True)
class OfflinePeriod:
    """Unix seconds by our clock; `place`: of the CONNECT that ended it."""

    lost: float
    back: float
    place: int


class OfflinePeriods:
    """All of a history; none where nobody saw the packets."""

    def __init__(self, history: History) -> None:
        self._skew, self._all = history.skew, _absences(history)

    def held_up(self, place: int, made: Field[float]) -> bool:
        """Whether the message that came at `place` was made in one of them, and so came when it was over.

        `made`: when, in Unix seconds, by the message's own account.
        """
        if not isinstance(made, int | float):
            return False
        time = round(made - self._skew.ahead + self._skew.behind, 6)  # stamps are of whole microseconds
        return any(place > one.place and round(one.lost - _SLACK, 6) <= time < one.back for one in self._all)


def _absences(history: History) -> list[OfflinePeriod]:
    try:
        packets = DevicePackets(history)
    except OutOfView:
        return []
    offline_periods, lost = [], None
    for place, packet in [*packets.before, *packets.own]:
        if packet.what in (PacketKind.LOST, PacketKind.DISCONNECT):
            lost = packet.time
        elif packet.hello and not packet.refused and lost is not None:
            offline_periods.append(OfflinePeriod(lost, packet.time, place))
            lost = None
    return offline_periods
