"""How the records of a run on an update agent, or on a device, are read, and what the report says of them."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence

from harness.judging.lanes import Frame, Lane
from harness.judging.reader import Reader
from harness.judging.whole_run import WholeRun
from harness.protocols.update.judging.agent.episode import agent_run_of
from harness.protocols.update.judging.device.episode import device_run_of
from harness.protocols.update.judging.history import UpdateHistory
from harness.protocols.update.lanes import lanes
from harness.record.kinds import Record


class UpdateReader(Reader[UpdateHistory]):
    """Of both subjects: they differ in what their episodes can be asked."""

    @abstractmethod
    def read(self, records: Sequence[Record]) -> WholeRun[UpdateHistory]:
        """The run, with the episodes in it."""

    def lanes(self, history: UpdateHistory, frame: Frame) -> Iterator[Lane]:
        """Commands, each component with its steps, the status of the whole, current states."""
        return lanes(history, frame)


class AgentReader(UpdateReader):
    """Of the subject `update-agent`."""

    def read(self, records: Sequence[Record]) -> WholeRun[UpdateHistory]:
        """The run, with the episodes in it."""
        return agent_run_of(records)


class UpdateDeviceReader(UpdateReader):
    """Of the subject `update-device`."""

    def read(self, records: Sequence[Record]) -> WholeRun[UpdateHistory]:
        """The run, with the episodes in it."""
        return device_run_of(records)
