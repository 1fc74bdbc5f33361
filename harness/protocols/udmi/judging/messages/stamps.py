"""When messages say that they were made: in UTC, near the time at which they came, and one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain

from harness.judging.connection.offline_periods import OfflinePeriods
from harness.judging.timing.window import Elapsed, within
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.payload.timestamps import parsed_timestamp, rfc3339
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.messages.messages import Messages, stamp_of
from harness.protocols.udmi.words.said import said
from harness.protocols.udmi.words.schemas import MessageKind

_UTC = ("Z", "z", "+00:00", "-00:00")


@dataclass(frozen=True)
class Stamps:
    """The timestamp of every message, as it stands there."""

    messages: Messages
    evidence: Evidence

    def are_utc(self) -> None:
        """Each is there, is RFC 3339, and says that it is UTC."""
        everything = sorted(chain.from_iterable(self.messages.payloads.values()), key=lambda heard: heard.place)
        self._must_hear(everything)
        for heard in everything:
            stamp = stamp_of(heard.message)
            if not (isinstance(stamp, str) and parsed_timestamp(stamp) is not None and stamp.endswith(_UTC)):
                self.evidence.rests_on(heard.place)
                story = f"The timestamp of a message should be an RFC 3339 time in UTC, but is {said(stamp)}."
                raise NotObserved(story, EvidenceRef(heard.place))
        self.messages.history.went_all_the_way()

    def are_near_now(self, seconds: float) -> None:
        """Each state was made no longer than this before it came, or after, by its own account.

        One that was made in a time without a connection could not come sooner.
        """
        offline_periods = OfflinePeriods(self.messages.history)
        in_time = [
            (heard, timestamp)
            for heard, timestamp in self._timestamps
            if not offline_periods.held_up(heard.place, timestamp)
        ]
        off = [(abs(heard.time - timestamp), heard, timestamp) for heard, timestamp in in_time]
        if not off:
            raise Undecided("no state had a timestamp")
        farthest, heard, timestamp = max(off, key=lambda entry: entry[0])
        window = within(seconds)
        least = max(0.0, farthest - self.messages.history.allowance)
        self.evidence.measure("farthest from now", Elapsed(round(least, 6), round(farthest, 6)), window)
        self.evidence.rests_on(heard.place)
        if least > seconds:
            story = (
                f"The timestamp of a state should be near the time at which it is sent, but was {rfc3339(timestamp)} "
                f"when it was {rfc3339(round(heard.time, 3))}."
            )
            raise NotObserved(story, EvidenceRef(heard.place))
        self.messages.history.went_all_the_way()

    def never_go_back(self, *, by: float) -> None:
        """No state was made more than `by` seconds before one that came earlier, as where a clock is being set right.

        A state that is delivered again, byte for byte, is no news.
        """
        latest: tuple[Heard[bytes], float] | None = None
        known = set[bytes]()
        timestamps = self._timestamps
        for heard, timestamp in timestamps:
            content = blake2b(heard.message, digest_size=16).digest()  # a flood's own words would fill the memory
            if latest and timestamp < latest[1] - by and content not in known:
                self.evidence.rests_on(latest[0].place, heard.place)
                story = (
                    f"States should go forward in time, but one of {rfc3339(timestamp)} came "
                    f"after one of {rfc3339(latest[1])}."
                )
                raise NotObserved(story, EvidenceRef(heard.place, latest[0].place))
            known.add(content)
            latest = (heard, timestamp) if latest is None or timestamp > latest[1] else latest
        if len(timestamps) < _TWO:
            raise Undecided("fewer than two states had a timestamp")
        self.evidence.rests_on(timestamps[0][0].place, timestamps[-1][0].place)
        self.messages.history.went_all_the_way()

    @property
    def _timestamps(self) -> Sequence[tuple[Heard[bytes], float]]:
        """Of every state that has one."""
        self._must_hear(self.messages.payloads[MessageKind.STATE])
        return self.messages.timestamps

    def _must_hear(self, messages: Sequence[Heard[bytes]]) -> None:
        if not messages:
            self.messages.history.went_all_the_way()
            raise Undecided("the device said nothing")


_TWO = 2
