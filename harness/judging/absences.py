"""Times without a connection, as a broker of ours saw them: what is said in one comes when it is over, all at once."""

from dataclasses import dataclass

from harness.judging.history import Heard, History
from harness.judging.sights import Sights
from harness.judging.verdict import OutOfView
from harness.wire.seen import Sight
from harness.wire.udmi import Field

_SLACK = 1.0  # second: a clock that knows no fractions, and what was on its way when the connection broke


@dataclass(frozen=True, slots=True)
class Absence:
    """Unix seconds by our clock; `place`: of the CONNECT that ended it."""

    lost: float
    back: float
    place: int


class Absences:
    """All of a history; none where nobody saw the packets."""

    def __init__(self, history: History) -> None:
        self._skew, self._all = history.skew, _absences(history)

    def held_up(self, heard: Heard[object], made: Field[float]) -> bool:
        """Whether the message was made, by its own account, in one of them, and so came when it was over."""
        if not isinstance(made, int | float):
            return False
        time = made - self._skew.ahead + self._skew.behind
        return any(heard.place > one.place and one.lost - _SLACK <= time < one.back for one in self._all)


def _absences(history: History) -> list[Absence]:
    try:
        sights = Sights(history)
    except OutOfView:
        return []
    absences, lost = [], None
    for place, seen in [*sights.before, *sights.own]:
        if seen.what in (Sight.LOST, Sight.DISCONNECT):
            lost = seen.time
        elif seen.hello and not seen.refused and lost is not None:
            absences.append(Absence(lost, seen.time, place))
            lost = None
    return absences
