"""A config that cannot be worked on: hard errors. UDMI 1.5, config sequence."""

from dataclasses import dataclass
from itertools import pairwise

from harness.judging.decision import decide
from harness.judging.errors_told import errors_in_pointset, own_error
from harness.judging.history import Heard
from harness.judging.odd_config import OddConfig
from harness.judging.point_report import said
from harness.judging.shown import same
from harness.judging.verdict import CouldNotTest, NotObserved, Undecided
from harness.judging.where import Where
from harness.judging.window import Elapsed, Window, within
from harness.judging.write import Write
from harness.wire.instant import rfc3339
from harness.wire.reader import printable
from harness.wire.udmi import Odd, State, Telemetry, Value, ValueState

_TOLERANCE = 1.5  # seconds by which UDMI's own sequencer lets telemetry be late
_IN_FORCE = (ValueState.APPLIED, ValueState.UPDATING)


@dataclass(frozen=True)
class BrokenConfig(OddConfig):
    """What was in force before is to stay so, as if the config had never come, but for the device's own status.

    Followed up to the next config; where no state comes before that, up to the first that names a later one.
    """

    def is_reported(self, window: Window, *, category: str, level: int) -> None:
        """The system's status is an error of this category and level, inside the window."""
        should = f"The config cannot be worked on; the system's status should say so {window}"
        told = next((heard for heard in self._states() if own_error(heard.message)), None)
        self.ledger.rests_on(self.act.place)
        self.ledger.awaits(window, self.act)
        error = own_error(told.message) if told else None
        if told is None or error is None:
            self._must_have_watched(window)
            raise NotObserved(f"{should}, but tells of no error.", self._where())
        self.ledger.rests_on(told.place)
        if (error.category, error.level) != (category, level):
            found = f"{said(error.category)} of level {said(error.level)}"
            raise NotObserved(f"{should}, as {category} of level {level}, but it is {found}.", self._where(told))
        elapsed = self.history.elapsed(self.act, told.time)
        self.ledger.measure("reported after", elapsed, window)
        decide(window, elapsed, f"{should}, but it took {elapsed}.", self._where(told))

    def is_not_named(self) -> None:
        """Every state names a config that could be worked on."""
        if not self.history.names_configs():
            raise CouldNotTest("no state ever named a config")
        for heard in self._surely_after():
            last = heard.message.last_config
            self.ledger.rests_on(self.act.place, heard.place)
            if not isinstance(last, int | float) or not self.history.is_older_config(last, heard.place):
                named = rfc3339(last) if isinstance(last, int | float) else said(last)
                story = f"last_config should not move with a config that cannot be worked on, but became {named}."
                raise NotObserved(story, self._where(heard))

    def touches_no_other_status(self) -> None:
        """No error is on the pointset, or on a point, that was not there before."""
        known = errors_in_pointset(self._before)
        for heard in self._surely_after():
            self.ledger.rests_on(self.act.place, heard.place)
            new = [name for name in errors_in_pointset(heard.message) if name not in known]
            if new:
                raise NotObserved(
                    "A config that cannot be worked on should leave every status but the system's as it was, "
                    f"but now there is an error on {printable(new[0])}.",
                    self._where(heard),
                )

    def leaves_in_force(self, write: Write) -> None:
        """The write before it stays on its point; what it would set itself, if that differs, never shows."""
        named = [one for one in self._surely_after() if write.point in one.message.points]
        states = [one for one in named if one.place < self.next]
        shown = [one for one in self._telemetry() if self._left_after_it(one)]
        if not states and not shown:
            raise self._unseen(f"nothing was heard of {write.point} until the next config")
        self.ledger.rests_on(*(heard.place for heard in (*states, *shown)))
        for heard in states:
            state = heard.message.point(write.point).value_state
            if state not in _IN_FORCE:
                story = f"{write.point} should stay as the config before left it, but is {said(state)}."
                raise NotObserved(story, Where(heard.place, self.act.place, write.point))
        unwanted = self._unwanted(write)
        for one in shown:
            value = one.message.readings.get(write.point)
            if unwanted is not None and same(value, unwanted):
                story = f"{write.point} should go on showing {said(write.value)}, but shows {said(value)}."
                raise NotObserved(story, Where(one.place, self.act.place, write.point))

    def holds_nothing_up(self, *, sample_rate: float) -> None:
        """Telemetry goes on to come as often as it did, or at least as often as was asked for."""
        times = [heard.time for heard in self.history.telemetry if heard.place < self.act.place]
        if not times or not self.history.states:
            raise self._unseen("no telemetry came before the config, or no state at all")
        usual = max([sample_rate, *(later - one for one, later in pairwise(times))])
        end = next((record.time for place, record in self.history.placed() if place == self.next), None)
        end = self.history.closed.time if end is None else end
        limit = round(usual + _TOLERANCE + self.history.lateness(times[-1], end), 6)
        if end - self.act.latest < limit:
            raise Undecided(f"telemetry was watched for {end - self.act.latest:.1f} s only, of {limit:g}")
        during = [times[-1], *(heard.time for heard in self._telemetry()), end]
        longest = round(max(later - one for one, later in pairwise(during)), 6)
        self.ledger.rests_on(self.act.place, *(heard.place for heard in self._telemetry()))
        self.ledger.measure("longest pause of telemetry", Elapsed(longest, longest), within(limit))
        if longest > limit:
            story = f"Telemetry should go on as before, every {usual:g} s at least, but paused for {longest:.1f} s."
            raise NotObserved(story, self._where())

    def _surely_after(self) -> list[Heard[State]]:
        if self._states():
            return super()._surely_after()
        later = (one for one in self.history.states if one.place > self.next)
        named = next(
            (one for one in later if self.history.is_sent_after(self.act.place, one.message.last_config)), None
        )
        if named is None:
            raise self._unseen("no state followed the config")
        return [named]

    def _follows_from_it(self, heard: Heard[State]) -> bool:
        return own_error(heard.message) is not None and own_error(self._before) is None

    def _unwanted(self, write: Write) -> Value | None:
        """What the config would have set, where that can be told from what stays in force."""
        points = (self.config.pointset.points if self.config.pointset else None) or {}
        value = points[write.point].set_value if write.point in points else None
        return None if isinstance(value, Odd) or value is None or same(value, write.value) else value

    def _telemetry(self) -> list[Heard[Telemetry]]:
        return [heard for heard in self.history.telemetry if self.act.place < heard.place < self.next]
