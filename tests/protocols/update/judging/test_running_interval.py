"""The interval between two RUNNING of a device: by our clock, or by the device's own timestamps."""

import json
from dataclasses import replace

import pytest

from harness.judging.verdicts.verdict import NotObserved, NotShown, Undocumented
from harness.protocols.update.judging.device.episode import UpdateDeviceEpisode
from harness.protocols.update.judging.episode import scenes_of
from harness.record.kinds import Received
from harness.record.left_out import NotApplicable
from tests.protocols.update.records import DEVICE, NAME, run_with, sent


def _running(time: float, stamped: float) -> Received:
    content = {"activityId": "a", "timestamp": round(stamped * 1000), "payload": {"status": "RUNNING"}}
    return Received(time, "deviceupdate/desiredstatefeedback", json.dumps(content).encode(), retain=False)


def _with(*said: Received, interval: float | None = 10.0) -> UpdateDeviceEpisode:
    profile = replace(DEVICE, feedback_interval=interval, network_allowance=0.0)
    desired = sent(1.0, "deviceupdate/desiredstate", {"domains": []}, "update")
    return scenes_of(run_with(desired, *said, profile=profile), UpdateDeviceEpisode)[1][NAME]


def _holds(episode: UpdateDeviceEpisode) -> None:
    episode.aggregate("update").keeps_running_apart(episode.feedback_interval, jitter=0.1)


@pytest.mark.parametrize("second", [_running(11.95, 12.0), _running(7.0, 12.0), _running(12.0, 7.0)])
def test_interval_holds_by_our_clock_or_by_the_timestamps(second: Received) -> None:
    _holds(_with(_running(2.0, 2.0), second))


def test_interval_that_is_too_short_by_both_is_told() -> None:
    with pytest.raises(NotObserved, match=r"RUNNING should keep 10 s apart, but two came within 9\.5"):
        _holds(_with(_running(2.0, 2.0), _running(11.5, 11.0)))


def test_one_running_has_no_interval() -> None:
    with pytest.raises(NotShown, match="not said twice"):
        _holds(_with(_running(2.0, 2.0)))


def test_interval_is_the_profiles_to_say() -> None:
    with pytest.raises(Undocumented, match="feedback_interval = 60"):
        _holds(_with(interval=None))
    with pytest.raises(NotApplicable, match="feedback_interval = 0"):
        _holds(_with(interval=0.0))
