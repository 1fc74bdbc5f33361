"""A replica service is tested well if it says anything at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.doctor.case import Beside, Case
from harness.doctor.check import Check
from harness.doctor.conversation import Conversation
from harness.doctor.problem import Party, Problem, Severity
from harness.doctor.subject_doctor import SubjectDoctor
from harness.mqtt.client_id import OURS
from harness.mqtt.link import connect
from harness.protocols.replica.driving.component import Component
from harness.protocols.replica.driving.service_session import FIRST_WORD, service_profile
from harness.protocols.replica.judging.service.history import heard_in
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.topics import ReplicaId
from harness.record.kinds import Began, Opened, Record


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
