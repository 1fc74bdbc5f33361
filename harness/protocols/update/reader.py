"""How the records of a run on an update agent, or on a device, are read, and what the report says of them."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence

from harness.judging.lanes import Frame, Lane
from harness.judging.reader import Reader
from harness.judging.whole_run import WholeRun
from harness.protocols.update.judging.agent.episode import agent_run_of
from harness.protocols.update.judging.device.episode import device_run_of
from harness.protocols.update.judging.history import UpdateHistory
from harness.protocols.update.lanes import message_words, update
from harness.record.kinds import Received, Record, Sent


class UpdateReader(Reader[UpdateHistory]):
    """Of both subjects: they differ in what their episodes can be asked."""

    @abstractmethod
    def read(self, records: Sequence[Record]) -> WholeRun[UpdateHistory]:
        """The run, with the episodes in it."""

    def lanes(self, history: UpdateHistory, frame: Frame) -> Iterator[Lane]:
        """Played agents, each component with its steps, the status of the whole, current states."""
        return update.lanes(history, frame)

    def concerns(self, history: UpdateHistory, frame: Frame, sent: Sent) -> bool:  # noqa: ARG002 - all of it is of one update
        """All that was sent, but for what played agents say of themselves."""
        return update.concerns(history, sent)

    def sent_words(self, history: UpdateHistory, sent: Sent) -> str:
        """The kind of message, with its command or label."""
        return message_words.sent_words(history, sent)

    def words(self, history: UpdateHistory, message: Received, about: str | None) -> str:  # noqa: ARG002 - it is of few components
        """The kind of message, its status, and every component with its step."""
        return message_words.words(history, message)


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
