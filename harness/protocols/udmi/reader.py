"""How the records of a run on a UDMI device are read, and what the report says of them."""

from collections.abc import Iterator, Sequence

from harness.judging.lanes import Frame, Lane
from harness.judging.reader import DeviceFacts, Reader, SpeaksOtherwise
from harness.protocols.udmi import lanes, telling
from harness.protocols.udmi.doctor.case import case_of
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.whole_run import WholeRun, whole_run_of
from harness.protocols.udmi.unwritten import unwritten
from harness.protocols.udmi.words.spec_detection import detected_spec
from harness.record.kinds import Received, Record


class DeviceReader(Reader[History]):
    """Of the subject `udmi-device`."""

    def read(self, records: Sequence[Record]) -> WholeRun:
        """The run, with the episodes in it."""
        return whole_run_of(records)

    def identity(self, records: Sequence[Record]) -> DeviceFacts:
        """The identity that the device reported, latest first."""
        return telling.identity(records)

    def speaks_otherwise(self, records: Sequence[Record]) -> SpeaksOtherwise | None:
        """The other spec that the states of first contact betray."""
        case = case_of(records)
        found = detected_spec(case.codec.layout.spec, case.payloads)
        return SpeaksOtherwise(spec=str(found.spec), sentence=found.sentence) if found else None

    def closing_lines(self, records: Sequence[Record], *, is_partial: bool) -> Iterator[str]:
        """The points that no verdict is about."""
        return unwritten(records, is_partial=is_partial)

    def lanes(self, history: History, frame: Frame) -> Iterator[Lane]:
        """Value states and telemetry of points, or where no point is at stake, states and their etags."""
        return lanes.lanes(history, frame)

    def words(self, history: History, message: Received, about: str | None) -> str:
        """The device's message, by the topics of its profile, in words."""
        return telling.words(history, message, about)
