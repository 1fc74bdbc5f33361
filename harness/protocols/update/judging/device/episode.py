"""A scenario with a device and its update manager, as judgements ask about it. Pure."""

from collections.abc import Callable, Sequence

from harness.judging.timing.window import Window, within
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undocumented
from harness.judging.whole_run import WholeRun
from harness.protocols.update.judging.device.aggregate import Aggregate
from harness.protocols.update.judging.device.told_agents import ToldAgents, answers_of_owner, consents_asked
from harness.protocols.update.judging.episode import UpdateEpisode, UpdateRun, scenes_of
from harness.protocols.update.judging.history import UpdateHistory
from harness.protocols.update.profile import PHASE_DEADLINES, Deadline, OnNewDesiredState
from harness.protocols.update.words.command import read_command, read_consent
from harness.protocols.update.words.envelope import read_message
from harness.protocols.update.words.status import Consent, FeedbackStatus, PhaseCommand
from harness.record.kinds import Record
from harness.record.left_out import NotApplicable


class UpdateDeviceEpisode(UpdateEpisode):
    """One scenario with a device."""

    def aggregate(self, label: str) -> Aggregate:
        """The status of the whole of that desired state."""
        return Aggregate(self.history, self.evidence, self.activity(label))

    def agents(self, label: str) -> ToldAgents:
        """All that the played agents were told of that desired state."""
        return ToldAgents(self.history, self.evidence, self.activity(label))

    @property
    def whole(self) -> Window:
        """From the beginning of a desired state to its end. Raises Undocumented where a deadline is lacking."""
        names = (Deadline.IDENTIFY, *PHASE_DEADLINES)
        seconds = self.history.profile.deadline(*names)
        if seconds is None:
            lacking = next(name for name in names if name not in self.history.profile.deadlines)
            raise Undocumented(f"the profile gives no deadline for it: {lacking} = 60 in [deadlines]")
        return within(seconds)

    def asks_for_consent(self, label: str) -> None:
        """Before every command that the profile names an owner is asked, and the question carries that command."""
        wanted, agents = self._consent, self.agents(label)
        asked = {name: place for place, name in reversed(self._asked)}
        for command in wanted:
            told = agents.are_commanded(command)
            if command not in asked or asked[command] > told.place:
                raise NotObserved(f"An owner should be asked before {command}, but was not.", EvidenceRef(told.place))

    def waits_for_consent(self, label: str) -> None:
        """No command that the profile names comes before the owner has approved of this activity."""
        agents = self.agents(label)
        approvals = []
        for place, one in answers_of_owner(self.history):
            message = read_message(one.payload, enveloped=self.history.profile.envelope)
            is_consent = message.body is not None and read_consent(message.body) is Consent.APPROVED
            if is_consent and message.activity == agents.activity.name:
                approvals.append(place)
        for command in self._consent:
            asked = next((place for place, name in self._asked if name is command), None)
            approved = next((place for place in approvals if asked is not None and place > asked), None)
            told = agents.are_commanded(command)
            if approved is None or told.place < approved:
                raise NotObserved(
                    f"{command} should wait for the owner's consent, but did not.", EvidenceRef(told.place)
                )

    def does_nothing_without_consent(self, label: str) -> None:
        """The first command that the profile names is never given."""
        command = self._consent[0]
        for one in self.agents(label).all:
            if one.command is command:
                raise NotObserved(f"{command} should not come without the owner's consent.", EvidenceRef(one.place))
        if not self._asked:
            self.history.went_all_the_way()
            raise CouldNotTest("no owner was asked")
        self.history.went_all_the_way()

    def must_have_been_denied(self) -> None:
        """Raises CouldNotTest where no owner was asked for what was to be denied."""
        self._denied_at()

    def rolls_back_without_consent(self, label: str) -> None:
        """Every played agent that had ended a phase is given ROLLBACK behind the denial, and not the next command."""
        agents, denied_at = self.agents(label), self._denied_at()
        asked = [command for place, command in self._asked if place < denied_at][-1:]
        for one in agents.all:
            if one.command in asked and one.place > denied_at:
                raise NotObserved(f"{one.command} should not come without consent.", EvidenceRef(one.place, denied_at))
        agents.are_commanded(PhaseCommand.ROLLBACK)

    def _denied_at(self) -> int:
        """The place of the owner's denial."""
        for place, one in answers_of_owner(self.history):
            body = read_message(one.payload, enveloped=self.history.profile.envelope).body
            if body and read_consent(body) is Consent.DENIED:
                self.evidence.rests_on(place)
                return place
        self.history.went_all_the_way()
        raise CouldNotTest("no owner was asked for the command that was to be denied")

    def needs_policy(self, policy: OnNewDesiredState) -> None:
        """Raises NotApplicable where the profile says another."""
        if self.history.profile.on_new_desired_state is not policy:
            declared = self.history.profile.on_new_desired_state
            raise NotApplicable(f'the profile says on_new_desired_state = "{declared}"')

    @property
    def feedback_interval(self) -> float:
        """Seconds at least between two RUNNING. Raises NotApplicable, or Undocumented with the line to add."""
        seconds = self.history.profile.feedback_interval
        if seconds is None:
            raise Undocumented("the profile says no feedback_interval = 60, or = 0 where it keeps none")
        if not seconds:
            raise NotApplicable("the profile says feedback_interval = 0")
        return seconds

    def takes_a_new_one(self, old: str, new: str) -> None:
        """The old desired state ends as the profile's policy has it, and so does the new one."""
        first, second = self.activity(old), self.activity(new)
        if first.ended_before(second.since.place):
            self.history.went_all_the_way()
            raise CouldNotTest("the old desired state had ended before the new one was sent")
        match self.history.profile.on_new_desired_state:
            case OnNewDesiredState.SUPERSEDE:
                first.ends_as(FeedbackStatus.SUPERSEDED)
                second.ends_as(FeedbackStatus.COMPLETED)
            case OnNewDesiredState.REJECT:
                second.ends_as(FeedbackStatus.IDENTIFICATION_FAILED)
                first.ends_as(FeedbackStatus.COMPLETED)
            case OnNewDesiredState.QUEUE:
                first.ends_as(FeedbackStatus.COMPLETED)
                second.ends_as(FeedbackStatus.COMPLETED)

    def is_inconsistent_where_it_says_so(self, label: str, since: str) -> None:
        """The end is INCOMPLETE_INCONSISTENT, if a component is neither as before nor as desired."""
        activity, after = self.activity(label), self.stimulus(since)
        activity.must_have_failed()
        before, desired = self.inventories.showed(activity.since.place), activity.desired.versions()
        now = self.inventories.shown_last(after)
        odd = [name for name in desired if now.get(name) not in (before.get(name), desired[name])]
        if odd:
            activity.ends_as(FeedbackStatus.INCOMPLETE_INCONSISTENT)
        else:
            activity.ends_as(FeedbackStatus.INCOMPLETE)

    @property
    def _consent(self) -> Sequence[PhaseCommand]:
        if not self.history.profile.consent:
            raise NotApplicable('the profile names no command that needs an owner: consent = ["DOWNLOAD"]')
        return self.history.profile.consent

    @property
    def _asked(self) -> list[tuple[int, PhaseCommand]]:
        found = []
        for place, one in consents_asked(self.history):
            body = read_message(one.payload, enveloped=self.history.profile.envelope).body
            command = read_command(body).command if body else None
            if isinstance(command, PhaseCommand):
                found.append((place, command))
        return found


class UpdateDeviceRun(UpdateDeviceEpisode, UpdateRun):
    """All that passed, between the scenarios too."""

    def each_aggregate(self, holds: Callable[[Aggregate], None]) -> None:
        """That holds of every desired state, and of one at least it could be seen."""
        self.each_activity(lambda one: holds(Aggregate(one.history, one.evidence, one)))


def device_run_of(records: Sequence[Record]) -> WholeRun[UpdateHistory]:
    """The run that a trace holds, cut into its episodes."""
    whole, scenes = scenes_of(records, UpdateDeviceEpisode)
    return UpdateDeviceRun(whole, scenes=scenes)
