"""Examines an update agent, or a device: who else speaks there, and then whether it says what it has."""

import asyncio
from collections.abc import Sequence

from harness.doctor.case import Beside
from harness.doctor.conversation import Conversation
from harness.doctor.overhearing import overhear
from harness.doctor.subject_doctor import SubjectDoctor
from harness.driving.progress import Unseen
from harness.mqtt.client_id import OURS
from harness.mqtt.link import connect
from harness.protocols.update.doctor.case import MANAGERS, UpdateCase, update_case
from harness.protocols.update.doctor.checks import CHECKS
from harness.protocols.update.driving.heard_filters import heard_filters
from harness.protocols.update.driving.knowledge import UpdateKnowledge
from harness.protocols.update.driving.requester import Links, Requester
from harness.protocols.update.profile import Role, UpdateProfile, update_profile
from harness.protocols.update.words.envelope import encoded
from harness.protocols.update.words.topics import MessageKind
from harness.record.kinds import Record

FIRST_WORD = 30.0  # seconds that it may take to be heard at all
_OTHERS = 3.0  # seconds in which others are heard, before it is asked


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
    """Record all that comes and lies at its topics; a manager is asked whether it is there. Raises LinkError."""
    manager, question = profile.topic(MessageKind.CURRENT_STATE, MANAGERS), None
    if manager not in profile.outboxes:
        asks = encoded(None, activity=f"{OURS}doctor", now=0, enveloped=profile.envelope)
        question = (profile.topic(MessageKind.CURRENT_STATE_GET, MANAGERS), asks)
    await overhear(conversation, [*{*profile.own_filters, manager}], _OTHERS, question)


class AgentDoctor(UpdateDoctor):
    """Of the subject `update-agent`."""

    role = Role.AGENT


class UpdateDeviceDoctor(UpdateDoctor):
    """Of the subject `update-device`."""

    role = Role.DEVICE
