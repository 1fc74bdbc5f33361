"""Examines a UDMI device: a config that wants nothing, and what comes back."""

from collections.abc import Sequence

from harness.clock import utc
from harness.doctor.case import Beside
from harness.doctor.conversation import Conversation
from harness.doctor.subject_doctor import SubjectDoctor
from harness.driving.not_reached import NotReachedError
from harness.driving.progress import Unseen
from harness.protocols.udmi.doctor.case import Case, case_of
from harness.protocols.udmi.doctor.checks import CHECKS
from harness.protocols.udmi.doctor.checks.points import missing_from
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.discovering_cloud import DiscoveringCloud
from harness.protocols.udmi.driving.session.cloud_session import present
from harness.protocols.udmi.profile import udmi_profile
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Record

_EARS_FIRST = 9.0  # seconds that the device has before we listen farther afield
_WATCH = 6.0  # seconds that a device which is heard is watched on
_A_WHILE = 3.0
_ANSWER = 5.0
_OFTEN = 2.0  # the sample rate, in seconds, that is asked for


class DeviceDoctor(SubjectDoctor):
    """Of one that speaks UDMI, or should."""

    checks = CHECKS

    def case_of(self, records: Sequence[Record], beside: Beside | None = None) -> Case:
        """The records up to the first scenario, or to the first write."""
        return case_of(records, beside)

    async def converse(self, conversation: Conversation) -> None:
        """One config that wants nothing, and another where points are missing."""
        profile, retained = udmi_profile(conversation.profile), conversation.retained
        topics = Topics.of(profile.id, profile.topics)
        counterpart = DiscoveringCloud(profile.points, codec_of(conversation.spec), profile.wiring)
        async with present(retained, topics, counterpart, conversation.recorder, Unseen(), allowance=0.0) as cloud:
            conversation.beside.spoke = True
            began = utc()
            await cloud.want_nothing(_OFTEN, "doctor")
            is_heard = await _comes(cloud, conversation.left(_EARS_FIRST)) or await _look_around(conversation, cloud)
            conversation.beside.silent_for = utc() - began
            if not is_heard:
                return
            await cloud.allow_answer(at_most=conversation.left(_ANSWER))
            await cloud.listen(conversation.left(_WATCH))
            if missing_from(case_of(conversation.recorder.records)):  # what else does it have, if it is told no names?
                counterpart.asks_for_all = True
                await cloud.want_nothing(_OFTEN, "doctor, all points")
                await cloud.listen(conversation.left(_WATCH))


async def _look_around(conversation: Conversation, cloud: Cloud) -> bool:
    """Farther afield only where it must be: on a broker of a thousand devices that is a lot to hear."""
    conversation.tell("nothing heard of it yet; listening for what else there is")
    profile = udmi_profile(conversation.profile)
    filters = profile.own_filters if cloud.heard.state else ("#", _siblings(profile.topics))
    async with conversation.others_heard(filters):
        while conversation.left() > _A_WHILE:
            if await _comes(cloud, _A_WHILE):
                return True
            if cloud.heard.state is None and conversation.is_elsewhere:
                break
    return False


async def _comes(cloud: Cloud, at_most: float) -> bool:
    """Whether it is heard: by telemetry, or by a state where it has no points."""
    try:
        await (cloud.until_telemetry if cloud.has_points else cloud.until_known)(at_most=at_most)
    except NotReachedError:
        return False
    return True


def _siblings(scheme: str) -> str:
    """All that lives beside the device."""
    return "/".join("+" if "{id}" in level else level for level in scheme.split("/")) + "/#"
