"""Clauses on every message of an agent or a device, wherever it came. Pure; verbs raise the verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, NotShown
from harness.payload.fields import Fields
from harness.payload.values import Field, IllTyped
from harness.protocols.update.judging.history import SaidMessage, UpdateHistory
from harness.protocols.update.judging.publishing import Publishing
from harness.protocols.update.words.command import read_command
from harness.protocols.update.words.desired_state import read_desired_state
from harness.protocols.update.words.envelope import is_enveloped, read_message
from harness.protocols.update.words.feedback import Action
from harness.protocols.update.words.status import ACTION_SPELLINGS, FEEDBACK_SPELLINGS
from harness.protocols.update.words.topics import MessageKind
from harness.record.kinds import Sent
from harness.record.left_out import NotApplicable
from harness.text import brief, printable

_EARLIEST = 1e11  # milliseconds: what is less counts seconds
_FULL = 100  # per cent


@dataclass(frozen=True)
class EveryMessage:
    """Of a scenario, or of the whole run."""

    history: UpdateHistory
    evidence: Evidence

    def is_at_its_own_topic(self) -> None:
        """Feedback on what we desire comes at the topic of the domain, and at no other's."""
        ours = self.history.readable_activities
        for one in self.history.said:
            activity = one.message.activity
            if one.is_stray and one.feedback and isinstance(activity, str) and activity in ours:
                story = f"Feedback should come at {self.history.profile.outboxes[0]}, but came at {one.topic}."
                raise NotObserved(printable(story), EvidenceRef(one.place))
        self._feedback()

    def is_json(self) -> None:
        """Each is a JSON object in UTF-8."""
        for one in self._all():
            for problem in one.message.problems:
                if not problem.path:
                    raise NotObserved(f"Every message should be a JSON object, but one is {problem.found}.", _ref(one))

    def is_enveloped(self) -> None:
        """Each has an activity, a timestamp and a payload. Raises NotApplicable where messages are bare."""
        self._must_have_envelopes()
        for one in self._all():
            message = one.message
            lacking = [
                name
                for name, is_there in (
                    ("an integer `timestamp`", isinstance(message.timestamp, int)),
                    ("an object `payload`", message.body is not None),
                    ("a string `activityId`", isinstance(message.activity, str) or _is_unasked(one)),
                )
                if not is_there
            ]
            if lacking:
                told = brief(one.payload.decode(errors="backslashreplace"))
                raise NotObserved(f"An envelope should have {lacking[0]}, but one is {told}.", _ref(one))

    def is_bare(self) -> None:
        """Raises NotApplicable where messages have an envelope. None has anything around it."""
        if self.history.profile.envelope:
            raise NotApplicable("the profile says envelope = true")
        for one in self._all():
            if is_enveloped(one.payload):
                raise NotObserved("Messages should be bare, but one has an envelope.", _ref(one))

    def has_a_timestamp_of_its_time(self, *, tolerance: float) -> None:
        """Timestamps count milliseconds, lie no further than the tolerance (seconds) from when they came, and rise."""
        self._must_have_envelopes()
        latest: dict[str, int] = {}
        known = set[bytes]()
        for one in self._all():
            stamp = one.message.timestamp
            if not isinstance(stamp, int) or one.payload in known:
                continue
            known.add(one.payload)
            if stamp < _EARLIEST:
                raise NotObserved(f"A timestamp should count milliseconds, but one is {stamp}.", _ref(one))
            off = one.time - stamp / 1000
            slack = self.history.lateness(one.time, one.time)
            if not -tolerance <= off <= tolerance + slack:
                story = f"A timestamp should be of the time when it was sent, but one is {off:+.1f} s off."
                raise NotObserved(story, _ref(one))
            if stamp < latest.get(one.topic, stamp):
                story = f"Timestamps should not go back, but {stamp} follows {latest[one.topic]}."
                raise NotObserved(story, _ref(one))
            latest[one.topic] = stamp
        if not latest:
            self.history.went_all_the_way()
            raise CouldNotTest("no timestamp can be read")

    def names_an_activity_of_ours(self) -> None:
        """All feedback has the activity of a desired state that was sent before it.

        Feedback from before the first is on something of another manager's; one without an activity may answer a
        message that nobody could read.
        """
        self._must_have_envelopes()
        begins = min(self.history.first_named.values(), default=self.history.end)
        for one in self._feedback():
            activity = one.message.activity
            if one.place < begins or activity == "":
                continue
            named_at = self.history.first_named.get(activity) if isinstance(activity, str) else None
            if named_at is None or named_at > one.place:
                told = brief(_raw(activity))
                story = f"Feedback should name the activity of its desired state, but one names {told}."
                raise NotObserved(story, _ref(one))

    def has_a_known_status(self) -> None:
        """Every feedback has a status that is a word of the documents."""
        for one in self._feedback():
            feedback = one.feedback
            if feedback and (feedback.status is None or isinstance(feedback.status, IllTyped)):
                told = brief(_raw(feedback.status))
                raise NotObserved(f"A status should be one of those that are listed, but one is {told}.", _ref(one))

    def is_spelt_as_in_the_data_model(self) -> None:
        """No status is spelt as in the tables of the source document alone."""
        for one in self._feedback():
            for spelling in [one.feedback.spelling if one.feedback else "", *(a.spelling for a in _actions(one))]:
                if spelling in {**ACTION_SPELLINGS, **FEEDBACK_SPELLINGS}:
                    right = {**ACTION_SPELLINGS, **FEEDBACK_SPELLINGS}[spelling]
                    raise NotObserved(f"{spelling} should be spelt {right}, as in the data model.", _ref(one))

    def has_text_for_messages(self) -> None:
        """Every `message` is a string."""
        for one in self._feedback():
            messages = [one.feedback.message if one.feedback else None, *(action.message for action in _actions(one))]
            self._must_all_fit(one, messages, "A `message` should be a string")

    def names_a_baseline_of_ours(self) -> None:
        """Every `baseline` is a string: the title of one that is desired, or one of the agent's own for the rest."""
        known = self._titles()
        for one in self._feedback():
            baseline = one.feedback.baseline if one.feedback else None
            self._must_all_fit(one, [baseline], "A `baseline` should be a string")
            if isinstance(baseline, str) and baseline and baseline not in known and ":" not in baseline:
                story = f"A `baseline` should be one that was desired, but one is {printable(baseline)}."
                raise NotObserved(story, _ref(one))

    def has_known_statuses_of_actions(self) -> None:
        """Every action has a status that is a word of the documents."""
        for one, action in self._actions():
            if action.status is None or isinstance(action.status, IllTyped):
                told = brief(_raw(action.status))
                raise NotObserved(
                    f"An action's status should be one of those that are listed, but one is {told}.", _ref(one)
                )

    def has_components(self) -> None:
        """Every action has a component with an id and a version, which are no empty strings."""
        for one in self._feedback():
            if one.feedback and one.feedback.odd_actions:
                raise NotObserved("Every action should be an object, but one is none.", _ref(one))
        for one, action in self._actions():
            for name, told in (("id", action.id), ("version", action.version)):
                if not isinstance(told, str) or not told:
                    story = f"Every action should name its component's {name}, but one says {brief(_raw(told))}."
                    raise NotObserved(story, _ref(one))

    def has_progress_in_per_cent(self) -> None:
        """Progress is an integer from 0 to 100, if it is told."""
        told = False
        for one, action in self._actions():
            progress = action.progress
            told = told or progress is not None
            if isinstance(progress, IllTyped) or (progress is not None and not 0 <= progress <= _FULL):
                story = f"Progress should be an integer from 0 to 100, but one is {brief(_raw(progress))}."
                raise NotObserved(story, _ref(one))
        if not told:
            raise NotShown("no progress is told")

    def is_no_state_that_stays(self) -> None:
        """Feedback is published at QoS 1 or more, and the broker does not hold it."""
        self._feedback()
        feedback = Publishing(self.history, self.evidence, self.history.profile.outboxes[0], "Feedback")
        feedback.is_not_retained()
        feedback.is_at_qos_1()

    def _titles(self) -> frozenset[str]:
        """Of every baseline that was desired in the run, or that a command named."""
        desired = (read_desired_state(body) for body in self._told(MessageKind.DESIRED_STATE))
        commanded = (read_command(body).baseline for body in self._told(MessageKind.COMMAND))
        titles = frozenset(baseline.title for state in desired for baseline in state.baselines)
        return titles.union(title for title in commanded if isinstance(title, str))

    def _told(self, kind: MessageKind) -> Iterator[Fields]:
        """The payloads of that kind that were sent in the run."""
        topic, enveloped = self.history.profile.topic(kind), self.history.profile.envelope
        for record in self.history.records_before(self.history.end):
            if isinstance(record, Sent) and record.topic == topic:
                body = read_message(record.payload, enveloped=enveloped).body
                if body is not None:
                    yield body

    def _must_all_fit(self, one: SaidMessage, texts: Sequence[Field[str]], words: str) -> None:
        for text in texts:
            if isinstance(text, IllTyped):
                raise NotObserved(f"{words}, but one is {brief(text.raw)}.", _ref(one))

    def _must_have_envelopes(self) -> None:
        if not self.history.profile.envelope:
            raise NotApplicable("the profile says envelope = false")

    def _actions(self) -> Iterator[tuple[SaidMessage, Action]]:
        found = [(one, action) for one in self._feedback() for action in _actions(one)]
        if not found:
            self.history.went_all_the_way()
            raise CouldNotTest("no feedback lists an action")
        yield from found

    def _feedback(self) -> Sequence[SaidMessage]:
        return self._some(self.history.feedback, "it said no feedback")

    def _all(self) -> Sequence[SaidMessage]:
        return self._some(
            [one for one in self.history.said if not one.is_stray and not one.is_retained], "it said nothing"
        )

    def _some(self, messages: Sequence[SaidMessage], lacking: str) -> Sequence[SaidMessage]:
        self.evidence.rests_on(*(one.place for one in messages[:1]))
        if not messages:
            self.history.went_all_the_way()
            raise CouldNotTest(lacking)
        return messages


def _actions(one: SaidMessage) -> Sequence[Action]:
    return one.feedback.actions if one.feedback else ()


def _is_unasked(one: SaidMessage) -> bool:
    """A current state that nobody asked for belongs to no activity, and need not name one."""
    return one.inventory is not None and one.message.activity is None


def _raw(value: object) -> object:
    return value.raw if isinstance(value, IllTyped) else value


def _ref(one: SaidMessage) -> EvidenceRef:
    return EvidenceRef(one.place, one.place)
