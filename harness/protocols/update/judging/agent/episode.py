"""A scenario with an update agent, as judgements ask about it. Pure."""

from collections.abc import Sequence

from harness.judging.whole_run import WholeRun
from harness.protocols.update.judging.agent.phase import CommandedPhase
from harness.protocols.update.judging.episode import UpdateEpisode, UpdateRun, scenes_of
from harness.protocols.update.judging.history import UpdateHistory
from harness.protocols.update.words.command import read_command
from harness.protocols.update.words.status import PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from harness.record.kinds import Record


class AgentEpisode(UpdateEpisode):
    """One scenario. Commands go by its labels, too."""

    def phase(self, label: str, of: str) -> CommandedPhase:
        """The command of that name to the desired state of the other. Raises CouldNotTest where there is none."""
        activity = self.activity(of)
        for one in self.history.told:
            if one.kind is MessageKind.COMMAND and one.label == label and one.place > activity.since.place:
                command = read_command(one.message.body).command if one.message.body else None
                later = (
                    other.place
                    for other in self.history.told
                    if other.place > one.place and other.kind in (MessageKind.COMMAND, MessageKind.DESIRED_STATE)
                )
                since = self.history.stimulus(one.place, one.time, f"the command {label!r}")
                until = next(later, self.history.end)
                known = command if isinstance(command, PhaseCommand) else PhaseCommand.DOWNLOAD
                return CommandedPhase(self.history, self.evidence, activity, known, since, until)
        raise self._missing(f"commands nothing {label!r}")


class AgentRun(AgentEpisode, UpdateRun):
    """All that passed, between the scenarios too."""


def agent_run_of(records: Sequence[Record]) -> WholeRun[UpdateHistory]:
    """The run that a trace holds, cut into its episodes."""
    whole, scenes = scenes_of(records, AgentEpisode)
    return AgentRun(whole, scenes=scenes)
