"""A replica service, and a device behind one, are tested well if they say anything at all."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.doctor.case import Beside, Case
from harness.doctor.check import Check
from harness.doctor.conversation import Conversation
from harness.doctor.problem import Party, Problem, Severity
from harness.doctor.subject_doctor import SubjectDoctor
from harness.driving.progress import Unseen
from harness.mqtt.client_id import OURS
from harness.mqtt.link import connect
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.driving.component import Component
from harness.protocols.replica.driving.device.counterpart import PlayedReplica
from harness.protocols.replica.driving.device.property_choice import base
from harness.protocols.replica.driving.device.replica import ReplicaSide
from harness.protocols.replica.driving.device.session import profile_under
from harness.protocols.replica.driving.service_session import FIRST_WORD, service_profile
from harness.protocols.replica.judging.flat_document import FlatDocument
from harness.protocols.replica.judging.service.history import heard_in
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.topics import ReplicaId
from harness.record.kinds import Began, Opened, Received, Record


@dataclass(frozen=True)
class ServiceCase(Case):
    """`answers`: how many messages of the service came before any scenario."""

    answers: int = 0


def _find(case: ServiceCase) -> Iterator[Problem]:
    if not case.answers and (case.beside is None or case.beside.spoke):
        what = f"An update was published at {case.profile.inbox}, and no service said anything of it."
        remedy = "See that the service is on this broker, that it serves these topics, and that our login may hear it."
        yield Problem(Party.DEVICE, Severity.BLOCKING, what, remedy)


def _sound(case: ServiceCase) -> str | None:
    return "it answers" if case.answers else None


class ServiceDoctor(SubjectDoctor):
    """Sends one update, asks for the document, and sees whether anything comes back."""

    checks = (Check("the answers", _find, _sound),)

    def case_of(self, records: Sequence[Record], beside: Beside | None = None) -> ServiceCase:
        """Of the records before any scenario."""
        began = next(record for record in records if isinstance(record, Began))
        opened = next((place for place, record in enumerate(records) if isinstance(record, Opened)), len(records))
        profile = ServiceProfile.from_dict(began.profile)
        answers = len([*heard_in(records[:opened], 0, profile)])
        about = (began.target, began.time, began.spec, profile)
        return ServiceCase(*about, beside=beside, answers=answers, subject=began.subject)

    async def converse(self, conversation: Conversation) -> None:
        """One update and one get. Raises LinkError where it ends early."""
        profile = service_profile(conversation.profile, conversation.spec)
        conversation.retained.is_put_back = True
        async with connect(conversation.retained.endpoint, f"{OURS}app-{profile.name_on_a_broker}") as link:
            app = Component("app", link, profile.scheme, conversation.recorder, conversation.left(FIRST_WORD) / 2)
            app.replica = ReplicaId(profile.id)
            await app.hears()
            async with app.attending():
                conversation.beside.spoke = True
                await app.update({"reported": {"says": "hello"}}, "doctor")
                await app.get("doctor")
        if not app.has_heard:
            conversation.beside.silent_for = FIRST_WORD


@dataclass(frozen=True)
class ReplicaDeviceCase(Case):
    """`requests`: how many messages of the device came before any scenario."""

    requests: int = 0


def _find_silence(case: ReplicaDeviceCase) -> Iterator[Problem]:
    if not case.requests and (case.beside is None or case.beside.spoke):
        what = f"A delta was published at {case.profile.inbox}, and {case.profile.id} asked for nothing."
        remedy = f"See that the device is on this broker, and publishes at {' and '.join(case.profile.outboxes)}."
        yield Problem(Party.DEVICE, Severity.BLOCKING, what, remedy)


def _speaks(case: ReplicaDeviceCase) -> str | None:
    return "it speaks" if case.requests else None


class ReplicaDeviceDoctor(SubjectDoctor):
    """Plays a replica that desires one good value, and sees whether the device asks for anything."""

    checks = (Check("the device's requests", _find_silence, _speaks),)

    def case_of(self, records: Sequence[Record], beside: Beside | None = None) -> ReplicaDeviceCase:
        """Of the records before any scenario."""
        began = next(record for record in records if isinstance(record, Began))
        opened = next((place for place, record in enumerate(records) if isinstance(record, Opened)), len(records))
        profile = DeviceProfile.from_dict(began.profile)
        requests = sum(isinstance(one, Received) and one.topic in profile.outboxes for one in records[:opened])
        about = (began.target, began.time, began.spec, profile)
        return ReplicaDeviceCase(*about, beside=beside, requests=requests, subject=began.subject)

    async def converse(self, conversation: Conversation) -> None:
        """One wish. Raises LinkError where it ends early."""
        profile = profile_under(conversation.spec, conversation.profile)
        conversation.retained.is_put_back = True
        played, retained = PlayedReplica(profile, FlatDocument()), conversation.retained
        async with connect(retained.endpoint, retained.client_id) as link, asyncio.TaskGroup() as tasks:
            replica = ReplicaSide(link, played, conversation.recorder, Unseen())
            await link.subscribe(*profile.outboxes)
            attending = tasks.create_task(replica.attend())
            conversation.beside.spoke = True
            await replica.wants({one: base(one) for one in profile.settable[:1]}, "doctor")
            if not await replica.goes_on(lambda: replica.heard > 0, "the device asks", conversation.left(FIRST_WORD)):
                conversation.beside.silent_for = FIRST_WORD
            attending.cancel()
