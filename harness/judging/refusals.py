"""Writes that were refused, wherever in a run: their values never show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.judging.episode import Episode
from harness.judging.history import History
from harness.judging.ledger import Ledger
from harness.judging.point_report import said
from harness.judging.shown import same
from harness.judging.verdict import NotApplicable
from harness.judging.write import Write
from harness.record import Sent
from harness.wire.udmi import ValueState


@dataclass(frozen=True)
class Refusals:
    """Every write of which the device said nothing but that it is invalid, from the config on that made it."""

    history: History
    episodes: Iterable[Episode]
    ledger: Ledger

    def are_never_shown(self) -> None:
        """No telemetry carries the value of any of them. What a point showed before, it may go on showing."""
        looked_at = False
        for write in self._refused():
            shown = [heard for heard in write.shown() if write.surely_since(heard)]
            before = [heard for heard in write.history.telemetry if heard.place < write.act.place]
            if not shown or (before and same(before[-1].message.readings.get(write.point), write.value)):
                continue
            looked_at = True
            self.ledger.rests_on(write.act.place, *(heard.place for heard in shown))
            for heard in shown:
                if same(heard.message, write.value):
                    raise write.breach(f"not show {said(write.value)}, which it refused", "but does", heard)
        if not looked_at:
            self.history.went_all_the_way()
            raise NotApplicable("no write was refused, so there is no value that must not show")

    def _refused(self) -> Iterator[Write]:
        for episode in self.episodes:
            labels = [label for r in episode.history.records if isinstance(r, Sent) for label in r.settings]
            for write in map(episode.write, dict.fromkeys(labels)):
                states = {report.value_state for report in write.reports() if write.surely_since(report.heard)}
                if states == {ValueState.INVALID} and _is_foreign(write):
                    yield write


def _is_foreign(write: Write) -> bool:
    """Whether the profile says that the point never shows the value by itself; what it is in other units may be it."""
    point = write.history.profile.points.get(write.point)
    if point is None or write.value is None:
        return False
    return any(same(value, write.value) for value in (*point.good, point.out_of_range, point.wrong_type))
