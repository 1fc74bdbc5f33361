"""A stretch of the record in which nothing is to be done about a desired state. Pure; verbs raise the verdict."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from harness.judging.timing.stimulus import Stimulus
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.protocols.update.judging.feedback_in_short import is_executing, name_of, told_as
from harness.protocols.update.judging.history import Feature, SaidMessage, UpdateHistory
from harness.protocols.update.profile import Role
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import ActionStatus

_DOES_SOMETHING = frozenset(ActionStatus) - {ActionStatus.IDENTIFIED}
_CHECKED = frozenset({ActionStatus.IDENTIFIED, ActionStatus.ACTIVATING, ActionStatus.ACTIVATION_SUCCESS})
_RETOLD = frozenset({ActionStatus.UPDATING, ActionStatus.UPDATE_SUCCESS})


@dataclass(frozen=True)
class QuietStretch:
    """`since`: where it was desired. `start`: the place behind which it is to be quiet. `said`: all feedback there."""

    history: UpdateHistory
    evidence: Evidence
    since: Stimulus
    start: int
    said: Sequence[SaidMessage]

    def has_no_execution(self) -> None:
        """No action does anything, and no phase is under way or done."""
        for one in self.said:
            if is_executing(one):
                story = f"After {self.since} nothing should be executed, but it is {told_as(one)}."
                raise NotObserved(story, EvidenceRef(one.place, self.start))
        self._has_none_of(_DOES_SOMETHING, "nothing should be executed")

    def has_no_change(self) -> None:
        """No component is downloaded, updated or removed; one may be checked, or activated anew."""
        profile, spec = self.history.profile, self.history.spec
        is_retold = profile.role is Role.DEVICE and spec is UpdateSpec.KANTO  # an activation as an update
        self._has_none_of(
            _DOES_SOMETHING - (_CHECKED | _RETOLD if is_retold else _CHECKED), "nothing should be changed"
        )

    def _has_none_of(self, statuses: Collection[ActionStatus], words: str) -> None:
        for one in self.said:
            for action in one.feedback.actions if one.feedback else ():
                if action.status in statuses:
                    told = f"{name_of(action)} is {action.status}"
                    raise NotObserved(f"After {self.since} {words}, but {told}.", EvidenceRef(one.place, self.start))
        self.evidence.rests_on(self.start)
        self.history.went_all_the_way()
        if self.history.features.isdisjoint({Feature.ACTIONS, Feature.PHASES}):
            raise CouldNotTest("no feedback of the run lists an action, so none could be seen")
