"""Writes that were refused, wherever in a run: their values never show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.judging.verdicts.evidence import Evidence
from harness.payload.same import same
from harness.protocols.udmi.judging.episode import Episode
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.writes.write import Write
from harness.protocols.udmi.words.messages import ValueState
from harness.protocols.udmi.words.said import said
from harness.record.kinds import Sent


@dataclass(frozen=True)
class Refusals:
    """Every write of which the device said nothing but that it is invalid, from the config on that made it."""

    history: History
    episodes: Iterable[Episode]
    evidence: Evidence

    def are_never_shown(self) -> None:
        """No telemetry carries the value of any of them, but for what a point showed before, or shows by itself."""
        looked_at = False
        for write in self._refused():
            shown = [heard for heard in write.present_values() if write.surely_since(heard)]
            if not shown or write.known_before(write.value):
                continue
            looked_at = True
            self.evidence.rests_on(write.stimulus.place, *(heard.place for heard in shown))
            for heard in shown:
                if write.is_value(heard.message):
                    raise write.breach(f"not show {said(write.value)}, which it refused", "but does", heard)
        if not looked_at:
            self.history.went_all_the_way()
            raise self.history.concerns_no_point("no write was refused, so there is no value that must not show")

    def _refused(self) -> Iterator[Write]:
        for episode in self.episodes:
            labels = [label for r in episode.history.records if isinstance(r, Sent) for label in r.desired]
            for write in map(episode.write, dict.fromkeys(labels)):
                states = {report.value_state for report in write.reports() if write.surely_speaks(report)}
                if states == {ValueState.INVALID} and _is_foreign(write):
                    yield write


def _is_foreign(write: Write) -> bool:
    """Whether the profile says that the point never shows the value by itself; what it is in other units may be it."""
    point = write.history.profile.points.get(write.point)
    if point is None or write.value is None:
        return False
    return any(same(value, write.value) for value in (*point.good, point.out_of_range, point.wrong_type))
