"""Every status of an episode, wherever it stands: at a point, at the pointset, at the device itself."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.payload.timestamps import rfc3339
from harness.payload.values import Field
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.words.messages import State, Status
from harness.protocols.udmi.words.said import said
from harness.protocols.udmi.words.status_levels import StatusLevel, is_error
from harness.record.left_out import NotApplicable
from harness.text import printable

_SLACK = 1.0  # second: a clock that knows no fractions


@dataclass(frozen=True, slots=True)
class Told:
    """A status in one state: that of the device, of the pointset, or of a point; `point` None: of one of the former.

    `stands_at` finds it in the state. A point may be called `system`, so a name alone does not tell where it stands.
    """

    heard: Heard[State]
    stands_at: Callable[[State, str | None], Field[Status]]
    point: str | None = None

    @property
    def status(self) -> Status:
        """The status: decoded when asked for, as a flood may bring any number."""
        found = self.stands_at(self.heard.message, self.point)
        assert isinstance(found, Status), "it is told of where there is one"  # noqa: S101 - ours
        return found

    @property
    def category(self) -> str:
        """As text; empty where it is none."""
        return self.status.category if isinstance(self.status.category, str) else ""

    @property
    def is_trouble(self) -> bool:
        """Whether it tells of something that is wrong."""
        return is_error(self.status)

    @property
    def has_a_level(self) -> bool:
        """Whether what stands there is a level."""
        return isinstance(self.status.level, int) and min(StatusLevel) <= self.status.level <= max(StatusLevel)

    def __str__(self) -> str:
        return _BLOCKS[self.stands_at] if self.point is None else f"The status of {printable(self.point)}"


@dataclass(frozen=True)
class StatusEntries:
    """Asked all at once; without a single status there is nothing to judge."""

    history: History
    evidence: Evidence

    def are_of_their_time(self) -> None:
        """None has begun after the state that tells of it, and none began earlier than the state before said."""
        before: dict[tuple[object, str | None, str, Field[str]], float] = {}
        for told in self._all():
            made, since = told.heard.message.timestamp, told.status.timestamp
            if not isinstance(since, int | float):
                continue
            if isinstance(made, int | float) and since > made + _SLACK:
                story = f"{told} says that it began at {rfc3339(since)}, after its state was made, at {rfc3339(made)}."
                raise NotObserved(story, self._evidence_ref(told))
            condition = (told.stands_at, told.point, told.category, told.status.message)
            if since < before.get(condition, since):
                was = rfc3339(before[condition])
                story = f"{told} said that it began at {was}, and later at {rfc3339(since)}, which is earlier."
                raise NotObserved(story, self._evidence_ref(told))
            before[condition] = since

    def have_normal_levels(self, levels: Mapping[str, int]) -> None:
        """Each of one of these categories has its level; whether it is one at all is another clause's question."""
        of_them = [told for told in self._all() if told.category in levels and told.has_a_level]
        if not of_them:
            raise CouldNotTest("no status had a category with a normal level")
        for told in of_them:
            if told.status.level != levels[told.category]:
                raise NotObserved(
                    f"{told} has category {told.category} and should have level {levels[told.category]}, "
                    f"but has {said(told.status.level)}.",
                    self._evidence_ref(told),
                )

    def have_round_levels(self) -> None:
        """Each is a multiple of a hundred."""
        for told in self._all():
            level = told.status.level
            if isinstance(level, int) and level % 100:
                raise NotObserved(
                    f"{told} should have a level that has a name, but has {level}.", self._evidence_ref(told)
                )

    def stand_where_they_belong(self) -> None:
        """A problem of a point is not reported at the pointset, and a problem of the device at neither."""
        for told in self._all():
            if not told.is_trouble:
                continue
            if any(told.category.startswith(beginning) for beginning in _foreign_to(told)):
                raise NotObserved(
                    f"{told} has category {told.category}, which belongs elsewhere.", self._evidence_ref(told)
                )

    def leave_the_device_well(self) -> None:
        """No state has a system.status of a warning or worse."""
        self.history.went_all_the_way()
        systems = self.history.systems
        if not systems:
            raise Undecided("no state with a system block came")
        self.evidence.rests_on(systems[0].place, systems[-1].place)
        for told in self._told():
            if told.stands_at is _of_system and told.is_trouble:
                level, message = said(told.status.level), said(told.status.message)
                story = f"Nothing is wrong, but system.status has level {level}: {message}."
                raise NotObserved(story, self._evidence_ref(told))

    def sum_up_at_the_device(self) -> None:
        """While a point has an error, system.status is at least as grave."""
        for told in self._all():
            level, system = told.status.level, told.heard.message.system
            if told.point is not None and told.is_trouble and isinstance(level, int):
                summary = system.status if system else None
                gravest = summary.level if isinstance(summary, Status) else None
                if not isinstance(gravest, int) or gravest < level:
                    found = "is absent" if summary is None else f"has level {said(gravest)}"
                    story = f"While {printable(told.point)} has a status of level {level}, system.status {found}."
                    raise NotObserved(story, self._evidence_ref(told))

    def _all(self) -> list[Told]:
        told = list(self._told())
        if not told:
            self.history.went_all_the_way()
            why = "the device never reported a status"
            if not self.history.profile.points:
                raise self.history.concerns_no_point(why)
            if not self.history.states:
                raise Undecided("no state came")
            raise NotApplicable(why)
        self.evidence.rests_on(*(one.heard.place for one in told))
        return told

    def _told(self) -> Iterator[Told]:
        for heard in self.history.states:
            state = heard.message
            for stands_at in _BLOCKS:
                if isinstance(stands_at(state, None), Status):
                    yield Told(heard, stands_at)
            for name, point in state.points.items():
                if isinstance(point.status, Status):
                    yield Told(heard, _of_point, name)

    def _evidence_ref(self, told: Told) -> EvidenceRef:
        return EvidenceRef(told.heard.place, self.history.first, told.point)


def _of_system(state: State, _point: str | None) -> Field[Status]:
    return state.system.status if state.system else None


def _of_pointset(state: State, _point: str | None) -> Field[Status]:
    return state.pointset.status if state.pointset else None


def _of_point(state: State, point: str | None) -> Field[Status]:
    return state.points[point].status if point is not None else None


_BLOCKS: Mapping[Callable[[State, str | None], Field[Status]], str] = {
    _of_system: "system.status",
    _of_pointset: "pointset.status",
}


def _foreign_to(told: Told) -> tuple[str, ...]:
    """With what no category begins there. The status of the device may sum up what is said elsewhere."""
    if told.stands_at is _of_system:
        return ()
    return ("pointset.point.", "system.") if told.stands_at is _of_pointset else ("system.",)
