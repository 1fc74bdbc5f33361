"""A desired state that leads to nothing: the story names feedback for another activity, where some came."""

from dataclasses import replace

import pytest

from harness.judging.verdicts.verdict import NotObserved
from harness.protocols.update.judging.device.episode import UpdateDeviceEpisode
from harness.protocols.update.judging.episode import scenes_of
from harness.protocols.update.profile import PHASE_DEADLINES, Deadline
from harness.protocols.update.words.status import FeedbackStatus
from harness.record.kinds import Done, Received
from tests.protocols.update.records import DEVICE, NAME, feedback, run_with, sent

DEADLINES = dict.fromkeys((Deadline.IDENTIFY, *PHASE_DEADLINES), 1.0)


def _end_after(*said: Received) -> None:
    profile = replace(DEVICE, deadlines=DEADLINES)
    desired = sent(1.0, "deviceupdate/desiredstate", {"domains": []}, "of nobody")
    records = run_with(desired, Done(1.0, 2), *said, profile=profile)
    scenes_of(records, UpdateDeviceEpisode)[1][NAME].activity("of nobody").ends_as(FeedbackStatus.INCOMPLETE)


def test_feedback_for_no_activity_is_named() -> None:
    with pytest.raises(NotObserved, match=r"led to nothing in 5 s: INCOMPLETE came, for the activity ''\.$"):
        _end_after(feedback(2.0, "INCOMPLETE", {}, "device", activity=""))


def test_silence_is_only_silence() -> None:
    with pytest.raises(NotObserved, match=r"led to nothing in 5 s\.$"):
        _end_after()
