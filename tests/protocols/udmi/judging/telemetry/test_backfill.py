"""Telemetry that a device measured without a connection, and sends when it is back."""

from collections.abc import Sequence

import pytest

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.mqtt.packets import PacketKind
from harness.protocols.udmi.judging.telemetry.backfill import DeviceReconnection
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import history

SAMPLES = [2.0, 4.0, 6.0, 8.0]


def returned(
    *stamps: float, at: float = 20, samples: Sequence[float] = SAMPLES, behind: float = 0
) -> DeviceReconnection:
    """A device that is back after 10 s, with telemetry of these moments."""
    builder = history().connects(at=-90).opened()
    for sample in samples:
        builder.late_telemetry(sample - behind, at=sample, damper=1)
    builder.provoked("lost", at=10).seen(PacketKind.LOST, at=10).connects(at=at)
    for stamp in stamps:
        builder.late_telemetry(stamp - behind, at=at, damper=1)
    return builder.closed(at=at + 5).connection.reconnection("lost")


@pytest.mark.parametrize("behind", [0, 3600, -7200])
def test_telemetry_of_the_outage_is_brought_whatever_the_clock(behind: float) -> None:
    returned(12, 14, 16, 21, behind=behind).brings_what_was_measured()


def test_device_that_keeps_no_telemetry_is_told() -> None:
    with pytest.raises(NotObserved, match="none of 2 telemetries that came then is of those 10 s"):
        returned(20, 22).brings_what_was_measured()


def test_device_whose_return_was_not_watched_to_its_end_may_have_kept_telemetry() -> None:
    builder = history().connects(at=-90).opened().late_telemetry(2, at=2, damper=1).late_telemetry(4, at=4, damper=1)
    builder.provoked("lost", at=10).seen(PacketKind.LOST, at=10).connects(at=20).late_telemetry(20, at=20, damper=1)

    with pytest.raises(CouldNotTest, match="broken off"):
        builder.closed(at=25, cut_short="broken off").connection.reconnection("lost").brings_what_was_measured()


def test_device_that_rarely_samples_has_nothing_to_bring() -> None:
    with pytest.raises(NotApplicable, match="telemetry comes every 6 s, and the device was away for 10 s"):
        returned(22, samples=[2.0, 8.0]).brings_what_was_measured()


def test_device_that_says_nothing_afterwards_is_undecided() -> None:
    with pytest.raises(CouldNotTest, match="no telemetry came after"):
        returned().brings_what_was_measured()
