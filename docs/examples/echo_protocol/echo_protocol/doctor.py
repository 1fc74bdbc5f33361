"""What keeps an echoing device from being tested well: that it says nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from echo_protocol.driving import FIRST_WORD, present
from echo_protocol.profile import EchoProfile, echo_profile
from harness.doctor.case import Beside, Case
from harness.doctor.check import Check
from harness.doctor.conversation import Conversation
from harness.doctor.problem import Party, Problem, Severity
from harness.doctor.subject_doctor import SubjectDoctor
from harness.driving.not_reached import NotReachedError
from harness.record.kinds import Began, Opened, Received, Record


@dataclass(frozen=True)
class EchoCase(Case):
    """`answers`: how many came before any scenario."""

    answers: int = 0


def _find(case: EchoCase) -> Iterator[Problem]:
    if not case.answers and (case.beside is None or case.beside.spoke):
        what = f"{case.profile.id} was called at {case.profile.inbox}, and said nothing."
        yield Problem(Party.DEVICE, Severity.BLOCKING, what, f"See that it subscribes to {case.profile.inbox}.")


def _sound(case: EchoCase) -> str | None:
    return "it answers" if case.answers else None


class EchoDoctor(SubjectDoctor):
    """Calls once, and sees whether something comes back."""

    checks = (Check("the answer", _find, _sound),)

    def case_of(self, records: Sequence[Record], beside: Beside | None = None) -> EchoCase:
        """Of the records before any scenario."""
        began = next(record for record in records if isinstance(record, Began))
        opened = next((place for place, record in enumerate(records) if isinstance(record, Opened)), len(records))
        profile = EchoProfile.from_dict(began.profile)
        heard = [record for record in records[:opened] if isinstance(record, Received)]
        answers = sum(message.topic == profile.answer for message in heard)
        about = (began.target, began.time, began.spec, profile)
        return EchoCase(*about, beside=beside, answers=answers, subject=began.subject)

    async def converse(self, conversation: Conversation) -> None:
        """One call. Raises LinkError where it ends early."""
        profile = echo_profile(conversation.profile)
        async with present(conversation.retained, profile, conversation.recorder) as caller:
            conversation.beside.spoke = True
            await caller.call("how do you do?", "doctor")
            try:
                await caller.until_answered(at_most=conversation.left(FIRST_WORD))
            except NotReachedError:
                conversation.beside.silent_for = FIRST_WORD
