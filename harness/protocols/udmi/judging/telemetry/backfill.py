"""Telemetry that a device measured without a connection, and sends when it is back."""

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from harness.judging.connection.connection import Connection
from harness.judging.connection.reconnection import Reconnection
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.words.messages import Telemetry
from harness.record.left_out import NotApplicable


@dataclass(frozen=True)
class DeviceReconnection(Reconnection):
    """A time without a connection, and the telemetry of it."""

    history: History

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
        self.evidence.rests_on(self.lost[0], self.end.place, *(heard.place for heard in kept))
        if not kept:
            self.history.went_all_the_way()
            raise NotObserved(
                f"What was measured without a connection should be sent afterwards, but none of {len(after)} "
                f"telemetries that came then is of those {end - begin:.0f} s.",
                EvidenceRef(after[0][0].place, self.lost[0]),
            )
        self.evidence.observed.append(f"{len(kept)} telemetries of the {end - begin:.0f} s without a connection")

    def _must_have_seen(self, after: list[Heard[Telemetry]]) -> None:
        if not after:
            self.history.went_all_the_way()
            raise CouldNotTest("no telemetry came after the device was back")


@dataclass(frozen=True)
class DeviceConnection(Connection):
    """The connection of a device that sends telemetry."""

    history: History

    def reconnection(self, label: str) -> DeviceReconnection:
        """The time without a connection, from the fault that the scenario named so."""
        return DeviceReconnection.of(self.history, self.evidence, self.packets, self.fault(label))


_ENOUGH = 2  # telemetries before the loss, to know how often they come
_SLACK = 0.1  # seconds
