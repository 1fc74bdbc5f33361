"""Examines a replica service: one update and one get of a device that nobody knows, and who says what of it."""

import secrets
from collections.abc import Sequence

from harness.clock import is_virtual
from harness.doctor.case import Beside
from harness.doctor.conversation import Conversation
from harness.doctor.overhearing import overhear
from harness.doctor.subject_doctor import SubjectDoctor
from harness.mqtt.client_id import OURS
from harness.mqtt.link import connect
from harness.protocols.replica.doctor.case import ServiceCase, service_case
from harness.protocols.replica.doctor.checks.service import OF_SERVICES
from harness.protocols.replica.driving.component import Component
from harness.protocols.replica.driving.service_session import APP, FIRST_WORD, service_profile
from harness.protocols.replica.words.topics import ReplicaId, Scheme
from harness.record.kinds import Record

_LEFTOVERS = 1.0  # seconds: what is retained follows the SUBACK at once
_A_WHILE = 1.5  # seconds in which a second service has answered, too


class ServiceDoctor(SubjectDoctor):
    """Of one that is met under a name of ours. What is written there is taken away again."""

    checks = OF_SERVICES

    def case_of(self, records: Sequence[Record], beside: Beside | None = None) -> ServiceCase:
        """Of the records before any scenario."""
        return service_case(records, beside)

    async def converse(self, conversation: Conversation) -> None:
        """One update and one get. Raises LinkError where it ends early."""
        profile = service_profile(conversation.profile, conversation.spec)
        conversation.retained.is_put_back = True
        await overhear(conversation, profile.own_filters, _LEFTOVERS)
        async with connect(conversation.retained.endpoint, f"{OURS}app-{profile.name_on_a_broker}") as link:
            app = Component(APP, link, profile.scheme, conversation.recorder, conversation.left(FIRST_WORD) / 2)
            app.replica = ReplicaId(f"{profile.id}-doctor{'' if is_virtual() else f'-{secrets.token_hex(4)}'}")
            await app.hears()
            async with app.attending():
                conversation.beside.spoke = True
                await app.update({"reported": {"says": "hello"}}, "doctor")
                await app.listen(conversation.left(_A_WHILE))
                await app.get("doctor")
                await app.listen(conversation.left(_A_WHILE))
                if not app.has_heard:
                    conversation.beside.silent_for = FIRST_WORD
                elif profile.scheme is Scheme.AWS:
                    await app.delete("doctor")
                else:
                    await app.update({"reported": None}, "doctor, taken away")
