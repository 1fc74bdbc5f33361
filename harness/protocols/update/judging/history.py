"""The history of an update: what the thing under test said, and what it was told. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from harness.judging.addresses import Addresses
from harness.judging.history import History
from harness.judging.verdicts.verdict import NotShown
from harness.protocols.update.profile import UpdateProfile
from harness.protocols.update.words.command import read_command
from harness.protocols.update.words.desired_state import DesiredState
from harness.protocols.update.words.envelope import Enveloped
from harness.protocols.update.words.feedback import Feedback
from harness.protocols.update.words.inventory import Inventory
from harness.protocols.update.words.remembered import ReadMessage, remembered
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import PHASES, FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from harness.record.kinds import Received, Sent

_SPOKEN = (MessageKind.FEEDBACK, MessageKind.CURRENT_STATE)


class Feature(StrEnum):
    """Something that the source document leaves open: it does not ask for it where nothing of it is shown."""

    PHASES = "the result of a command"
    ROLLBACK = "a rollback"
    BASELINE = "feedback on a baseline"
    CURRENT_STATE = "a current state"
    ACTIONS = "an action"


@dataclass(frozen=True, slots=True)
class SaidMessage:
    """A message that came. `is_stray`: at a topic of another domain. `is_retained`: the broker held it.

    `feedback` and `inventory`: one of them, where it has a payload.
    """

    place: int
    time: float
    topic: str
    kind: MessageKind
    payload: bytes = field(repr=False)
    message: Enveloped = field(repr=False)
    feedback: Feedback | None = field(repr=False)
    inventory: Inventory | None = field(repr=False)
    is_stray: bool = False
    is_retained: bool = False


@dataclass(frozen=True, slots=True)
class ToldMessage:
    """A message of ours to the thing under test."""

    place: int
    time: float
    kind: MessageKind
    label: str
    message: Enveloped = field(repr=False)


@dataclass(frozen=True)
class UpdateHistory(History):
    """One scenario, or the whole run. `features`: those that the whole run shows."""

    profile: UpdateProfile
    spec: UpdateSpec
    features: frozenset[Feature]

    @property
    def addresses(self) -> Addresses:
        """The topic at which it is told what is desired. Whose another topic is nobody can tell: no id stands in it."""
        profile = self.profile
        kinds = {profile.topic(kind): str(kind) for kind in _SPOKEN}
        own = {profile.topic(kind, domain) for kind in MessageKind for domain in (profile.domain, *profile.domains)}
        return Addresses(
            profile.id,
            profile.inbox,
            lambda _device: profile.inbox,
            lambda topic: profile.id if topic in own else None,
            kinds,
            unowned="no id of a device stands in these topics",
        )

    @property
    def declared_allowance(self) -> float:
        """As the profile declares."""
        return self.profile.network_allowance

    def stamps(self) -> list[tuple[float, float]]:
        """The timestamps of all envelopes, and when they came."""
        return [
            (one.message.timestamp / 1000, one.time)
            for one in self.said
            if isinstance(one.message.timestamp, int) and not one.is_retained
        ]

    @cached_property
    def said(self) -> Sequence[SaidMessage]:
        """All feedback and current states that came, in order; those of other domains as well."""
        return [one for place, record in self.placed() if (one := self._said(place, record))]

    @cached_property
    def feedback(self) -> Sequence[SaidMessage]:
        """Feedback at its own topic that has a payload; what QoS 1 delivered again stands here once."""
        own = [one for one in self.said if one.feedback and not one.is_stray and not one.is_retained]
        if not self.profile.envelope:
            return own
        first = {one.payload: one for one in reversed(own)}
        return sorted(first.values(), key=lambda one: one.place)

    @cached_property
    def inventories(self) -> Sequence[SaidMessage]:
        """Current states at its own topic that have a payload, retained ones among them."""
        return [one for one in self.said if one.inventory and not one.is_stray]

    @cached_property
    def told(self) -> Sequence[ToldMessage]:
        """All that it was told at its own topics."""
        kinds = {self.profile.topic(kind): kind for kind in MessageKind}
        return [
            ToldMessage(place, record.time, kind, record.label, self._read(record.payload, kind).message)
            for place, record in self.sent
            if (kind := kinds.get(record.topic))
        ]

    @cached_property
    def rollbacks(self) -> Sequence[tuple[int, object]]:
        """The places at which the agent, or a played one, was commanded to roll back, and the activity of each."""
        profile = self.profile
        topics = {profile.topic(MessageKind.COMMAND, domain) for domain in (profile.domain, *profile.played)}
        found = list[tuple[int, object]]()
        for place, record in self.placed():
            if isinstance(record, Sent | Received) and record.topic in topics:
                message = self._read(record.payload, MessageKind.COMMAND).message
                if message.body and read_command(message.body).command is PhaseCommand.ROLLBACK:
                    found.append((place, message.activity))
        return found

    @cached_property
    def desired(self) -> Sequence[DesiredState]:
        """Every desired state that it was told in this scenario."""
        sent = (record for _, record in self.sent if record.topic == self.profile.inbox)
        states = (self._read(record.payload, MessageKind.DESIRED_STATE).desired for record in sent)
        return [state for state in states if state]

    def needs(self, feature: Feature) -> None:
        """Raises NotShown where the source document does not ask for that, and nothing of it is shown."""
        if self.spec is UpdateSpec.DIAGRAMS and feature not in self.features:
            raise NotShown(f"nothing shows {feature}, and the source document asks for none")

    @cached_property
    def first_named(self) -> Mapping[str, int]:
        """The place at which it was first told of each activity in the run, up to the end of this."""
        named: dict[str, int] = {}
        for place, record in enumerate(self.records_before(self.end)):
            if isinstance(record, Sent) and record.topic == self.profile.inbox:
                activity = self._read(record.payload, MessageKind.DESIRED_STATE).message.activity
                if isinstance(activity, str):
                    named.setdefault(activity, place)
        return named

    def strange_behind(self, place: int) -> SaidMessage | None:
        """The first feedback behind that place which names no activity of ours; None: there is none."""
        later = (one for one in self.feedback if one.place > place)
        named = ((one, one.message.activity) for one in later)
        return next((one for one, name in named if not isinstance(name, str) or name not in self.first_named), None)

    @property
    def readable_activities(self) -> frozenset[str]:
        """The activities of desired states of a domain that can be read: no other run has them.

        What is sent because nobody can read it is the same in every run.
        """
        told = (self._read(record.payload, MessageKind.DESIRED_STATE) for record in self._desiring)
        sound = (one.message for one in told if one.desired and one.desired.domains and not one.message.problems)
        return frozenset(message.activity for message in sound if isinstance(message.activity, str))

    @property
    def _desiring(self) -> Iterator[Sent]:
        """The messages of the run, up to the end of this, at the topic at which it is told what is desired."""
        for record in self.records_before(self.end):
            if isinstance(record, Sent) and record.topic == self.profile.inbox:
                yield record

    def inventory_before(self, place: int) -> Inventory | None:
        """The latest current state of the run up to there; None: there was none."""
        topic = self.profile.topic(MessageKind.CURRENT_STATE)
        for record in self.records_back_from(place):
            if isinstance(record, Received) and record.topic == topic:
                return self._read(record.payload, MessageKind.CURRENT_STATE).inventory
        return None

    def desired_unshown(self, place: int) -> Sequence[DesiredState]:
        """The desired states up to there that no current state behind their end can have shown; the latest comes first.

        Of the latest one, and of those behind the latest current state, nobody knows how much was installed.
        """
        shown, desired, is_shown = self.profile.topic(MessageKind.CURRENT_STATE), list[DesiredState](), False
        for record in self.records_back_from(place):
            if isinstance(record, Received) and record.topic == shown:
                is_shown = True
            elif isinstance(record, Sent) and record.topic == self.profile.inbox:
                if state := self._read(record.payload, MessageKind.DESIRED_STATE).desired:
                    desired.append(state)
                if is_shown:
                    break
        return desired

    @cached_property
    def _of_its_agents(self) -> frozenset[str]:
        """The topics at which a device's agents speak, which is none of its own."""
        profile = self.profile
        domains = [one for one in profile.domains if one != profile.domain]
        return frozenset(profile.topic(kind, domain) for kind in _SPOKEN for domain in domains)

    def _said(self, place: int, record: object) -> SaidMessage | None:
        if not isinstance(record, Received):
            return None
        kind = next((kind for kind in _SPOKEN if record.topic.endswith(f"/{kind}")), None)
        if kind is None or record.topic in self._of_its_agents:
            return None
        read = self._read(record.payload, kind)
        is_stray = record.topic != self.profile.topic(kind)
        return SaidMessage(
            place,
            record.time,
            record.topic,
            kind,
            record.payload,
            read.message,
            read.feedback,
            read.inventory,
            is_stray=is_stray,
            is_retained=record.retain,
        )

    def _read(self, payload: bytes, kind: MessageKind) -> ReadMessage:
        return remembered(payload, kind, enveloped=self.profile.envelope)


def features_in(said: Sequence[SaidMessage]) -> frozenset[Feature]:
    """All that these messages show."""
    live = [one for one in said if not one.is_stray and not one.is_retained]
    feedback = [one.feedback for one in live if one.feedback]
    statuses = {one.status for one in feedback if isinstance(one.status, FeedbackStatus)}
    rollback = PHASES[PhaseCommand.ROLLBACK]
    ends = {status for phase in PHASES.values() for status in (phase.success, phase.failure)}
    shown = {
        Feature.PHASES: bool(ends & statuses),
        Feature.ROLLBACK: bool({rollback.under_way, rollback.success, rollback.failure} & statuses),
        Feature.BASELINE: any(isinstance(one.baseline, str) and one.baseline for one in feedback),
        Feature.CURRENT_STATE: any(one.inventory for one in live),
        Feature.ACTIONS: any(one.actions for one in feedback),
    }
    return frozenset(feature for feature, is_shown in shown.items() if is_shown)
