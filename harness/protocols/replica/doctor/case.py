"""Cases of a replica service and of a device behind one, as data: what was sent and heard before any scenario. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from harness.doctor.case import PASSIVE_SUBSCRIBER, Beside, Case
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.judging.service.history import HeardMessage, heard_in
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.flow import THE_SERVICE
from harness.record.kinds import Opened, Provoked, Received, Record, Sent, began_in

_MOST = 1_000  # messages of a topic that are looked at


@dataclass(frozen=True)
class ServiceCase(Case):
    """`records`: of first contact. `answers`: messages of the service to us; of a flood, the first thousand."""

    profile: ServiceProfile
    records: Sequence[Record] = ()

    @cached_property
    def answers(self) -> Sequence[HeardMessage]:
        """All that was said of the devices that we play."""
        return [one for one in heard_in(self.records, 0, self.profile) if one.connection != PASSIVE_SUBSCRIBER]

    @property
    def retained(self) -> Sequence[Received]:
        """Messages that lay on the broker, whichever device they are of."""
        return [one for one in self.records if isinstance(one, Received) and one.retain]


@dataclass(frozen=True)
class ReplicaDeviceCase(Case):
    """`records`: of first contact."""

    profile: DeviceProfile
    records: Sequence[Record] = ()

    @property
    def requests(self) -> Sequence[Received]:
        """The device's."""
        return [one for one in self._heard if one.topic in self.profile.outboxes and not one.retain]

    @property
    def undisturbed(self) -> Sequence[Sequence[Received]]:
        """The device's requests, apart where something was desired or brought about between them."""
        stretches: list[list[Received]] = [[]]
        for record in self.records:
            if isinstance(record, Provoked):
                stretches.append([])
            elif isinstance(record, Received) and record.topic in self.profile.outboxes and not record.retain:
                stretches[-1].append(record)
        return stretches

    @property
    def strange_answers(self) -> Sequence[Received]:
        """Answers that a replica other than ours gave."""
        answers = set(self.profile.answers) - {self.profile.inbox}
        return [one for one in self._heard if one.topic in answers and not one.retain]

    @property
    def strange_deltas(self) -> Sequence[Received]:
        """Deltas that were not ours."""
        ours = {one.payload for one in self.records if isinstance(one, Sent) and one.topic == self.profile.inbox}
        beside = self.beside.configs or [] if self.beside else []
        if any(isinstance(one, Received) and one.connection == THE_SERVICE for one in self.records):
            return []  # of such a service they are
        heard = [one for one in (*self._heard, *beside) if one.topic == self.profile.inbox and not one.retain]
        return [one for one in heard if one.payload not in ours]

    @property
    def retained(self) -> Sequence[Received]:
        """Messages that lay at the device's topics, one for each."""
        beside = self.beside.configs or [] if self.beside else []
        return [*{one.topic: one for one in (*self._heard, *beside) if one.retain}.values()]

    @property
    def _heard(self) -> Sequence[Received]:
        """But for what a service says that is under test as well."""
        return [one for one in self.records if isinstance(one, Received) and one.connection != THE_SERVICE]


def service_case(records: Sequence[Record], beside: Beside | None = None) -> ServiceCase:
    """Of the records before any scenario. Raises UsageError where the profile is none."""
    began = began_in(records)
    profile, heard = ServiceProfile.from_dict(began.profile), list(_first_contact(records))
    about = (began.target, began.time, began.spec, profile)
    return ServiceCase(*about, beside=beside, records=heard, subject=began.subject)


def device_case(records: Sequence[Record], beside: Beside | None = None) -> ReplicaDeviceCase:
    """Of the records before any scenario. Raises UsageError where the profile is none."""
    began = began_in(records)
    profile, heard = DeviceProfile.from_dict(began.profile), list(_first_contact(records))
    about = (began.target, began.time, began.spec, profile)
    return ReplicaDeviceCase(*about, beside=beside, records=heard, subject=began.subject)


def _first_contact(records: Sequence[Record]) -> Iterator[Record]:
    """Up to the first scenario, and of a flood its beginning."""
    heard = Counter[str]()
    for record in records:
        if isinstance(record, Opened):
            return
        if isinstance(record, Received):
            heard[record.topic] += 1
            if heard[record.topic] > _MOST:
                continue
        yield record
