"""How the records of a run on a replica service are read, and what the report says of them."""

from collections.abc import Iterator, Sequence

from harness.judging.comparison import Comparison
from harness.judging.lanes import Frame, Lane
from harness.judging.reader import DeviceFacts, Reader
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.whole_run import WholeRun
from harness.protocols.replica.judging.device.episode import run_of as run_of_device
from harness.protocols.replica.judging.device.history import ReplicaDeviceHistory
from harness.protocols.replica.judging.service.episode import run_of
from harness.protocols.replica.judging.service.history import ServiceHistory
from harness.protocols.replica.lanes import device, service
from harness.protocols.replica.words.spec import A_SERVICE
from harness.record.kinds import Received, Record, Sent


class ServiceReader(Reader[ServiceHistory]):
    """Of the subject `replica-service`."""

    identifies_itself = False

    def read(self, records: Sequence[Record]) -> WholeRun[ServiceHistory]:
        """The run, with the episodes in it."""
        return run_of(records)

    def identity(self, records: Sequence[Record]) -> DeviceFacts:
        """That it is one: a service says nothing of itself."""
        del records
        return DeviceFacts(id=A_SERVICE)

    def lanes(self, history: ServiceHistory, frame: Frame) -> Iterator[Lane]:
        """The sections that the service showed as desired and reported, its deltas, and its answers."""
        return service.lanes(history, frame)

    def comparison(self, history: ServiceHistory, where: EvidenceRef) -> Comparison | None:
        """The document before an update, and after."""
        return service.comparison(history, where)

    def concerns(self, history: ServiceHistory, frame: Frame, sent: Sent) -> bool:
        """It is of the same replica."""
        return service.concerns(history, frame, sent)

    def sent_words(self, history: ServiceHistory, sent: Sent) -> str:
        """The operation, its label, and the client that asked."""
        return service.sent_words(history, sent)

    def words(self, history: ServiceHistory, message: Received, about: str | None) -> str:
        """The request that it answers, and how."""
        del about
        return service.heard_words(history, message)


class ReplicaDeviceReader(Reader[ReplicaDeviceHistory]):
    """Of the subject `replica-device`."""

    identifies_itself = False

    def read(self, records: Sequence[Record]) -> WholeRun[ReplicaDeviceHistory]:
        """The run, with the episodes in it."""
        return run_of_device(records)

    def lanes(self, history: ReplicaDeviceHistory, frame: Frame) -> Iterator[Lane]:
        """Desired and reported as the replica had them, its deltas, and the device's requests."""
        return device.lanes(history, frame)

    def comparison(self, history: ReplicaDeviceHistory, where: EvidenceRef) -> Comparison | None:
        """The document before a wish, and after."""
        return device.comparison(history, where)

    def sent_words(self, history: ReplicaDeviceHistory, sent: Sent) -> str:
        """The level at which the replica spoke, and its label."""
        return device.sent_words(history, sent)

    def words(self, history: ReplicaDeviceHistory, message: Received, about: str | None) -> str:
        """The operation, and what it reports."""
        del about
        return device.heard_words(history, message)
