"""How a plug reads the records of a run that one of its subjects was driven in, and tells of them. Pure."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

from harness.judging.comparison import Comparison
from harness.judging.history import History
from harness.judging.lanes import Frame, Lane
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.whole_run import WholeRun
from harness.protocol import Subject, subject_speaking
from harness.record.kinds import Received, Record, Sent, began_in
from harness.text import brief, printable

H = TypeVar("H", bound=History)


class DeviceFacts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Make, model and the like of the thing under test, by its profile and its reports; null: it reported none."""

    id: str
    make: str | None = None
    model: str | None = None
    serial_no: str | None = None
    software: Mapping[str, str] = field(default_factory=dict)


class SpeaksOtherwise(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The thing under test speaks another spec than it was judged by; `sentence` says so, and what gave it away."""

    spec: str
    sentence: str


class Reader(ABC, Generic[H]):
    """Of one subject. The records begin with `Began`, and are of one run.

    `identifies_itself`: whether the thing under test is to report its make, model and the like.
    """

    identifies_itself = True

    @abstractmethod
    def read(self, records: Sequence[Record]) -> WholeRun[H]:
        """The run, with the episodes in it. Raises UsageError where the record's profile is none."""

    def identity(self, records: Sequence[Record]) -> DeviceFacts:
        """The identity of the thing under test: its profile's id alone, where it says nothing of itself.

        Ill-typed and missing parts are left out.
        """
        return DeviceFacts(id=began_in(records).profile["id"])

    def speaks_otherwise(self, records: Sequence[Record]) -> SpeaksOtherwise | None:  # noqa: ARG002 - for those who can tell
        """The other spec that the thing under test speaks, if the drive ended at first contact because it does."""
        return None

    def closing_lines(self, records: Sequence[Record], *, is_partial: bool) -> Iterable[str]:  # noqa: ARG002 - likewise
        """Lines that the terminal adds beside the verdicts. Either all verdicts were asked for, or a part."""
        return ()

    def lanes(self, history: H, frame: Frame) -> Iterable[Lane]:
        """The rows of a picture that show what the thing under test did; they may reach beyond the frame.

        Of each kind of message, where it is not said otherwise: all that came.
        """
        heard = [record for record in history.records if isinstance(record, Received)]
        for topic, kind in history.addresses.kinds.items():
            said = ((one.time, _content(one)) for one in heard if one.topic == topic)
            yield Lane(kind, list(frame.marks(said)))

    def comparison(self, history: H, where: EvidenceRef) -> Comparison | None:  # noqa: ARG002 - for plugs that compare
        """The content of what the thing keeps, before and after what a finding rests on. Text from it is escaped."""
        return None

    def concerns(self, history: H, frame: Frame, sent: Sent) -> bool:  # noqa: ARG002 - likewise
        """Whether a message of ours belongs into that picture."""
        return True

    def sent_words(self, history: H, sent: Sent) -> str:  # noqa: ARG002 - likewise
        """A message of ours in a few words, where it asks no subject for a value."""
        return f"config {sent.label!r}" if sent.label else "config"

    def words(self, history: H, message: Received, about: str | None) -> str:  # noqa: ARG002 - for those who can read it
        """A message in a few words, with what it says of that. Text from a device is escaped."""
        return f"{_content(message)} received at {printable(message.topic)}"


def _content(message: Received) -> str:
    return brief(message.payload.decode(errors="replace"))


def reader_for(records: Sequence[Record]) -> Reader[Any]:
    """The reader of the records of this run. Raises UsageError where no plug has its subject."""
    return subject_of_run(records).reader()


def subject_of_run(records: Sequence[Record]) -> Subject:
    """The subject that was driven. Raises UsageError where no plug has it."""
    began = began_in(records)
    return subject_speaking(began.spec, began.subject)
