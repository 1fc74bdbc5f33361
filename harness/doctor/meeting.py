"""The doctor of a subject whose plug has no questions of its own: it is met as in a run, and heard or not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.doctor.case import Beside, Case
from harness.doctor.check import Check
from harness.doctor.conversation import Conversation
from harness.doctor.problem import Party, Problem, Severity
from harness.doctor.subject_doctor import SubjectDoctor
from harness.driving.counterparts import Casting, DriveContext
from harness.driving.progress import Unseen
from harness.protocol import protocol_of
from harness.record.kinds import Opened, Received, Record, began_in


@dataclass(frozen=True)
class MeetingCase(Case):
    """`heard`: messages at the topics at which it speaks, before any scenario."""

    heard: int = 0


def _find_silence(case: MeetingCase) -> Iterator[Problem]:
    if not case.heard and (case.beside is None or case.beside.spoke):
        what = f"{case.profile.id} was spoken to at {case.profile.inbox}, and said nothing."
        places = " or ".join(case.profile.outboxes)
        remedy = f"See that it is on this broker, subscribes to {case.profile.inbox}, and publishes at {places}."
        yield Problem(Party.DEVICE, Severity.BLOCKING, what, remedy)


def _speaks(case: MeetingCase) -> str | None:
    return "it answers" if case.heard else None


class MeetingDoctor(SubjectDoctor):
    """`casting`: makes the counterparts of the subject, whose first contact is all that is asked."""

    checks = (Check("its answer", _find_silence, _speaks),)

    def __init__(self, casting: Casting) -> None:
        self._casting = casting

    def case_of(self, records: Sequence[Record], beside: Beside | None = None) -> MeetingCase:
        """Of the records before any scenario."""
        began = began_in(records)
        profile = protocol_of(began.spec).check_profile(began.profile)
        opened = next((place for place, record in enumerate(records) if isinstance(record, Opened)), len(records))
        heard = sum(isinstance(one, Received) and one.topic in profile.outboxes for one in records[:opened])
        about = (began.target, began.time, began.spec, profile)
        return MeetingCase(*about, beside=beside, subject=began.subject, heard=heard)

    async def converse(self, conversation: Conversation) -> None:
        """First contact. Raises LinkError where it ends early."""
        facts = (conversation.profile, conversation.spec, conversation.running, conversation.recorder, Unseen())
        conversation.beside.spoke = True
        async with self._casting(DriveContext(*facts)).session(conversation.retained) as session:
            begun = conversation.left()
            if await session.meet() is not None:
                conversation.beside.silent_for = begun - conversation.left()
