"""When messages say that they were made: in UTC, near the time at which they came, and one after the other."""

from dataclasses import dataclass

from harness.judging.absences import Absences
from harness.judging.history import Heard
from harness.judging.ledger import Ledger
from harness.judging.messages import Messages
from harness.judging.point_report import said
from harness.judging.verdict import NotObserved, Undecided
from harness.judging.where import Where
from harness.judging.window import Elapsed, within
from harness.wire.instant import instant_of, rfc3339
from harness.wire.reader import read_raw
from harness.wire.schemas import Kind
from harness.wire.udmi import JSON

_UTC = ("Z", "z", "+00:00", "-00:00")
_STEP = 1.0  # seconds by which a clock that is being set right may be put back


@dataclass(frozen=True)
class Stamps:
    """The timestamp of every message, as it stands there."""

    messages: Messages
    ledger: Ledger

    def are_utc(self) -> None:
        """Each is there, is RFC 3339, and says that it is UTC."""
        for heard in self._of(*self.messages.payloads):
            stamp = heard.message
            if not (isinstance(stamp, str) and _instant(stamp) is not None and stamp.endswith(_UTC)):
                self.ledger.rests_on(heard.place)
                story = f"The timestamp of a message should be an RFC 3339 time in UTC, but is {said(stamp)}."
                raise NotObserved(story, Where(heard.place))
        self.messages.history.went_all_the_way()

    def are_near_now(self, seconds: float) -> None:
        """Each state was made no longer than this before it came, or after, by its own account.

        One that was made in a time without a connection could not come sooner.
        """
        absences = Absences(self.messages.history)
        in_time = [(heard, instant) for heard, instant in self._instants() if not absences.held_up(heard, instant)]
        off = [(abs(heard.time - instant), heard, instant) for heard, instant in in_time]
        if not off:
            raise Undecided("no state had a timestamp")
        farthest, heard, instant = max(off, key=lambda entry: entry[0])
        window = within(seconds)
        least = max(0.0, farthest - self.messages.history.allowance)
        self.ledger.measure("farthest from now", Elapsed(round(least, 6), round(farthest, 6)), window)
        self.ledger.rests_on(heard.place)
        if least > seconds:
            story = (
                f"The timestamp of a state should be near the time at which it is sent, but was {rfc3339(instant)} "
                f"when it was {rfc3339(round(heard.time, 3))}."
            )
            raise NotObserved(story, Where(heard.place))
        self.messages.history.went_all_the_way()

    def never_go_back(self) -> None:
        """No state was made before one that came earlier. One that is delivered again, byte for byte, is no news."""
        latest: tuple[Heard[bytes], float] | None = None
        known = set[bytes]()
        instants = self._instants()
        for heard, instant in instants:
            if latest and instant < latest[1] - _STEP and heard.message not in known:
                self.ledger.rests_on(latest[0].place, heard.place)
                story = (
                    f"States should go forward in time, but one of {rfc3339(instant)} came "
                    f"after one of {rfc3339(latest[1])}."
                )
                raise NotObserved(story, Where(heard.place, latest[0].place))
            known.add(heard.message)
            latest = (heard, instant) if latest is None or instant > latest[1] else latest
        if len(instants) < _TWO:
            raise Undecided("fewer than two states had a timestamp")
        self.ledger.rests_on(instants[0][0].place, instants[-1][0].place)
        self.messages.history.went_all_the_way()

    def _of(self, *kinds: Kind) -> list[Heard[JSON]]:
        heard = [
            Heard(heard.time, heard.place, read_raw(heard.message, []).get("timestamp"))
            for kind in kinds
            for heard in self.messages.payloads[kind]
        ]
        if not heard:
            self.messages.history.went_all_the_way()
            raise Undecided("the device said nothing")
        return sorted(heard, key=lambda one: one.place)

    def _instants(self) -> list[tuple[Heard[bytes], float]]:
        """Of every state that has one."""
        states = zip(self.messages.payloads[Kind.STATE], self._of(Kind.STATE), strict=True)
        return [(heard, instant) for heard, stamp in states if (instant := _instant(stamp.message)) is not None]


def _instant(stamp: JSON) -> float | None:
    return instant_of(stamp) if isinstance(stamp, str) else None


_TWO = 2
