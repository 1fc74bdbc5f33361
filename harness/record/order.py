"""The order in which a drive writes records down; what stands otherwise was not written by one."""

from collections.abc import Sequence

from harness.record.kinds import Answer, Began, Closed, Done, Ended, Opened, Provoked, Received, Record, Request, Sent


class RecordOrder:
    """Of a whole trace: each record is asked about in its turn."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records, self._place = records, 0
        self._time, self._is_open, self._has_ended = 0.0, False, False

    def problem(self, record: Record) -> str | None:
        """Why the next record cannot stand where it does."""
        place, self._place = self._place, self._place + 1
        before, self._time = self._time, record.time
        if self._has_ended:
            return "the run had ended before"
        if record.time < before:
            return f"it is {before - record.time:.6f} s older than the line before"
        return self._misplaced(place, record)

    def _misplaced(self, place: int, record: Record) -> str | None:
        match record:
            case Began() if place:
                return "a second run begins"
            case Opened() if self._is_open:
                return "a scenario is opened in the middle of another"
            case Closed() if not self._is_open:
                return "no scenario is open that could be closed"
            case Done(of=of) if not 0 <= of < place or not isinstance(self._records[of], Sent | Provoked):
                return f"what it says is done was not begun at place {of}"
            case (Received() | Sent()) as message if not self._is_asked_for(place, message):
                return "it answers what was not asked before, on its connection"
            case Opened() | Closed():
                self._is_open = isinstance(record, Opened)
            case Ended():
                self._has_ended = True
        return None

    def _is_asked_for(self, place: int, message: Received | Sent) -> bool:
        """Whether an answer has its request, which went the other way on the same connection."""
        if not isinstance(message.http, Answer):
            return True
        asked = self._records[message.http.of] if 0 <= message.http.of < place else None
        return (
            isinstance(asked, Sent if isinstance(message, Received) else Received)
            and isinstance(asked.http, Request)
            and asked.connection == message.connection
        )
