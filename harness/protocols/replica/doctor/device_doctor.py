"""Examines a device behind a replica: who answers for it, and then, as its replica, whether it asks for anything."""

import asyncio
from collections.abc import Sequence

from harness.doctor.case import Beside
from harness.doctor.conversation import Conversation
from harness.doctor.overhearing import overhear
from harness.doctor.subject_doctor import SubjectDoctor
from harness.driving.progress import Unseen
from harness.mqtt.client_id import OURS
from harness.mqtt.link import connect
from harness.protocols.replica.doctor.case import ReplicaDeviceCase, device_case
from harness.protocols.replica.doctor.checks.device import OF_DEVICES
from harness.protocols.replica.driving.device.counterpart import PlayedReplica
from harness.protocols.replica.driving.device.property_choice import base, other
from harness.protocols.replica.driving.device.replica import ReplicaSide
from harness.protocols.replica.driving.device.session import ANSWERED_WITHIN, FIRST_WORD, profile_under
from harness.protocols.replica.judging.flat_document import FlatDocument
from harness.protocols.replica.words.topics import Operation
from harness.record.kinds import Record

_WATCH = 3.0  # seconds that a device which is heard is watched on


class ReplicaDeviceDoctor(SubjectDoctor):
    """Plays a replica that desires one good value, unless one answers for the device already."""

    checks = OF_DEVICES

    def case_of(self, records: Sequence[Record], beside: Beside | None = None) -> ReplicaDeviceCase:
        """Of the records before any scenario."""
        return device_case(records, beside)

    async def converse(self, conversation: Conversation) -> None:
        """One question, and one wish. Raises LinkError where it ends early."""
        profile = profile_under(conversation.spec, conversation.profile)
        conversation.retained.is_put_back = True
        question = (profile.topic(Operation.GET), f'{{"clientToken":"{OURS}doctor"}}'.encode())
        await overhear(conversation, profile.own_filters, ANSWERED_WITHIN + profile.network_allowance, question)
        if device_case(conversation.recorder.records).strange_answers:
            return
        played, retained = PlayedReplica(profile, FlatDocument()), conversation.retained
        async with connect(retained.endpoint, retained.client_id) as link, asyncio.TaskGroup() as tasks:
            replica = ReplicaSide(link, played, conversation.recorder, Unseen())
            await link.subscribe(*profile.outboxes)
            attending = tasks.create_task(replica.attend())
            if await _is_heard(replica, conversation):
                await replica.listen(conversation.left(_WATCH))
            else:
                conversation.beside.silent_for = FIRST_WORD
            attending.cancel()


async def _is_heard(replica: ReplicaSide, conversation: Conversation) -> bool:
    """Once it has started, or something is desired of it: what it may have already, and then what it has not."""

    async def within(seconds: float) -> bool:
        return await replica.goes_on(lambda: replica.heard > 0, "the device asks", conversation.left(seconds))

    one = next(iter(replica.profile.settable), None)
    if one is None:
        return await within(FIRST_WORD)
    conversation.beside.spoke = True
    await replica.wants({one: base(one)}, "doctor")
    if await within(FIRST_WORD / 2):
        return True
    await replica.wants({one: other(one)}, "doctor, another value")
    is_heard = await within(FIRST_WORD / 2)
    await replica.wants({one: base(one)}, "doctor, put back")
    return is_heard
