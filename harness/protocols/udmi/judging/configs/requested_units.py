"""A config that asked for a point in certain units, and what the device made of it."""

from harness.judging.timing.window import Window
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.payload.same import same
from harness.payload.values import Field, Value
from harness.protocols.udmi.judging.configs.settling import Settling
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.words.messages import State, Status
from harness.protocols.udmi.words.said import said
from harness.record.left_out import NotApplicable


class RequestedUnits(Settling):
    """The first point for which the config has units is the one in question."""

    def are_named(self, window: Window) -> None:
        """States name just these units, or none."""

        def amiss(heard: Heard[State]) -> list[str]:
            units = heard.message.point(self.point).units
            return [] if units in (None, "", self.wanted) else [said(units)]

        states = [heard for heard in self._states() if heard.message.pointset]
        self.settles(states, amiss, window, f"{self.point} should be in {self.wanted}", "says")

    def change_the_value(self) -> None:
        """The number that telemetry showed in the units before is another one now. Zero may be zero in both."""
        before, after = (
            self._shown(self.history.first, self.stimulus.place),
            self._shown(self.stimulus.settled, self.next),
        )
        if not before or not after:
            raise self._unseen(f"there was no telemetry of {self.point} before the config and after it")
        was, now = before[-1], after[-1]
        self.evidence.rests_on(was.place, now.place)
        number = was.message
        if isinstance(number, bool | str) or not isinstance(number, int | float) or number == 0:
            raise NotApplicable(f"{self.point} showed {said(number)}, which no units change")
        if same(now.message, number):
            story = f"{self.point} should be shown in {self.wanted} now, but still shows {said(number)}."
            raise NotObserved(story, EvidenceRef(now.place, self.stimulus.place, self.point))

    def are_refused(self) -> None:
        """The last state before the next config says that the point is invalid."""
        point = self.answer.message.point(self.point)
        status = point.status
        category = status.category if isinstance(status, Status) else None
        self.evidence.observed.append(
            f"units that nobody knows: the point is in {said(point.units)}, with a status of category {said(category)}"
        )
        if category != "pointset.point.invalid":
            story = f"{self.point} should say that its units are invalid, but its status has category {said(category)}."
            raise NotObserved(story, EvidenceRef(self.answer.place, self.stimulus.place, self.point))

    @property
    def point(self) -> str:
        """Its name."""
        return self._asked[0]

    @property
    def wanted(self) -> str:
        """The units."""
        return self._asked[1]

    @property
    def _asked(self) -> tuple[str, str]:
        points = (self.config.pointset.points if self.config.pointset else None) or {}
        asked = [(name, point.units) for name, point in points.items() if isinstance(point.units, str)]
        if not asked:
            raise CouldNotTest("the config asks for no units")
        return asked[0]

    def _shown(self, start: int, end: int) -> list[Heard[Field[Value]]]:
        return [
            Heard(heard.time, heard.place, heard.message.readings[self.point])
            for heard in self.history.telemetry
            if start <= heard.place < end and self.point in heard.message.readings
        ]
