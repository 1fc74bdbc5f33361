"""An update agent, or a device, is tested well if it says anything at all, and its profile gives deadlines."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.doctor.case import Beside, Case
from harness.doctor.check import Check
from harness.doctor.conversation import Conversation
from harness.doctor.problem import Party, Problem, Severity
from harness.doctor.subject_doctor import SubjectDoctor
from harness.driving.progress import Unseen
from harness.mqtt.link import connect
from harness.protocols.update.driving.heard_filters import heard_filters
from harness.protocols.update.driving.knowledge import UpdateKnowledge
from harness.protocols.update.driving.requester import Links, Requester
from harness.protocols.update.profile import Deadline, Role, UpdateProfile, update_profile
from harness.record.kinds import Began, Opened, Received, Record

FIRST_WORD = 30.0  # seconds that it may take to be heard at all


@dataclass(frozen=True)
class UpdateCase(Case):
    """`words`: how many messages came before any scenario. `deadlines`: those that the profile lacks."""

    words: int = 0
    lacking: tuple[Deadline, ...] = ()


def _find_silence(case: UpdateCase) -> Iterator[Problem]:
    if not case.words and (case.beside is None or case.beside.spoke):
        what = f"The current state of {case.profile.id} was asked for, and nothing came."
        remedy = f"See that it is on this broker, and publishes at {' and '.join(case.profile.outboxes[:2])}."
        yield Problem(Party.DEVICE, Severity.BLOCKING, what, remedy)


def _speaks(case: UpdateCase) -> str | None:
    return "it speaks" if case.words else None


def _find_missing_deadlines(case: UpdateCase) -> Iterator[Problem]:
    if case.lacking:
        names = ", ".join(case.lacking)
        what = f"The profile gives no deadline for {names}, so what must come in that time cannot be tested."
        yield Problem(Party.DEVICE, Severity.GRAVE, what, f"Add {case.lacking[0]} = 60 to [deadlines].")


def _knows_deadlines(case: UpdateCase) -> str | None:
    return None if case.lacking else "every deadline is given"


class UpdateDoctor(SubjectDoctor):
    """Asks for the current state, and sees whether anything comes. `role`: of the thing under test."""

    role: Role

    checks = (
        Check("its words", _find_silence, _speaks),
        Check("the deadlines", _find_missing_deadlines, _knows_deadlines),
    )

    def case_of(self, records: Sequence[Record], beside: Beside | None = None) -> UpdateCase:
        """Of the records before any scenario."""
        began = next(record for record in records if isinstance(record, Began))
        opened = next((place for place, record in enumerate(records) if isinstance(record, Opened)), len(records))
        profile = UpdateProfile.from_dict(began.profile)
        words = sum(isinstance(one, Received) and one.topic in profile.outboxes for one in records[:opened])
        lacking = tuple(name for name in Deadline if name not in profile.deadlines)
        about = (began.target, began.time, began.spec, profile)
        return UpdateCase(*about, beside=beside, words=words, lacking=lacking, subject=began.subject)

    async def converse(self, conversation: Conversation) -> None:
        """One question. Raises LinkError where it ends early."""
        profile = update_profile(conversation.profile, self.role)
        conversation.retained.is_put_back = True
        played, retained = UpdateKnowledge(profile), conversation.retained
        async with connect(retained.endpoint, retained.client_id) as link, asyncio.TaskGroup() as tasks:
            requester = Requester(Links(link, retained.endpoint), played, conversation.recorder, Unseen())
            await link.subscribe(*heard_filters(profile))
            attending = tasks.create_task(requester.attend())
            conversation.beside.spoke = True
            await requester.asks("doctor")
            if not await requester.goes_on(lambda: requester.heard > 0, "it answers", conversation.left(FIRST_WORD)):
                conversation.beside.silent_for = FIRST_WORD
            attending.cancel()


class AgentDoctor(UpdateDoctor):
    """Of the subject `update-agent`."""

    role = Role.AGENT


class UpdateDeviceDoctor(UpdateDoctor):
    """Of the subject `update-device`."""

    role = Role.DEVICE
