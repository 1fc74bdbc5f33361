"""One desired state, and what was fed back on it. Pure; verbs raise the verdict."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.protocols.update.judging.action_series import ActionSeries
from harness.protocols.update.judging.feedback_in_short import is_the_end, name_of, status_of, told_as
from harness.protocols.update.judging.history import SaidMessage, UpdateHistory
from harness.protocols.update.judging.law import DRAWS_A_ROLLBACK
from harness.protocols.update.judging.quiet_stretch import QuietStretch
from harness.protocols.update.judging.told_failures import ToldFailures
from harness.protocols.update.profile import PHASE_DEADLINES, Deadline, Role
from harness.protocols.update.words.command import read_command
from harness.protocols.update.words.desired_state import DesiredState
from harness.protocols.update.words.feedback import Feedback
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from harness.record.left_out import NotApplicable
from harness.text import brief, printable

_IDENTIFICATION_ENDS = (FeedbackStatus.IDENTIFIED, FeedbackStatus.IDENTIFICATION_FAILED)


@dataclass(frozen=True)
class Activity:
    """`name`: its activity. `until`: the place up to which bare feedback is of it."""

    history: UpdateHistory
    evidence: Evidence
    since: Stimulus
    name: str | None
    desired: DesiredState
    until: int

    @cached_property
    def said(self) -> Sequence[SaidMessage]:
        """All feedback on it."""
        return [
            one
            for one in self.history.feedback
            if one.place > self.since.place
            and (one.message.activity == self.name if self.name is not None else one.place < self.until)
        ]

    def must_be_named(self) -> None:
        """Raises NotApplicable where messages are bare: then nobody can tell one activity from another."""
        if not self.history.profile.envelope:
            raise NotApplicable("the profile says envelope = false, and without one no message names its activity")

    @property
    def series(self) -> ActionSeries:
        """The feedback on each of its actions, in order."""
        return ActionSeries(self.history, self.evidence, self.said)

    @property
    def drawn_series(self) -> ActionSeries:
        """That feedback as far as the spec's table of actions goes: up to a rollback, where that draws none."""
        if self.history.spec in DRAWS_A_ROLLBACK:
            return self.series
        ends = next((place for place, activity in self.history.rollbacks if self._has(place, activity)), None)
        return replace(self.series, said=[one for one in self.said if ends is None or one.place < ends])

    def begins_with_identifying(self, window: Window) -> None:
        """The first feedback is IDENTIFYING, inside the window."""
        first = self._first(lambda _feedback: True, window, "be answered")
        status = status_of(first)
        if status is not FeedbackStatus.IDENTIFYING:
            raise NotObserved(f"The first feedback should be IDENTIFYING, but is {told_as(first)}.", self._ref(first))

    def is_identified(self, window: Window) -> None:
        """Its actions are identified, inside the window."""
        one = self._first(lambda feedback: feedback.status in _IDENTIFICATION_ENDS, window, "be identified")
        if status_of(one) is not FeedbackStatus.IDENTIFIED:
            raise NotObserved(f"It should be identified, but the answer was {told_as(one)}.", self._ref(one))

    def cannot_be_identified(self, window: Window) -> None:
        """Its identification fails, inside the window, and nothing is done."""
        answers = (*_IDENTIFICATION_ENDS, FeedbackStatus.COMPLETED, FeedbackStatus.INCOMPLETE)
        one = self._first(lambda feedback: feedback.status in answers, window, "be answered")
        if status_of(one) is not FeedbackStatus.IDENTIFICATION_FAILED:
            raise NotObserved(
                f"It cannot be identified, so IDENTIFICATION_FAILED should follow, but {told_as(one)} did.",
                self._ref(one),
            )
        self.executes_nothing()

    def explains_its_failure(self) -> None:
        """The feedback that it cannot be identified has a message."""
        for one in self.said:
            if status_of(one) is FeedbackStatus.IDENTIFICATION_FAILED:
                self.evidence.rests_on(one.place)
                if not (one.feedback and isinstance(one.feedback.message, str) and one.feedback.message.strip()):
                    raise NotObserved("IDENTIFICATION_FAILED should come with a message, but has none.", self._ref(one))
                return
        self.history.went_all_the_way()
        raise CouldNotTest("nothing says IDENTIFICATION_FAILED")

    def lists_all_as_identified(self, before: Mapping[str, str]) -> None:
        """The first IDENTIFIED lists an action on every component that is to change, each as IDENTIFIED.

        `before`: the versions of all components that were there.
        """
        one = self._said_first(FeedbackStatus.IDENTIFIED)
        listed = {action.id: action for action in one.feedback.actions} if one.feedback else {}
        changed = [name for name, version in self.desired.versions().items() if before.get(name) != version]
        if missing := [name for name in changed if name not in listed]:
            story = f"IDENTIFIED should list all actions, but lists none on {printable(missing[0])}."
            raise NotObserved(story, self._ref(one))
        for action in listed.values():
            if action.status is not ActionStatus.IDENTIFIED:
                told = f"{name_of(action)} is {brief(action.spelling)}"
                story = f"In IDENTIFIED, each action should be IDENTIFIED, but {told}."
                raise NotObserved(story, self._ref(one))

    def ends(self, window: Window, *statuses: FeedbackStatus, since: Stimulus) -> None:
        """It ends, inside the window, and with one of these statuses."""
        one = self._first(is_the_end, window, "end", since)
        self._must_be(one, statuses)

    def ended_before(self, place: int) -> bool:
        """Whether its end came before that place."""
        return self._last is not None and self._last.place < place

    @property
    def end(self) -> Stimulus:
        """The feedback that ends it, as something that time counts from. Raises CouldNotTest where there is none."""
        one = self._last
        if one is None:
            self.history.went_all_the_way()
            raise CouldNotTest("it did not end")
        earliest = one.time - self.history.lateness(one.time, one.time)
        return Stimulus(one.place, one.place, earliest, one.time, f"the end of {self.since}")

    def ends_in_time(self, window: Window) -> None:
        """It ends, however it does, inside the window."""
        self._first(is_the_end, window, "end")

    def ends_as(self, *statuses: FeedbackStatus) -> None:
        """It ends with one of these statuses, at any time; or what was told last goes on beyond its deadline."""
        if self._last is not None:
            self.evidence.rests_on(self.since.place, self._last.place)
            return self._must_be(self._last, statuses)
        told, seconds = self._told_last()
        if seconds is None or self.history.watched(told, self.history.closed.time) <= seconds:
            self.history.went_all_the_way()
            raise CouldNotTest("it was not watched to its end")
        self.evidence.rests_on(self.since.place, told.place)
        story = f"It should end as {' or '.join(statuses)}, but {told} led to nothing in {seconds:g} s{self._beside}."
        raise NotObserved(story, EvidenceRef(self.said[-1].place if self.said else None, told.place))

    def executes_nothing(self, after: int | None = None, until: int | None = None) -> None:
        """No action does anything, and no phase is under way or done, in that stretch of the record."""
        self._stretch(after, until).has_no_execution()

    def is_not_begun_again(self, after: int) -> None:
        """Behind that place nothing says that it is identified, or executed, anew."""
        for one in self.said:
            does = bool(one.feedback and one.feedback.actions)
            if one.place > after and does and status_of(one) in (FeedbackStatus.IDENTIFIED, FeedbackStatus.RUNNING):
                raise NotObserved(
                    f"{self.since} is done, but {told_as(one)} says that it begins again.", self._ref(one)
                )
        self.executes_nothing(after)

    def changes_nothing(self) -> None:
        """No component is downloaded, updated or removed; one may be checked, or activated anew."""
        self._stretch().has_no_change()

    def _stretch(self, after: int | None = None, until: int | None = None) -> QuietStretch:
        start, end = self.since.place if after is None else after, self.history.end if until is None else until
        said = [one for one in self.said if start < one.place < end]
        return QuietStretch(self.history, self.evidence, self.since, start, said)

    def names_what_is_desired_or_there(self, domain: str | None) -> None:
        """Each action is on a component that is desired, in that version, or that may have been there before."""
        before = self.history.inventory_before(self.since.place)
        known = {*self.desired.versions().items(), *(before.versions() if before else {}).items()}
        states = self.history.desired_unshown(self.since.place)
        if self.name is None:  # feedback on the one before may come late, and nobody can tell it apart
            states = self.history.desired
        known.update(item for state in states for item in state.versions().items())
        self.series.name_what_is_desired(lambda name, version: (name, version) in known, domain)

    def has_succeeded(self) -> None:
        """Raises CouldNotTest where an action, or a phase, has failed: that is no fault."""
        self._failures.must_be_none()

    def completes(self) -> None:
        """It ends as COMPLETED. Raises CouldNotTest where something failed."""
        self.has_succeeded()
        self.ends_as(FeedbackStatus.COMPLETED)

    def must_have_failed(self) -> SaidMessage:
        """The first feedback that tells of a failure. Raises CouldNotTest unless an action or a phase failed."""
        return self._failures.first()

    def names_what_failed(self) -> None:
        """A feedback says that the action on the component that was to fail has failed, and there is a message."""
        self._failures.name_their_component(self.desired)

    @property
    def _failures(self) -> ToldFailures:
        return ToldFailures(self.history, self.evidence, self.since, self.said)

    def was_identified(self) -> Stimulus:
        """The first IDENTIFIED, as something that time counts from. Raises CouldNotTest where there was none."""
        one = self._said_first(FeedbackStatus.IDENTIFIED)
        return self.history.stimulus(one.place, one.time, "IDENTIFIED")

    @property
    def _last(self) -> SaidMessage | None:
        """The feedback that ends it; None: there is none."""
        return next((one for one in self.said if one.feedback and is_the_end(one.feedback)), None)

    @property
    def _beside(self) -> str:
        """The first feedback behind it that is on no desired state of ours, in words; "": there is none."""
        told = self.history.strange_behind(self.since.place) if self.name is not None else None
        return f": {told_as(told)} came, for the activity {brief(told.message.activity)}" if told else ""

    def _must_be(self, one: SaidMessage, statuses: Sequence[FeedbackStatus]) -> None:
        if status_of(one) not in statuses:
            raise NotObserved(f"It should end as {' or '.join(statuses)}, but ended as {told_as(one)}.", self._ref(one))

    def _told_last(self) -> tuple[Stimulus, float | None]:
        """The last that was told of it, and the seconds in which that should lead to something; None: nobody knows."""
        profile = self.history.profile
        if profile.role is Role.DEVICE:
            return self.since, profile.deadline(Deadline.IDENTIFY, *PHASE_DEADLINES)
        latest, deadline = self.since, profile.deadline(Deadline.IDENTIFY)
        for one in self.history.told:
            command = read_command(one.message.body).command if one.message.body else None
            if (
                self._has(one.place, one.message.activity)
                and one.kind is MessageKind.COMMAND
                and isinstance(command, PhaseCommand)
            ):
                latest = self.history.stimulus(one.place, one.time, f"the command {one.label!r}")
                deadline = profile.deadline(Deadline(command.lower()))
        return latest, deadline

    def _has(self, place: int, activity: object) -> bool:
        """Whether a message of that activity at that place is of this."""
        return self.name in (None, activity) and self.since.place < place < self.until

    def _said_first(self, status: FeedbackStatus) -> SaidMessage:
        for one in self.said:
            if status_of(one) is status:
                self.evidence.rests_on(one.place)
                return one
        self.history.went_all_the_way()
        raise CouldNotTest(f"nothing says {status}")

    def _first(
        self, fits: Callable[[Feedback], bool], window: Window, deed: str, since: Stimulus | None = None
    ) -> SaidMessage:
        """The first such feedback behind that; it must lie inside the window."""
        since = since or self.since
        self.evidence.rests_on(since.place)
        self.evidence.awaits(window, since)
        for one in self.said:
            if one.place > since.place and one.feedback and fits(one.feedback):
                self.evidence.rests_on(one.place)
                elapsed = self.history.elapsed(since, one.time)
                self.evidence.measure(f"{deed} after", elapsed, window)
                story = f"After {since} it should {deed} {window}, but did after {elapsed}."
                decide(window, elapsed, story, self._ref(one))
                return one
        watched = self.history.watched(since, self.history.closed.time)
        if watched <= window.latest:
            self.history.went_all_the_way()
            raise CouldNotTest(f"it was watched for {watched:.0f} s only, of {window.latest:g}")
        place = self.said[-1].place if self.said else None
        raise NotObserved(
            f"After {since} it should {deed} {window}, but did not{self._beside}.", EvidenceRef(place, since.place)
        )

    def _ref(self, one: SaidMessage) -> EvidenceRef:
        return EvidenceRef(one.place, self.since.place)
