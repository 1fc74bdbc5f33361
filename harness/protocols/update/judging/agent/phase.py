"""One command to an agent, and what followed. Pure; verbs raise the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.protocols.update.judging.activity import Activity
from harness.protocols.update.judging.history import Feature, SaidMessage, UpdateHistory
from harness.protocols.update.judging.law import TERMINAL
from harness.protocols.update.words.command import read_command
from harness.protocols.update.words.status import PHASES, ActionStatus, FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from harness.text import printable

_EXECUTING = {
    PhaseCommand.DOWNLOAD: (ActionStatus.DOWNLOADING, ActionStatus.DOWNLOAD_SUCCESS),
    PhaseCommand.UPDATE: (ActionStatus.UPDATING, ActionStatus.UPDATE_SUCCESS),
    PhaseCommand.ACTIVATE: (ActionStatus.ACTIVATING, ActionStatus.ACTIVATION_SUCCESS),
}
_UNDER_WAY = {
    PhaseCommand.DOWNLOAD: ActionStatus.DOWNLOADING,
    PhaseCommand.UPDATE: ActionStatus.UPDATING,
    PhaseCommand.ACTIVATE: ActionStatus.ACTIVATING,
}


@dataclass(frozen=True)
class CommandedPhase:
    """`activity`: the one that the command was given in. `until`: the place of the next command, or of the end."""

    history: UpdateHistory
    evidence: Evidence
    activity: Activity
    command: PhaseCommand
    since: Stimulus
    until: int

    def ends(self, window: Window) -> None:
        """It succeeds or fails, inside the window: that a component fails is no fault of the agent's.

        Where each baseline ends by itself, all of them do inside the window.
        """
        phase = PHASES[self.command]
        self._comes((phase.success, phase.failure), window, f"end {self.command}")
        ends = self._ends
        for one in ends[1:]:
            elapsed = self.history.elapsed(self.since, one.time)
            of = f"{self.command} of {printable(str(_baseline_of(one)))}" if _baseline_of(one) else str(self.command)
            self.evidence.rests_on(one.place)
            self.evidence.measure(f"end {of} after", elapsed, window)
            story = f"The agent should end {of} {window} of {self.since}, but did after {elapsed}."
            decide(window, elapsed, story, self._ref(one))
        if all(_baseline_of(one) for one in ends):
            self._leaves_nothing_under_way(window, [str(_baseline_of(one)) for one in ends])

    def succeeds(self, window: Window) -> None:
        """It succeeds, inside the window, and so does each baseline that ends by itself."""
        phase = PHASES[self.command]
        self._comes((phase.success, phase.failure), window, f"end {self.command}")
        for one in self._ends:
            if one.feedback and one.feedback.status is not phase.success:
                raise NotObserved(f"{self.command} should succeed, but failed.", self._ref(one))

    def is_cleaned_up(self, window: Window) -> None:
        """It ends, or the whole desired state does, inside the window."""
        phase = PHASES[self.command]
        self._comes((phase.success, phase.failure, *TERMINAL), window, f"end {self.command}")

    def ends_over(self, loss: Stimulus, back: Stimulus, window: Window) -> None:
        """It succeeds or fails behind the loss of the connection: before that is back, or then inside the window."""
        phase = PHASES[self.command]
        ends = (phase.success, phase.failure)
        if any(
            loss.place < one.place < back.place and one.feedback and one.feedback.status in ends for one in self._said
        ):
            self.evidence.rests_on(loss.place, back.place)
            return
        self._comes(ends, window, f"end {self.command}", back)

    def is_left_alone(self) -> None:
        """Nothing that belongs to its phase is said before the next command."""
        phase, had = PHASES[self.command], {one.feedback.spelling for one in self._before if one.feedback}
        for one in self.history.feedback:
            status = one.feedback.status if one.feedback and self.since.place < one.place < self.until else None
            if status in (phase.under_way, phase.success, phase.failure) and status not in had:
                raise NotObserved(f"{self.since} should be left alone, but {status} followed.", self._ref(one))
        self.evidence.rests_on(self.since.place)
        self.history.went_all_the_way()

    def is_refused_or_left(self) -> None:
        """Nothing is executed for it; where it is refused, that is told with a message."""
        statuses = _EXECUTING.get(self.command, (ActionStatus.UPDATE_FAILURE,))
        had = self._had()
        for one in self._said:
            for action in one.feedback.actions if one.feedback else ():
                if action.status in statuses and had.get(str(action.id)) is not action.status:
                    story = f"{self.command} was out of turn, and should be left, but {action.id} is {action.status}."
                    raise NotObserved(printable(story), self._ref(one))
        failure, success = PHASES[self.command].failure, PHASES[self.command].success
        for one in self._said:
            is_done = one.feedback and one.feedback.status is success
            if is_done and self.command is not PhaseCommand.ROLLBACK:  # where nothing was done, nothing is to undo
                raise NotObserved(f"{self.command} was out of turn, but {success} followed.", self._ref(one))
            if one.feedback and one.feedback.status is failure and not one.feedback.message:
                raise NotObserved(f"{failure} should say in a message why, but has none.", self._ref(one))
        self.evidence.rests_on(self.since.place)
        self.history.went_all_the_way()

    def touches_only(self, components: Sequence[str]) -> None:
        """Of all actions only those on these components do anything."""
        before = self._had()
        for one in self._said:
            for action in one.feedback.actions if one.feedback else ():
                name = str(action.id)
                if name not in components and before.get(name) not in (None, action.status):
                    story = (
                        f"{self.command} was for {', '.join(components)} alone, but {name} became {action.spelling}."
                    )
                    raise NotObserved(printable(story), self._ref(one))
        self.history.went_all_the_way()

    def names_its_baseline(self, title: str) -> None:
        """Feedback on it names the baseline that the command named."""
        said = [one for one in self._said if one.feedback]
        self.history.needs(Feature.BASELINE)
        if not said:
            raise CouldNotTest(f"nothing was said on {self.command}")
        if not any(one.feedback.baseline == title for one in said if one.feedback):
            raise NotObserved(f"Feedback on a baseline should name it, but none names {title}.", self._ref(said[0]))

    def fails_naming(self, title: str, window: Window) -> None:
        """It fails, inside the window, and the feedback names that baseline."""
        phase = PHASES[self.command]
        one = self._comes((phase.success, phase.failure, FeedbackStatus.INCOMPLETE), window, f"refuse {self.command}")
        feedback = one.feedback
        if feedback and feedback.status is phase.success:
            raise NotObserved(f"{self.command} of a baseline that nobody knows should fail.", self._ref(one))
        self.history.needs(Feature.BASELINE)
        named = feedback and (feedback.baseline == title or title in str(feedback.message))
        if not named:
            raise NotObserved(f"The refusal should name the baseline {title}, but does not.", self._ref(one))

    @property
    def _ends(self) -> Sequence[SaidMessage]:
        """The first end of the whole, and of each baseline, before the same command is given again."""
        phase, ends = PHASES[self.command], dict[str | None, SaidMessage]()
        until = self._until_given_again
        for one in self.activity.said:
            is_end = one.feedback is not None and one.feedback.status in (phase.success, phase.failure)
            if is_end and self.since.place < one.place < until:
                ends.setdefault(_baseline_of(one), one)
        return [*ends.values()]

    @property
    def _until_given_again(self) -> int:
        """The place of the same command, given again, or of the end."""
        later = (one for one in self.history.told if one.kind is MessageKind.COMMAND and one.place > self.since.place)
        again = (
            one.place for one in later if one.message.body and read_command(one.message.body).command is self.command
        )
        return next(again, self.history.end)

    def _leaves_nothing_under_way(self, window: Window, ended: Sequence[str]) -> None:
        """No component that is in none of the baselines that ended was begun, and not ended before the next command."""
        begun = _UNDER_WAY.get(self.command)
        done = {name for title in ended for name in (title, *self.activity.desired.components_of(title))}
        until = next((one.time for one in self.history.told if one.place == self.until), self.history.closed.time)
        if self.history.watched(self.since, until) <= window.latest:
            return
        left = self._had(self.until)
        for name in self.activity.desired.versions():
            if name not in done and begun is not None and left.get(name) is begun:
                story = f"The agent should end {self.command} of {name} {window} of {self.since}, but did not."
                raise NotObserved(printable(story), EvidenceRef(None, self.since.place))

    @property
    def _said(self) -> Sequence[SaidMessage]:
        return [one for one in self.activity.said if self.since.place < one.place < self.until]

    @property
    def _before(self) -> Sequence[SaidMessage]:
        return [one for one in self.activity.said if one.place < self.since.place]

    def _had(self, before: int | None = None) -> dict[str, ActionStatus]:
        """The status of every action before that place, or before the command."""
        had: dict[str, ActionStatus] = {}
        until = self.since.place if before is None else before
        for one in self.activity.said:
            for action in one.feedback.actions if one.feedback and one.place < until else ():
                if isinstance(action.status, ActionStatus):
                    had[str(action.id)] = action.status
        return had

    def _comes(
        self, statuses: Sequence[FeedbackStatus], window: Window, deed: str, moment: Stimulus | None = None
    ) -> SaidMessage:
        """The first with such a status, inside the window from the command on, or from that moment."""
        since = moment or self.since
        self.evidence.rests_on(self.since.place, since.place)
        self.evidence.awaits(window, since)
        for one in self.activity.said:
            if one.place > since.place and one.feedback and one.feedback.status in statuses:
                self.evidence.rests_on(one.place)
                elapsed = self.history.elapsed(since, one.time)
                self.evidence.measure(f"{deed} after", elapsed, window)
                story = f"The agent should {deed} {window} of {since}, but did after {elapsed}."
                decide(window, elapsed, story, self._ref(one))
                return one
        self.history.needs(Feature.ROLLBACK if self.command is PhaseCommand.ROLLBACK else Feature.PHASES)
        watched = self.history.watched(since, self.history.closed.time)
        if watched <= window.latest:
            self.history.went_all_the_way()
            raise CouldNotTest(f"the agent was watched for {watched:.0f} s only, of {window.latest:g}")
        raise NotObserved(f"The agent should {deed} {window} of {since}, but did not.", EvidenceRef(None, since.place))

    def _ref(self, one: SaidMessage) -> EvidenceRef:
        return EvidenceRef(one.place, self.since.place)


def _baseline_of(one: SaidMessage) -> str | None:
    """The baseline that it is on; None: it is on the whole."""
    baseline = one.feedback.baseline if one.feedback else None
    return baseline if isinstance(baseline, str) and baseline else None
