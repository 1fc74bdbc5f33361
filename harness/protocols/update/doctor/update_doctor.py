"""Examines an update agent, or a device: who else speaks there, and then whether it says what it has."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from harness.doctor.case import PASSIVE_SUBSCRIBER, Beside
from harness.doctor.conversation import Conversation
from harness.doctor.subject_doctor import SubjectDoctor
from harness.driving.progress import Unseen
from harness.errors import LinkError
from harness.mqtt.client_id import OURS
from harness.mqtt.link import Link, connect
from harness.protocols.update.doctor.case import MANAGERS, UpdateCase, update_case
from harness.protocols.update.doctor.checks import CHECKS
from harness.protocols.update.driving.heard_filters import heard_filters
from harness.protocols.update.driving.knowledge import UpdateKnowledge
from harness.protocols.update.driving.requester import Links, Requester
from harness.protocols.update.profile import Role, UpdateProfile, update_profile
from harness.protocols.update.words.envelope import encoded
from harness.protocols.update.words.topics import MessageKind
from harness.record.kinds import Received, Record

FIRST_WORD = 30.0  # seconds that it may take to be heard at all
_OTHERS = 3.0  # seconds in which others are heard, before it is asked
_MOST = 2_000  # messages of others that are kept


class UpdateDoctor(SubjectDoctor):
    """Asks for the current state, and sees whether anything comes. `role`: of the thing under test."""

    role: Role

    checks = CHECKS

    def case_of(self, records: Sequence[Record], beside: Beside | None = None) -> UpdateCase:
        """Of the records before any scenario."""
        return update_case(records, beside)

    async def converse(self, conversation: Conversation) -> None:
        """Listens for a while, and asks one question. Raises LinkError where it ends early."""
        profile = update_profile(conversation.profile, self.role)
        conversation.retained.is_put_back = True
        await _overhear(conversation, profile)
        played, retained = UpdateKnowledge(profile), conversation.retained
        async with connect(retained.endpoint, retained.client_id) as link, asyncio.TaskGroup() as tasks:
            requester = Requester(Links(link, retained.endpoint), played, conversation.recorder, Unseen())
            await link.subscribe(*heard_filters(profile))
            attending = tasks.create_task(requester.attend())
            conversation.beside.spoke = True
            await requester.asks("doctor")
            if not await requester.goes_on(
                lambda: bool(update_case(conversation.recorder.records).words),
                "it answers",
                conversation.left(FIRST_WORD),
            ):
                conversation.beside.silent_for = FIRST_WORD
            attending.cancel()


async def _overhear(conversation: Conversation, profile: UpdateProfile) -> None:
    """Into the record, whatever comes and whatever lies at its topics; a manager is asked whether it is there.

    A broker that does not let us hear them is no fault of anybody's: then nobody has looked. Raises LinkError where
    there is no connection at all.
    """
    client_id = f"{OURS}probe-{profile.name_on_a_broker}"
    manager = profile.topic(MessageKind.CURRENT_STATE, MANAGERS)
    async with connect(conversation.retained.endpoint, client_id) as link:
        try:
            await link.subscribe(*{*profile.own_filters, manager})
        except LinkError:
            return
        conversation.beside.elsewhere = conversation.beside.elsewhere or {}
        if manager not in profile.outboxes:
            question = encoded(None, activity=f"{OURS}doctor", now=0, enveloped=profile.envelope)
            await link.publish(profile.topic(MessageKind.CURRENT_STATE_GET, MANAGERS), question)
        with suppress(TimeoutError):
            async with asyncio.timeout(conversation.left(_OTHERS)):
                await _keep(link, conversation)


async def _keep(link: Link, conversation: Conversation) -> None:
    kept = 0
    async for heard in link.deliveries():
        if kept < _MOST:
            kept += 1
            conversation.recorder.append(
                Received(heard.time, heard.topic, heard.payload, heard.retain, PASSIVE_SUBSCRIBER)
            )


class AgentDoctor(UpdateDoctor):
    """Of the subject `update-agent`."""

    role = Role.AGENT


class UpdateDeviceDoctor(UpdateDoctor):
    """Of the subject `update-device`."""

    role = Role.DEVICE
