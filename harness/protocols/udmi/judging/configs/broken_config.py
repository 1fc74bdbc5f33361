"""A config that cannot be worked on: hard errors. UDMI 1.5, config sequence."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from harness.judging.timing.window import Elapsed, Window, within
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.payload.same import same
from harness.payload.timestamps import rfc3339
from harness.payload.values import IllTyped, Value
from harness.protocols.udmi.judging.configs.odd_config import OddConfig
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.states.errors import errors_in_pointset, own_error
from harness.protocols.udmi.judging.writes.write import Write
from harness.protocols.udmi.words.messages import PointConfig, State, Telemetry, ValueState
from harness.protocols.udmi.words.said import said
from harness.record.kinds import Sent
from harness.record.left_out import NotApplicable
from harness.text import printable

_IN_FORCE = (ValueState.APPLIED, ValueState.UPDATING)


@dataclass(frozen=True)
class BrokenConfig(OddConfig):
    """A config that cannot be worked on. The config before it stays in force, but for the device's own status.

    Followed up to the next config; where no state comes before that, up to the first that names a later one.
    """

    def is_reported(self, window: Window, *, category: str, level: int) -> None:
        """The system's status is an error of this category and level, inside the window."""
        should = f"The config {self._flaw} cannot be worked on; the system's status should say so {window}"
        told = next((heard for heard in self._states() if own_error(heard.message)), None)
        self.evidence.rests_on(self.stimulus.place)
        self.evidence.awaits(window, self.stimulus)
        error = own_error(told.message) if told else None
        if told is None or error is None:
            self._must_have_watched(window)
            raise NotObserved(f"{should}, but tells of no error.", self._evidence_ref())
        self.evidence.rests_on(told.place)
        if (error.category, error.level) != (category, level):
            found = f"{said(error.category)} of level {said(error.level)}"
            raise NotObserved(f"{should}, as {category} of level {level}, but it is {found}.", self._evidence_ref(told))
        elapsed = self.history.elapsed(self.stimulus, told.time)
        self.evidence.measure("reported after", elapsed, window)
        decide(window, elapsed, f"{should}, but it took {elapsed}.", self._evidence_ref(told))

    def is_not_named(self) -> None:
        """Every state names a config that could be worked on."""
        if not self.history.names_configs():
            raise CouldNotTest("no state ever named a config")
        for heard in self._surely_after():
            last = heard.message.last_config
            self.evidence.rests_on(self.stimulus.place, heard.place)
            if not isinstance(last, int | float) or not self.history.is_older_config(last, heard.place):
                named = rfc3339(last) if isinstance(last, int | float) else said(last)
                story = f"last_config should not move with the config {self._flaw}, which cannot be worked on"
                story = f"{story}, but became {named}."
                raise NotObserved(story, self._evidence_ref(heard))

    def touches_no_other_status(self) -> None:
        """No error is on the pointset, or on a point, that was not there before."""
        known = errors_in_pointset(self._before)
        for heard in self._surely_after():
            self.evidence.rests_on(self.stimulus.place, heard.place)
            new = [name for name in errors_in_pointset(heard.message) if name not in known]
            if new:
                raise NotObserved(
                    f"The config {self._flaw} cannot be worked on, and should leave every status but the system's as "
                    f"it was, but now there is an error on {printable(new[0])}.",
                    self._evidence_ref(heard),
                )

    def leaves_in_force(self, write: Write) -> None:
        """The write before it stays on its point; what it would set itself, if that differs, never shows."""
        named = [one for one in self._surely_after() if write.point in one.message.points]
        states = [one for one in named if one.place < self.next]
        shown = [one for one in self._telemetry() if self._left_after_it(one) and write.point in one.message.readings]
        unwanted, after = self._unwanted(write), f"After the config {self._flaw}"
        if not states and not shown:
            raise self._unseen(f"nothing was heard of {write.point} until the next config")
        self.evidence.rests_on(*(heard.place for heard in (*states, *shown)))
        for heard in states:
            state = heard.message.point(write.point).value_state
            if state not in _IN_FORCE:
                story = f"{after} {write.point} should stay as the config before left it, but is {said(state)}."
                raise NotObserved(story, EvidenceRef(heard.place, self.stimulus.place, write.point))
        if unwanted is not None and not shown:
            raise self._unseen(f"no telemetry told which value of {write.point} was in force until the next config")
        for one in shown:
            value = one.message.readings[write.point]
            if unwanted is not None and self.history.shows(write.point, value, unwanted):
                story = f"{after} {write.point} should go on showing {said(write.value)}, but shows {said(value)}."
                raise NotObserved(story, EvidenceRef(one.place, self.stimulus.place, write.point))

    def holds_nothing_up(self, *, sample_rate: float, give_or_take: float) -> None:
        """Telemetry goes on to come as often as it did, or at least as often as was asked for."""
        times = [heard.time for heard in self.history.telemetry if heard.place < self.stimulus.place]
        if not times:
            self.history.concerns_points()
        if not times or not self.history.states:
            raise self._unseen("no telemetry came before the config, or no state at all")
        usual = max([sample_rate, *(later - one for one, later in pairwise(times))])
        end = next((record.time for place, record in self.history.placed() if place == self.next), None)
        end = self.history.closed.time if end is None else end
        limit = round(usual + give_or_take + self.history.lateness(times[-1], end), 6)
        if end - self.stimulus.latest < limit:
            raise Undecided(f"telemetry was watched for {end - self.stimulus.latest:.1f} s only, of {limit:g}")
        during = [times[-1], *(heard.time for heard in self._telemetry()), end]
        longest = round(max(later - one for one, later in pairwise(during)), 6)
        self.evidence.rests_on(self.stimulus.place, *(heard.place for heard in self._telemetry()))
        self.evidence.measure("longest pause of telemetry", Elapsed(longest, longest), within(limit))
        if longest > limit:
            self._must_not_have_been_taken(longest, give_or_take)
            story = f"After the config {self._flaw} telemetry should go on as before, every {usual:g} s at least"
            story = f"{story}, but paused for {longest:.1f} s."
            raise NotObserved(f"{story}{self._its_own_rate(longest, give_or_take)}", self._evidence_ref())

    @property
    def _flaw(self) -> str:
        """The flaw of the config, as the scenario names it."""
        sent = next(record for place, record in self.history.placed() if place == self.stimulus.place)
        assert isinstance(sent, Sent)  # noqa: S101 - there it was found
        return repr(printable(sent.label))

    def _must_not_have_been_taken(self, pause: float, give_or_take: float) -> None:
        """A device that took the config keeps its rate: other clauses tell that it was taken. Raises NotApplicable."""
        rate = self._rate
        if rate is not None and pause <= rate + give_or_take and (self._is_named() or self._is_shown()):
            taken = f"the device took the config up, and with it its sample_rate_sec of {rate:g}"
            raise NotApplicable(f"{taken}: other clauses tell of that")

    def _its_own_rate(self, pause: float, give_or_take: float) -> str:
        rate = self._rate
        could = rate is not None and pause <= rate + give_or_take
        return f" The config asked for telemetry every {rate:g} s: it may have taken that up." if could else ""

    @property
    def _rate(self) -> float | None:
        rate = self.config.pointset.sample_rate_sec if self.config.pointset else None
        return rate if isinstance(rate, int | float) and rate > 0 else None

    def _is_named(self) -> bool:
        """Whether a state has its timestamp as last_config."""
        stamp = self.config.timestamp
        return isinstance(stamp, int | float) and any(one.message.last_config == stamp for one in self._states())

    def _is_shown(self) -> bool:
        """Whether telemetry shows a value that it would set, and did not before."""
        before = [one.message.readings for one in self.history.telemetry if one.place < self.stimulus.place][-1:]
        known = before[0] if before else {}
        wanted = {name: point.set_value for name, point in self._points.items() if point.set_value is not None}
        return any(
            self.history.shows(name, one.message.readings.get(name), value)
            and not self.history.shows(name, known.get(name), value)
            for one in self._telemetry()
            for name, value in wanted.items()
            if not isinstance(value, IllTyped)
        )

    def _surely_after(self) -> list[Heard[State]]:
        if self._states():
            return super()._surely_after()
        later = (one for one in self.history.states if one.place > self.next)
        named = next(
            (one for one in later if self.history.is_sent_after(self.stimulus.place, one.message.last_config)), None
        )
        if named is None:
            raise self._unseen("no state followed the config")
        return [named]

    def _follows_from_it(self, heard: Heard[State]) -> bool:
        return own_error(heard.message) is not None and own_error(self._before) is None

    def _unwanted(self, write: Write) -> Value | None:
        """The value that the config would have set, where it differs from the one in force; else None."""
        value = self._points.get(write.point, PointConfig()).set_value
        return None if isinstance(value, IllTyped) or value is None or same(value, write.value) else value

    @property
    def _points(self) -> Mapping[str, PointConfig]:
        return (self.config.pointset.points if self.config.pointset else None) or {}

    def _telemetry(self) -> list[Heard[Telemetry]]:
        return [heard for heard in self.history.telemetry if self.stimulus.place < heard.place < self.next]
