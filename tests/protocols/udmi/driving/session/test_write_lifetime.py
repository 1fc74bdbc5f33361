"""What a run that is killed leaves in force ends by itself, by the device's own clock."""

from dataclasses import replace

import pytest

from harness.record.kinds import Sent
from simulator.udmi.variations.variation import HEALTHY
from tests.protocols.udmi.driving.playing import play, small_device, writes
from tests.udmi_1_5 import decode_config

FIVE_MINUTES = 300.0


@pytest.mark.parametrize(
    ("ahead", "more"), [(0.0, 0.0), (12.0, 12.0), (-12.0, 0.0), (7200.0, 30.0)], ids=["right", "fast", "slow", "mad"]
)
def test_write_ends_within_five_minutes_and_later_by_as_much_as_the_clock_is_fast(ahead: float, more: float) -> None:
    target = replace(small_device(), variation=replace(HEALTHY, ahead=ahead))

    [sent] = [one for one in play(writes, target=target).of(Sent) if one.label == "config"]

    pointset = decode_config(sent.payload).pointset
    assert pointset is not None
    assert isinstance(pointset.set_value_expiry, int | float)
    assert pointset.set_value_expiry - sent.time == pytest.approx(FIVE_MINUTES + more, abs=0.5)
