"""A time without a connection: when the device tried to come back, and what it brought."""

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from harness.judging.act import Act
from harness.judging.decision import decide
from harness.judging.history import Heard, History
from harness.judging.ledger import Ledger
from harness.judging.sights import Placed, Sights
from harness.judging.verdict import CouldNotTest, NotApplicable, NotObserved, OutOfView
from harness.judging.where import Where
from harness.judging.window import Elapsed, Window, within
from harness.wire.seen import Sight
from harness.wire.udmi import Telemetry

_FEW, _MANY = 3, 8  # gaps: fewer say nothing of how they grow; so many would have shown it
_ALIKE, _GROWN = 1.25, 2.0  # times: gaps that differ less are the same; one that grew so much has grown
_BRIEF = 1.0  # second: gaps that stay shorter are none
_AT_ONCE = 0.5  # seconds
_FORGETS = 60.0  # seconds that a connection has to last before its loss is a new one to every device
_LONG = 600.0  # seconds of refusals in which the longest gap has shown
_A_TRY = 5.0  # seconds from where a device begins to connect to its CONNECT: names, TCP, TLS on a small machine


@dataclass(frozen=True)
class Outage:
    """From `act` on. `began`: when the connection that is `lost` came about; `tries`: up to the one that was let in."""

    history: History
    ledger: Ledger
    act: Act
    began: float
    lost: Placed
    tries: tuple[Placed, ...]
    met_a_stranger: tuple[int, ...] = ()

    @classmethod
    def of(cls, history: History, ledger: Ledger, sights: Sights, act: Act) -> "Outage":
        """What follows the act. Raises CouldNotTest where there was no connection to lose."""
        own = [(place, seen) for place, seen in sights.own if place > act.place]
        lost = next((one for one in own if one[1].what in (Sight.LOST, Sight.DISCONNECT)), None)
        if lost is None:
            raise CouldNotTest("the device was not connected, so no connection could be broken")
        tries: list[Placed] = []
        for place, seen in own:
            if seen.what is Sight.CONNECT and place > lost[0]:
                tries.append((place, seen))
                if not seen.refused:
                    break
        begun = [seen.time for place, seen in [*sights.before, *sights.own] if place < lost[0] and seen.hello]
        return cls(history, ledger, act, max(begun, default=0.0), lost, tuple(tries), sights.handshakes)

    @property
    def end(self) -> Act:
        """When the device was back."""
        if not self.tries or self.tries[-1][1].refused:
            self.history.went_all_the_way()
            raise CouldNotTest("the device did not come back")
        place, seen = self.tries[-1]
        return Act(place, place, seen.time, seen.time, "its return")

    def is_met(self, window: Window) -> None:
        """Inside the window the device tries for the first time to connect again."""
        self.ledger.rests_on(self.lost[0], *(place for place, _ in self.tries[:1]))
        lost = self.lost[1].time
        if not self.tries:
            watched = self._surely_between(lost, self.history.closed.time)
            if watched < window.latest:
                self.history.went_all_the_way()
                raise CouldNotTest(f"the device was watched for {watched:.0f} s only, of {window.latest:g}")
            raise NotObserved(f"The device should try to connect again {window}, but never did.", self._where(0))
        tried = self.tries[0][1].time
        surely, stalled = round(self._surely_between(lost, tried), 6), self.history.stalls.words(lost, tried)
        after = Elapsed(surely, round(tried - lost, 6), stalled)
        self.ledger.measure("first try after", after, window)
        story = f"The device should try to connect again {window}, but did after {after}."
        decide(window, after, story, self._where(0))

    def ends(self, window: Window, since: Act) -> None:
        """The device is let in inside the window, counted from when nothing was in its way any more."""
        self.ledger.rests_on(self.lost[0], since.place, *(place for place, _ in self.tries[-1:]))
        self.ledger.awaits(window, since)
        if not self.tries or self.tries[-1][1].refused:
            watched = self.history.watched(since, self.history.closed.time)
            if watched < window.latest:
                self.history.went_all_the_way()
                raise CouldNotTest(f"the device was waited for {watched:.0f} s only, of {window.latest:g}")
            last = f"its last try came {self._after_loss(-1):.1f} s after the loss" if self.tries else "it never tried"
            raise NotObserved(
                f"The device should connect again {window} of {since}, but did not: {last}.", self._where(-1)
            )
        elapsed = self.history.elapsed(since, self.tries[-1][1].time)
        self.ledger.measure("connected again after", elapsed, window)
        story = f"The device should connect again {window} of {since}, but did after {elapsed}."
        decide(window, elapsed, story, self._where(-1))

    def gaps_grow(self) -> None:
        """Some later gap is twice as long as one of the first; jitter may blur the rest.

        Who tries at once, and then less often, has not tried before; who was cut off shortly before may remember it.
        """
        gaps = [gap for gap in self._gaps() if gap > _AT_ONCE]
        self.ledger.rests_on(*(place for place, _ in self.tries))
        self.ledger.observed.append(f"gaps between tries: {_listed(gaps)}")
        longest, first = max(gaps, default=0.0), min(gaps[:_FEW], default=0.0)
        if len(gaps) >= _FEW and longest >= max(_GROWN * first, _BRIEF):
            return
        lasted = self.lost[1].time - self.began
        if lasted >= _FORGETS and (len(gaps) >= _MANY or (len(gaps) >= _FEW and longest < _ALIKE * first)):
            raise NotObserved(
                f"Gaps between tries should grow, but in {len(self.tries)} tries none was twice as long as one of the "
                f"first: {_listed(gaps)}.",
                self._where(-1),
            )
        after = f"after a connection of {lasted:.0f} s"
        raise OutOfView.without(
            "more time", f"{after} the device tried {len(self.tries)} times in {self._lasted():.0f} s"
        )

    def gaps_stay_within(self, seconds: float) -> None:
        """No two tries are farther apart, and none is farther from the loss; each may take a while itself."""
        between = pairwise((self.lost, *self.tries))
        gaps = [(self._surely_between(a.time, b.time), at, before) for (before, a), (at, b) in between]
        if not gaps:
            raise CouldNotTest("the device never tried to connect again")
        longest, place, before = max(gaps)
        window = within(seconds)
        self.ledger.measure("longest gap", Elapsed(round(longest, 6), round(longest, 6)), window)
        self.ledger.rests_on(before, place)
        if longest > seconds + _A_TRY:
            story = f"A device should try again {window}, but one gap was of {longest:.1f} s."
            raise NotObserved(story, Where(place, before))
        if self._lasted() < _LONG:
            raise OutOfView.without(
                "more time", f"in {self._lasted():.0f} s without a connection no gap can become so long"
            )

    def brings_what_was_measured(self) -> None:
        """After its return comes telemetry whose timestamp lies in the time without a connection."""
        begin, end = self.lost[1].time, self.end.latest
        stamped = [(heard, heard.message.timestamp) for heard in self.history.telemetry]
        known = [(heard, stamp) for heard, stamp in stamped if isinstance(stamp, int | float)]
        before = [(heard, stamp) for heard, stamp in known if heard.place < self.lost[0]]
        if len(before) < _ENOUGH:
            self.history.went_all_the_way()
            raise CouldNotTest("too little telemetry came before the connection was lost to know how often it comes")
        period = median(b - a for (_, a), (_, b) in pairwise(before))
        behind = min(heard.time - stamp for heard, stamp in before)  # how far the device's clock is behind ours
        slack = max(_SLACK, self.history.allowance)
        if end - begin < 2 * (period + slack):
            away = f"the device was away for {end - begin:.0f} s"
            raise NotApplicable(f"telemetry comes every {period:.0f} s, and {away}")
        after = [(heard, stamp + behind) for heard, stamp in known if heard.place > self.end.place]
        kept = [heard for heard, stamp in after if begin + slack < stamp < end - slack]
        self._must_have_seen([heard for heard, _ in after])
        self.ledger.rests_on(self.lost[0], self.end.place, *(heard.place for heard in kept))
        if not kept:
            self.history.went_all_the_way()
            raise NotObserved(
                f"What was measured without a connection should be sent afterwards, but none of {len(after)} "
                f"telemetries that came then is of those {end - begin:.0f} s.",
                Where(after[0][0].place, self.lost[0]),
            )
        self.ledger.observed.append(f"{len(kept)} telemetries of the {end - begin:.0f} s without a connection")

    def stays_away(self, until: Act) -> None:
        """Up to there nothing was said to the broker, though the device did come back afterwards."""
        early = [place for place, seen in self.tries if place < until.place]
        self.ledger.rests_on(self.lost[0], until.place, *early[:1])
        if early:
            story = "The device should not trust a certificate that nobody vouches for, but sent its CONNECT."
            raise NotObserved(story, Where(early[0], self.act.place))
        if not any(self.act.place < place < until.place for place in self.met_a_stranger):
            self.history.went_all_the_way()
            raise CouldNotTest("the device did not meet the stranger")
        self.ledger.rests_on(self.end.place)

    def _must_have_seen(self, after: list[Heard[Telemetry]]) -> None:
        if not after:
            self.history.went_all_the_way()
            raise CouldNotTest("no telemetry came after the device was back")

    def _surely_between(self, time: float, later: float) -> float:
        return max(0.0, later - time - self.history.stalls.seconds(time, later))

    def _gaps(self) -> list[float]:
        return [round(b.time - a.time, 3) for (_, a), (_, b) in pairwise((self.lost, *self.tries))]

    def _lasted(self) -> float:
        return (self.tries[-1][1].time if self.tries else self.history.closed.time) - self.lost[1].time

    def _after_loss(self, number: int) -> float:
        return self.tries[number][1].time - self.lost[1].time

    def _where(self, number: int) -> Where:
        return Where(self.tries[number][0] if self.tries else self.lost[0], self.act.place)


def _listed(gaps: list[float]) -> str:
    shown = ", ".join(f"{gap:.1f}" for gap in gaps[:_SHOWN])
    return f"{shown}{' …' if len(gaps) > _SHOWN else ''} s" if gaps else "none"


_ENOUGH, _SHOWN = 2, 8
_SLACK = 0.1  # seconds
