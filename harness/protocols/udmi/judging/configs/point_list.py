"""A config that lists points, and whether the device goes by its list in what it reports."""

from collections.abc import Sequence

from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved
from harness.payload.values import Field
from harness.protocols.udmi.judging.configs.settling import Settling
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.point_report import PointReport
from harness.protocols.udmi.judging.telemetry.completeness import in_trouble
from harness.protocols.udmi.words.messages import State, Status, Telemetry
from harness.protocols.udmi.words.said import said
from harness.protocols.udmi.words.status_levels import StatusLevel, is_error
from harness.record.left_out import NotApplicable
from harness.text import printable


class PointList(Settling):
    """Inside the window reports become right and stay so; what was wrong before then was on its way."""

    def is_kept_by_states(self, window: Window) -> None:
        """States list every point of the list that the profile has, and no telemetry is asked."""

        def amiss(heard: Heard[State]) -> list[str]:
            return [name for name in self._known if name not in heard.message.points]

        self.settles(self._pointsets(), amiss, window, "A state should list every point of the config", "lacks")

    def is_kept_by_telemetry(self, window: Window) -> None:
        """Telemetry shows every such point that is not in trouble, unless it says that it is partial, and is."""

        def amiss(heard: Heard[Telemetry]) -> list[str]:
            troubled = in_trouble(self.history, heard.place)
            return [name for name in self._known if name not in heard.message.readings and name not in troubled]

        shown = [heard for heard in self._telemetry() if heard.message.partial is not True or not amiss(heard)]
        self.settles(shown, amiss, window, "Telemetry should show every point of the config", "lacks")

    def bounds_states(self, window: Window) -> None:
        """States list no point beside those of the list."""

        def amiss(heard: Heard[State]) -> list[str]:
            return [printable(name) for name in heard.message.points if name not in self._listed]

        self.settles(self._pointsets(), amiss, window, "A state should list no point but those of the config", "lists")

    def bounds_telemetry(self, window: Window) -> None:
        """Telemetry shows no point beside those of the list."""

        def amiss(heard: Heard[Telemetry]) -> list[str]:
            return [printable(name) for name in heard.message.readings if name not in self._listed]

        self.settles(self._telemetry(), amiss, window, "Telemetry should show no point but the config's", "shows")

    def finds(self, name: str, window: Window) -> PointReport:
        """The first state that gives this point, which the device cannot know, a status of an error."""
        self.evidence.rests_on(self.stimulus.place)
        self.evidence.awaits(window, self.stimulus)
        found = next((heard for heard in self._pointsets() if _is_error(heard.message.point(name).status)), None)
        if found is None:
            self._must_have_watched(window)
            last = self.answer
            told = last.message.points.get(name)
            instead = "is not listed" if told is None else f"has as its status {_brief(told.status)}"
            story = f"{name} is unknown to the device and should have a status of an error {window}, but {instead}."
            raise NotObserved(story, EvidenceRef(last.place, self.stimulus.place, name))
        self.evidence.rests_on(found.place)
        elapsed = self.history.elapsed(self.stimulus, found.time)
        self.evidence.measure("error after", elapsed, window)
        story = f"{name} is unknown to the device, and should have a status of an error {window}, not after {elapsed}."
        decide(window, elapsed, story, EvidenceRef(found.place, self.stimulus.place, name))
        report = Heard(found.time, found.place, found.message.point(name))
        return PointReport(name, report, self.evidence, self.history.allowance)

    def is_not_shown(self, name: str) -> None:
        """No telemetry that surely left after the config has the point, not even empty."""
        shown = [heard for heard in self._telemetry() if self.history.left_after(heard.time, self.stimulus)]
        if not shown:
            raise self._unseen("no telemetry followed the config")
        self.evidence.rests_on(self.stimulus.place, *(heard.place for heard in shown))
        for heard in shown:
            if name in heard.message.readings:
                value = said(heard.message.readings[name])
                story = f"{name} is unknown to the device and should not stand in telemetry, but does: {value}."
                raise NotObserved(story, EvidenceRef(heard.place, self.stimulus.place, name))

    def forgets(self, name: str, window: Window) -> None:
        """States no longer list the point."""

        def amiss(heard: Heard[State]) -> list[str]:
            return [name] if name in heard.message.points else []

        self.settles(self._pointsets(), amiss, window, "A point that is no longer listed should be gone", "still has")

    def dropped(self, window: Window) -> Sequence[str]:
        """The profile's other points, once it is sure that states and telemetry have done without them."""
        gone = [name for name in self.history.profile.points if name not in self._listed]
        if not gone:
            raise NotApplicable("the profile has a single point, which no config can do without: add another")
        self.bounds_states(window)
        self.bounds_telemetry(window)
        return gone

    @property
    def _listed(self) -> Sequence[str]:
        pointset = self.config.pointset
        return list((pointset.points if pointset else None) or {})

    @property
    def _known(self) -> Sequence[str]:
        return [name for name in self._listed if name in self.history.profile.points]

    def _pointsets(self) -> list[Heard[State]]:
        return [heard for heard in self._states() if heard.message.pointset]

    def _telemetry(self) -> list[Heard[Telemetry]]:
        return [heard for heard in self.history.telemetry if self.stimulus.settled < heard.place < self.next]


def _is_error(status: Field[Status]) -> bool:
    """UDMI 1.5, pointset: the status of a point that the device does not know is of error level."""
    return is_error(status, least=StatusLevel.ERROR)


def _brief(status: object) -> str:
    return f"one of level {said(status.level)}" if isinstance(status, Status) else said(status)
