"""A scenario of an update, as judgements ask about it. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from harness.judging.cutting import histories_of, whole_history_of
from harness.judging.episode import Episode
from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window, within
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, NotShown, Undocumented
from harness.judging.whole_run import THE_WHOLE_RUN, WholeRun
from harness.protocols.update.judging.activity import Activity
from harness.protocols.update.judging.every_message import EveryMessage
from harness.protocols.update.judging.history import ToldMessage, UpdateHistory, features_in
from harness.protocols.update.judging.inventories import Inventories, StateQuestion
from harness.protocols.update.profile import Deadline, UpdateProfile
from harness.protocols.update.words.desired_state import DesiredState, read_desired_state
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.topics import MessageKind
from harness.record.kinds import Provoked, Record, Sent, began_in
from harness.record.left_out import NotApplicable

E = TypeVar("E", bound="UpdateEpisode")


class UpdateEpisode(Episode[UpdateHistory]):
    """One scenario. Desired states, questions and provocations go by its labels."""

    def activity(self, label: str) -> Activity:
        """The desired state of that name. Raises CouldNotTest where there is none."""
        told = self._told(label, MessageKind.DESIRED_STATE)
        later = (
            one.place
            for one in self.history.told
            if one.kind is MessageKind.DESIRED_STATE
            and one.place > told.place
            and (one.message.activity is None or one.message.activity != told.message.activity)
        )
        body = told.message.body
        desired = read_desired_state(body) if body else DesiredState()
        name = told.message.activity if isinstance(told.message.activity, str) else None
        since = self.history.stimulus(told.place, told.time, f"the desired state {label!r}")
        return Activity(self.history, self.evidence, since, name, desired, next(later, self.history.end))

    def stimulus(self, label: str) -> Stimulus:
        """The message of ours, or the provocation, of that name."""
        self.includes(label)
        for place, record in self.history.placed():
            if isinstance(record, Provoked | Sent) and record.label == label:
                return self.history.stimulus(place, record.time, repr(label))
        raise self._missing(f"brings nothing about {label!r}")

    def asked(self, label: str) -> StateQuestion:
        """The question of that name for the current state."""
        told = self._told(label, MessageKind.CURRENT_STATE_GET)
        activity = told.message.activity if isinstance(told.message.activity, str) else None
        since = self.history.stimulus(told.place, told.time, f"the question {label!r}")
        return StateQuestion(self.history, self.evidence, since, activity)

    def deadline(self, *names: Deadline) -> Window:
        """Within the seconds that the profile gives for all of these. Raises Undocumented, with the line to add."""
        profile = self.history.profile
        seconds = profile.deadline(*names)
        if seconds is None:
            lacking = next(name for name in names if name not in profile.deadlines)
            raise Undocumented(f"the profile gives no deadline for it: {lacking} = 60 in [deadlines]")
        return within(seconds)

    def are_all_answered(self, labels: Sequence[str], soon: float) -> None:
        """Each of these questions is followed by a current state within so many seconds."""
        for label in labels:
            since = self.asked(label).since
            until = next((one.place for one in self.history.told if one.place > since.place), self.history.end)
            came = (one for one in self.history.inventories if since.place < one.place < until)
            if not any(one.time - since.latest <= soon for one in came):
                raise NotObserved(f"{since} was left without an answer.", EvidenceRef(None, since.place))
        self.history.went_all_the_way()

    @property
    def activities(self) -> Sequence[Activity]:
        """Every desired state of the scenario, from where it was told first.

        One whose envelope names no activity is none: no feedback can be on it.
        """
        first: dict[object, str] = {}
        for one in self.history.told:
            if one.kind is MessageKind.DESIRED_STATE:
                is_named = isinstance(one.message.activity, str)
                if is_named or not self.history.profile.envelope:
                    first.setdefault(one.message.activity if is_named else one.label, one.label)
        return [self.activity(label) for label in first.values()]

    @property
    def every_message(self) -> EveryMessage:
        """All that was said."""
        return EveryMessage(self.history, self.evidence)

    @property
    def inventories(self) -> Inventories:
        """All current states."""
        return Inventories(self.history, self.evidence)

    def _told(self, label: str, kind: MessageKind) -> ToldMessage:
        self.includes(label)
        for one in self.history.told:
            if one.kind is kind and one.label == label:
                return one
        raise self._missing(f"says no {kind} {label!r}")


def scenes_of(records: Sequence[Record], made: Callable[[UpdateHistory], E]) -> tuple[UpdateHistory, Mapping[str, E]]:
    """The whole run that a trace holds, and its episodes by scenario."""
    began = began_in(records)
    profile, spec = UpdateProfile.from_dict(began.profile), UpdateSpec(began.spec)
    bare = partial(UpdateHistory, profile=profile, spec=spec)
    features = features_in(bare(THE_WHOLE_RUN, 0, records, features=frozenset()).said)
    make = partial(bare, features=features)
    scenes = {name: made(one) for name, one in histories_of(records, make, profile.topic(MessageKind.FEEDBACK))}
    return whole_history_of(records, make, scenes), scenes


class UpdateRun(UpdateEpisode, WholeRun[UpdateHistory]):
    """All that passed, between the scenarios too."""

    def each_activity(self, holds: Callable[[Activity], None]) -> None:
        """That holds of every desired state, and of one at least it could be seen. It raises what is worst."""
        found = [one for scene in self.scenes.values() if isinstance(scene, UpdateEpisode) for one in scene.activities]
        unseen: Exception | None = None
        is_seen = False
        for one in found:
            activity = replace(one, evidence=self.evidence)
            if not activity.said:
                continue
            try:
                holds(activity)
                is_seen = True
            except (CouldNotTest, NotShown, NotApplicable) as reason:
                unseen = unseen or reason
        if not is_seen:
            self.history.went_all_the_way()
            raise unseen or CouldNotTest("no desired state was answered")
