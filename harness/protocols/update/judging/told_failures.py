"""The failures that feedback on one desired state tells of. Pure; verbs raise the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.judging.timing.stimulus import Stimulus
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.protocols.update.judging.feedback_in_short import is_failure
from harness.protocols.update.judging.history import SaidMessage, UpdateHistory
from harness.protocols.update.judging.law import FAILURES
from harness.protocols.update.words.desired_state import DesiredState
from harness.protocols.update.words.status import PHASES


@dataclass(frozen=True)
class ToldFailures:
    """`said`: all feedback on it. `since`: where it was desired."""

    history: UpdateHistory
    evidence: Evidence
    since: Stimulus
    said: Sequence[SaidMessage]

    def first(self) -> SaidMessage:
        """The first feedback that tells of one. Raises CouldNotTest where none does."""
        for one in self.said:
            if one.feedback and (is_failure(one.feedback) or any(a.status in FAILURES for a in one.feedback.actions)):
                self.evidence.rests_on(one.place)
                return one
        self.history.went_all_the_way()
        raise CouldNotTest("nothing failed, though a version was desired that fails")

    def must_be_none(self) -> None:
        """Raises CouldNotTest where an action, or a phase, has failed."""
        ends = {phase.failure for phase in PHASES.values()}
        for one in self.said:
            feedback = one.feedback
            if feedback and (feedback.status in ends or any(a.status in FAILURES for a in feedback.actions)):
                raise CouldNotTest("something failed, which is no fault")

    def name_their_component(self, desired: DesiredState) -> None:
        """Some feedback says that the action on the component that was to fail has failed, with a message."""
        self.first()
        bad = {(one.id, version) for one in self.history.profile.components for version in one.fails.values()}
        component = next((name for name, version in desired.versions().items() if (name, version) in bad), "")
        failed = [
            (one, action)
            for one in self.said
            if one.feedback and (action := one.feedback.action(component)) and action.status in FAILURES
        ]
        if not failed:
            story = f"It should be told that {component} failed, but no action says so."
            raise NotObserved(story, EvidenceRef(self.said[-1].place, self.since.place))
        for one, action in failed:
            messages = (action.message, one.feedback.message if one.feedback else None)
            if any(isinstance(text, str) and text.strip() for text in messages):
                self.evidence.rests_on(one.place)
                return
        story = f"The failure of {component} should come with a message, but has none."
        raise NotObserved(story, EvidenceRef(failed[0][0].place, self.since.place))
