"""The case of an update agent, or a device, as data: what was said and heard before any scenario. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.doctor.case import PASSIVE_SUBSCRIBER, Beside, Case
from harness.protocols.update.profile import TO_AGENTS, Deadline, Role, UpdateProfile
from harness.protocols.update.words.topics import MessageKind
from harness.record.kinds import Opened, Received, Record, Sent, began_in

MANAGERS = "device"  # the domain of an update manager, as it usually is
_TO_IT = (*TO_AGENTS, MessageKind.OWNER_CONSENT_FEEDBACK)
_OF_AN_AGENT = (MessageKind.FEEDBACK, MessageKind.CURRENT_STATE)


@dataclass(frozen=True)
class UpdateCase(Case):
    """`records`: of first contact."""

    profile: UpdateProfile
    records: Sequence[Record] = ()

    @property
    def words(self) -> Sequence[Received]:
        """All that it said itself; what lay retained was said at another time."""
        return [one for one in self._heard if one.topic in self.profile.outboxes and not one.retain]

    @property
    def is_met(self) -> bool:
        """Whether anything came of it, at whatever time it was said: a run goes on from there."""
        return any(one.topic in self.profile.outboxes for one in self._heard)

    @property
    def lacking(self) -> Sequence[Deadline]:
        """Those that the profile does not give."""
        return [name for name in Deadline if name not in self.profile.deadlines]

    @property
    def managers(self) -> Sequence[Received]:
        """The words of an update manager that is there beside us, where an agent is examined."""
        topic = self.profile.topic(MessageKind.CURRENT_STATE, MANAGERS)
        is_one = self.profile.role is Role.AGENT and topic not in self.profile.outboxes
        return [one for one in self._heard if is_one and one.topic == topic and not one.retain]

    @property
    def strange_words(self) -> Sequence[Received]:
        """Messages to it that were not ours, at the topics of its own domain."""
        topics = {self.profile.topic(kind) for kind in _TO_IT}
        ours = {(one.topic, one.payload) for one in self.records if isinstance(one, Sent)}
        heard = [one for one in (*self._heard, *self._beside_the_record) if one.topic in topics and not one.retain]
        return [one for one in heard if (one.topic, one.payload) not in ours]

    @property
    def strange_agents(self) -> Sequence[Received]:
        """Words of agents at the topics of domains whose agents we are to play."""
        topics = {self.profile.topic(kind, domain) for domain in self.profile.played for kind in _OF_AN_AGENT}
        return [
            one
            for one in self._heard
            if one.connection == PASSIVE_SUBSCRIBER and one.topic in topics and not one.retain
        ]

    @property
    def retained_orders(self) -> Sequence[Received]:
        """Messages to it, or to an agent of its domains, that lay on the broker: one for each topic."""
        return self._retained(_TO_IT)

    @property
    def retained_words(self) -> Sequence[Received]:
        """Messages of its own that lay there, and should not."""
        return self._retained((MessageKind.FEEDBACK, MessageKind.OWNER_CONSENT))

    def _retained(self, kinds: Sequence[MessageKind]) -> Sequence[Received]:
        domains = (self.profile.domain, *self.profile.domains)
        topics = {self.profile.topic(kind, domain) for domain in domains for kind in kinds}
        there = (one for one in (*self._heard, *self._beside_the_record) if one.retain and one.topic in topics)
        return [*{one.topic: one for one in there}.values()]

    @property
    def _heard(self) -> Sequence[Received]:
        return [one for one in self.records if isinstance(one, Received)]

    @property
    def _beside_the_record(self) -> Sequence[Received]:
        return (self.beside.configs or ()) if self.beside else ()


def update_case(records: Sequence[Record], beside: Beside | None = None) -> UpdateCase:
    """Of the records before any scenario. Raises UsageError where the profile is none."""
    began = began_in(records)
    first = next((place for place, record in enumerate(records) if isinstance(record, Opened)), len(records))
    about = (began.target, began.time, began.spec, UpdateProfile.from_dict(began.profile))
    return UpdateCase(*about, beside=beside, records=records[:first], subject=began.subject)
