"""Every status of an episode, wherever it stands: at a point, at the pointset, at the device itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harness.judging.history import Heard, History
from harness.judging.ledger import Ledger
from harness.judging.point_report import said
from harness.judging.verdict import CouldNotTest, NotApplicable, NotObserved, Undecided
from harness.judging.where import Where
from harness.wire.instant import rfc3339
from harness.wire.reader import printable
from harness.wire.udmi import Field, State, Status

SYSTEM, POINTSET = "system", "pointset"
_LOWEST, _WARNING, _HIGHEST = 100, 400, 800
_SLACK = 1.0  # second: a clock that knows no fractions


@dataclass(frozen=True, slots=True)
class Told:
    """A status in one state. `place`: system, pointset, or a point's name."""

    heard: Heard[State]
    place: str
    status: Status

    @property
    def point(self) -> str | None:
        """The point that it is about."""
        return None if self.place in (SYSTEM, POINTSET) else self.place

    @property
    def category(self) -> str:
        """As text; empty where it is none."""
        return self.status.category if isinstance(self.status.category, str) else ""

    @property
    def is_trouble(self) -> bool:
        """Whether it tells of something that is wrong."""
        return isinstance(self.status.level, int) and self.status.level >= _WARNING

    @property
    def has_a_level(self) -> bool:
        """Whether what stands there is a level."""
        return isinstance(self.status.level, int) and _LOWEST <= self.status.level <= _HIGHEST

    def __str__(self) -> str:
        return f"The status of {printable(self.point)}" if self.point else f"{self.place}.status"


@dataclass(frozen=True)
class Conditions:
    """Asked all at once; without a single status there is nothing to judge."""

    history: History
    ledger: Ledger

    def are_of_their_time(self) -> None:
        """None has begun after the state that tells of it, and none began earlier than the state before said."""
        before: dict[tuple[str, str, Field[str]], float] = {}
        for told in self._all():
            made, since = told.heard.message.timestamp, told.status.timestamp
            if not isinstance(since, int | float):
                continue
            if isinstance(made, int | float) and since > made + _SLACK:
                story = f"{told} says that it began at {rfc3339(since)}, after its state was made, at {rfc3339(made)}."
                raise NotObserved(story, self._where(told))
            condition = (told.place, told.category, told.status.message)
            if since < before.get(condition, since):
                was = rfc3339(before[condition])
                story = f"{told} said that it began at {was}, and later at {rfc3339(since)}, which is earlier."
                raise NotObserved(story, self._where(told))
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
                    self._where(told),
                )

    def have_round_levels(self) -> None:
        """Each is a multiple of a hundred."""
        for told in self._all():
            level = told.status.level
            if isinstance(level, int) and level % 100:
                raise NotObserved(f"{told} should have a level that has a name, but has {level}.", self._where(told))

    def stand_where_they_belong(self) -> None:
        """What is wrong with a point is not said of the pointset, and what is wrong with the device of neither."""
        for told in self._all():
            if not told.is_trouble:
                continue
            if any(told.category.startswith(beginning) for beginning in _foreign_to(told.place)):
                raise NotObserved(f"{told} has category {told.category}, which belongs elsewhere.", self._where(told))

    def leave_the_device_well(self) -> None:
        """No state has a system.status of a warning or worse."""
        self.history.went_all_the_way()
        states = [heard for heard in self.history.states if heard.message.system]
        if not states:
            raise Undecided("no state with a system block came")
        self.ledger.rests_on(states[0].place, states[-1].place)
        for told in self._told():
            if told.place == SYSTEM and told.is_trouble:
                level, message = said(told.status.level), said(told.status.message)
                story = f"Nothing is wrong, but system.status has level {level}: {message}."
                raise NotObserved(story, self._where(told))

    def sum_up_at_the_device(self) -> None:
        """While a point has an error, system.status is at least as grave."""
        for told in self._all():
            level, system = told.status.level, told.heard.message.system
            if told.point and isinstance(level, int) and level >= _WARNING:
                summary = system.status if system else None
                gravest = summary.level if isinstance(summary, Status) else None
                if not isinstance(gravest, int) or gravest < level:
                    found = "is absent" if summary is None else f"has level {said(gravest)}"
                    story = f"While {told.point} has a status of level {level}, system.status {found}."
                    raise NotObserved(story, self._where(told))

    def _all(self) -> list[Told]:
        told = list(self._told())
        if not told:
            self.history.went_all_the_way()
            if not self.history.states:
                raise Undecided("no state came")
            raise NotApplicable("the device never reported a status")
        self.ledger.rests_on(*(one.heard.place for one in told))
        return told

    def _told(self) -> Iterator[Told]:
        for heard in self.history.states:
            state = heard.message
            if state.system and isinstance(state.system.status, Status):
                yield Told(heard, SYSTEM, state.system.status)
            if state.pointset and isinstance(state.pointset.status, Status):
                yield Told(heard, POINTSET, state.pointset.status)
            for name, point in state.points.items():
                if isinstance(point.status, Status):
                    yield Told(heard, name, point.status)

    def _where(self, told: Told) -> Where:
        return Where(told.heard.place, self.history.first, told.point)


def _foreign_to(place: str) -> tuple[str, ...]:
    """With what no category begins there. The status of the device may sum up what is said elsewhere."""
    if place == SYSTEM:
        return ()
    return ("pointset.point.", "system.") if place == POINTSET else ("system.",)
