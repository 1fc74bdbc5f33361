"""A time without a connection: when the device tried to come back, and what it brought."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from harness.judging.connection.device_packets import DevicePackets, Placed
from harness.judging.history import History
from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Elapsed, Window, within
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.mqtt.packets import PacketKind
from harness.record.left_out import OutOfView

_FEW, _MANY = 3, 8  # gaps: fewer say nothing of how they grow; so many would have shown it
_ALIKE, _GROWN = 1.25, 2.0  # times: gaps that differ less are the same; one that grew so much has grown
_BRIEF = 1.0  # second: gaps that stay shorter are none
_AT_ONCE = 0.5  # seconds


@dataclass(frozen=True)
class Reconnection:
    """`began`: when the connection that is `lost` came about; `tries`: up to the one that was let in."""

    history: History
    evidence: Evidence
    stimulus: Stimulus
    began: float
    lost: Placed
    tries: tuple[Placed, ...]
    met_a_stranger: tuple[int, ...] = ()

    @classmethod
    def of(cls, history: History, evidence: Evidence, packets: DevicePackets, stimulus: Stimulus) -> Self:
        """The reconnection after the stimulus. Raises CouldNotTest where there was no connection to lose."""
        own = [(place, packet) for place, packet in packets.own if place > stimulus.place]
        lost = next((one for one in own if one[1].what in (PacketKind.LOST, PacketKind.DISCONNECT)), None)
        if lost is None:
            raise CouldNotTest("the device was not connected, so no connection could be broken")
        tries: list[Placed] = []
        for place, packet in own:
            if packet.what is PacketKind.CONNECT and place > lost[0]:
                tries.append((place, packet))
                if not packet.refused:
                    break
        begun = [packet.time for place, packet in [*packets.before, *packets.own] if place < lost[0] and packet.hello]
        return cls(history, evidence, stimulus, max(begun, default=0.0), lost, tuple(tries), packets.handshakes)

    @property
    def end(self) -> Stimulus:
        """When the device was back."""
        if not self.tries or self.tries[-1][1].refused:
            self.history.went_all_the_way()
            raise CouldNotTest("the device did not come back")
        place, packet = self.tries[-1]
        return Stimulus(place, place, packet.time, packet.time, "its return")

    def is_met(self, window: Window) -> None:
        """Inside the window the device tries for the first time to connect again."""
        self.evidence.rests_on(self.lost[0], *(place for place, _ in self.tries[:1]))
        lost = self.lost[1].time
        if not self.tries:
            watched = self._surely_between(lost, self.history.closed.time)
            if watched < window.latest:
                self.history.went_all_the_way()
                raise CouldNotTest(f"the device was watched for {watched:.0f} s only, of {window.latest:g}")
            raise NotObserved(f"The device should try to connect again {window}, but never did.", self._evidence_ref(0))
        tried = self.tries[0][1].time
        surely, stalled = round(self._surely_between(lost, tried), 6), self.history.stalls.words(lost, tried)
        after = Elapsed(surely, round(tried - lost, 6), stalled)
        self.evidence.measure("first try after", after, window)
        story = f"The device should try to connect again {window}, but did after {after}."
        decide(window, after, story, self._evidence_ref(0))

    def ends(self, window: Window, since: Stimulus) -> None:
        """The device is let in inside the window, counted from when nothing was in its way any more."""
        self.evidence.rests_on(self.lost[0], since.place, *(place for place, _ in self.tries[-1:]))
        self.evidence.awaits(window, since)
        if not self.tries or self.tries[-1][1].refused:
            watched = self.history.watched(since, self.history.closed.time)
            if watched < window.latest:
                self.history.went_all_the_way()
                raise CouldNotTest(f"the device was waited for {watched:.0f} s only, of {window.latest:g}")
            last = f"its last try came {self._after_loss(-1):.1f} s after the loss" if self.tries else "it never tried"
            raise NotObserved(
                f"The device should connect again {window} of {since}, but did not: {last}.", self._evidence_ref(-1)
            )
        elapsed = self.history.elapsed(since, self.tries[-1][1].time)
        self.evidence.measure("connected again after", elapsed, window)
        story = f"The device should connect again {window} of {since}, but did after {elapsed}."
        decide(window, elapsed, story, self._evidence_ref(-1))

    def gaps_grow(self, *, connected_for: float) -> None:
        """Some later gap is twice as long as one of the first; jitter may blur the rest.

        Who tries at once, and then less often, has not tried before; who was cut off shortly before may remember it.
        `connected_for`: seconds that a connection has to last before its loss is a new one to every device.
        """
        gaps = [gap for gap in self._gaps() if gap > _AT_ONCE]
        self.evidence.rests_on(*(place for place, _ in self.tries))
        self.evidence.observed.append(f"gaps between tries: {_listed(gaps)}")
        longest, first = max(gaps, default=0.0), min(gaps[:_FEW], default=0.0)
        if len(gaps) >= _FEW and longest >= max(_GROWN * first, _BRIEF):
            return
        lasted = self.lost[1].time - self.began
        if lasted >= connected_for and (len(gaps) >= _MANY or (len(gaps) >= _FEW and longest < _ALIKE * first)):
            raise NotObserved(
                f"Gaps between tries should grow, but in {len(self.tries)} tries none was twice as long as one of the "
                f"first: {_listed(gaps)}.",
                self._evidence_ref(-1),
            )
        after = f"after a connection of {lasted:.0f} s"
        raise OutOfView.without(
            "more time", f"{after} the device tried {len(self.tries)} times in {self._lasted():.0f} s"
        )

    def gaps_stay_within(self, seconds: float, *, a_try: float, refused_for: float) -> None:
        """No two tries are farther apart, and none is farther from the loss; each may take a while itself.

        `a_try`: seconds from where a device begins to connect to its CONNECT. `refused_for`: seconds of refusals in
        which the longest gap has shown.
        """
        between = pairwise((self.lost, *self.tries))
        gaps = [(self._surely_between(a.time, b.time), at, before) for (before, a), (at, b) in between]
        if not gaps:
            raise CouldNotTest("the device never tried to connect again")
        longest, place, before = max(gaps)
        window = within(seconds)
        self.evidence.measure("longest gap", Elapsed(round(longest, 6), round(longest, 6)), window)
        self.evidence.rests_on(before, place)
        if longest > seconds + a_try:
            story = f"A device should try again {window}, but one gap was of {longest:.1f} s."
            raise NotObserved(story, EvidenceRef(place, before))
        if self._lasted() < refused_for:
            raise OutOfView.without(
                "more time", f"in {self._lasted():.0f} s without a connection no gap can become so long"
            )

    def stays_away(self, until: Stimulus) -> None:
        """Up to there nothing was said to the broker, though the device did come back afterwards."""
        early = [place for place, packet in self.tries if place < until.place]
        self.evidence.rests_on(self.lost[0], until.place, *early[:1])
        if early:
            story = "The device should not trust a certificate that nobody vouches for, but sent its CONNECT."
            raise NotObserved(story, EvidenceRef(early[0], self.stimulus.place))
        if not any(self.stimulus.place < place < until.place for place in self.met_a_stranger):
            self.history.went_all_the_way()
            raise CouldNotTest("the device did not meet the stranger")
        self.evidence.rests_on(self.end.place)

    def _surely_between(self, time: float, later: float) -> float:
        return max(0.0, later - time - self.history.stalls.seconds(time, later))

    def _gaps(self) -> list[float]:
        return [round(b.time - a.time, 3) for (_, a), (_, b) in pairwise((self.lost, *self.tries))]

    def _lasted(self) -> float:
        return (self.tries[-1][1].time if self.tries else self.history.closed.time) - self.lost[1].time

    def _after_loss(self, number: int) -> float:
        return self.tries[number][1].time - self.lost[1].time

    def _evidence_ref(self, number: int) -> EvidenceRef:
        return EvidenceRef(self.tries[number][0] if self.tries else self.lost[0], self.stimulus.place)


def _listed(gaps: list[float]) -> str:
    shown = ", ".join(f"{gap:.1f}" for gap in gaps[:_SHOWN])
    return f"{shown}{' …' if len(gaps) > _SHOWN else ''} s" if gaps else "none"


_SHOWN = 8
