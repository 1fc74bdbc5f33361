"""How the records of a run on a replica service are read, and what the report says of them."""

from collections.abc import Iterator, Sequence

from harness.judging.lanes import Frame, Lane
from harness.judging.reader import DeviceFacts, Reader
from harness.judging.whole_run import WholeRun
from harness.protocols.replica import lanes
from harness.protocols.replica.judging.device.episode import run_of as run_of_device
from harness.protocols.replica.judging.device.history import ReplicaDeviceHistory
from harness.protocols.replica.judging.service.episode import run_of
from harness.protocols.replica.judging.service.history import ServiceHistory
from harness.protocols.replica.words.spec import A_SERVICE
from harness.record.kinds import Record


class ServiceReader(Reader[ServiceHistory]):
    """Of the subject `replica-service`."""

    def read(self, records: Sequence[Record]) -> WholeRun[ServiceHistory]:
        """The run, with the episodes in it."""
        return run_of(records)

    def identity(self, records: Sequence[Record]) -> DeviceFacts:
        """That it is one: a service says nothing of itself."""
        del records
        return DeviceFacts(id=A_SERVICE)

    def lanes(self, history: ServiceHistory, frame: Frame) -> Iterator[Lane]:
        """The sections that the service showed as desired and reported, its deltas, and its answers."""
        return lanes.lanes(history, frame)


class ReplicaDeviceReader(Reader[ReplicaDeviceHistory]):
    """Of the subject `replica-device`."""

    def read(self, records: Sequence[Record]) -> WholeRun[ReplicaDeviceHistory]:
        """The run, with the episodes in it."""
        return run_of_device(records)

    def lanes(self, history: ReplicaDeviceHistory, frame: Frame) -> Iterator[Lane]:
        """Desired and reported as the replica had them, its deltas, and the device's requests."""
        return lanes.device_lanes(history, frame)
