"""How the records of a run on an echoing device are read, and what the report says of them."""

from collections.abc import Iterator, Sequence

from echo_protocol.judging import EchoHistory, run_of
from harness.judging.lanes import Frame, Lane
from harness.judging.reader import DeviceFacts, Reader
from harness.judging.whole_run import WholeRun
from harness.record.kinds import Began, Received, Record
from harness.text import brief, printable


class EchoReader(Reader[EchoHistory]):
    """Of the subject `echo-device`."""

    def read(self, records: Sequence[Record]) -> WholeRun[EchoHistory]:
        """The run, with the episodes in it."""
        return run_of(records)

    def identity(self, records: Sequence[Record]) -> DeviceFacts:
        """Its id: an echo says nothing of itself."""
        return DeviceFacts(id=next(record.profile["id"] for record in records if isinstance(record, Began)))

    def lanes(self, history: EchoHistory, frame: Frame) -> Iterator[Lane]:
        """All that came back."""
        heard = [record for record in history.records if isinstance(record, Received)]
        answers = [record for record in heard if record.topic == history.profile.answer]
        yield Lane("answers", list(frame.marks((record.time, _said(record)) for record in answers)))

    def words(self, history: EchoHistory, message: Received, about: str | None) -> str:
        """What it says."""
        del history, about
        return f"{_said(message)} received at {printable(message.topic)}"


def _said(message: Received) -> str:
    return brief(message.payload.decode(errors="replace"))
