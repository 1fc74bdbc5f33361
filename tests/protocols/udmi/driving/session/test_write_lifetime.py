"""A write lasts as long as its scenario may need it, and ends soon after, as a run that is killed leaves it there.

Each scenario of udmi-1.5 is driven at a device that takes all the time that it is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import SCENARIOS, Scenario
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.device import Device
from harness.protocols.udmi.driving.scenario_terms import MARGIN, ScenarioTerms, terms_of
from harness.protocols.udmi.driving.session.base_state import BACK_TO_BASE
from harness.record.kinds import Sent
from harness.record.trace import Recorder
from harness.suite_limits import stretched
from simulator.udmi.rules import StateRules, kept_but
from simulator.udmi.target import SimTarget
from simulator.udmi.variations.variation import HEALTHY
from suites.udmi.limits import Limits
from tests.altered.judgement import judgements
from tests.protocols.udmi.driving.playing import LONGEST_WAIT, SETPOINT, play, small_device, writes
from tests.protocols.udmi.driving.session.slow_device import ByHand, watched
from tests.udmi_1_5 import decode_config

WITHOUT_STATE = kept_but(StateRules(say=lambda _state, _said: None))
_AT_ONCE = 1.5  # seconds: a stamp leaves out what is less than one
_SLACK = 10.0  # seconds by which a scenario may say that its longest wait is longer than any that was seen


@dataclass(frozen=True)
class Slow:
    """How slow the device is, in seconds, and by how much its clock is ahead of ours."""

    limits: Mapping[str, float] = field(default_factory=dict)
    settles_within: float | None = None
    time_to_failure: float | None = None
    network_allowance: float = 0.0
    provokes_within: float = 0.0
    ahead: float = 0.0

    @property
    def device(self) -> ByHand:
        """The air handling unit that comes with Setpoint, and is so slow."""
        device = SimTarget.from_option("")
        points = {
            name: replace(point, settles_within=self.settles_within) for name, point in device.profile.points.items()
        }
        profile = replace(
            device.profile,
            points=points if self.settles_within else device.profile.points,
            limits=self.limits,
            time_to_failure=self.time_to_failure,
            network_allowance=self.network_allowance,
        )
        variation, file = replace(HEALTHY, ahead=self.ahead), replace(device.file, profile=profile)
        return ByHand(device.name, file, variation, provokes_within=self.provokes_within)


DEVICES = {
    "usual": Slow(),
    "slow": Slow({"in_time": 50, "a_log": 90, "said": 30, "acknowledged": 200, "promptly": 25, "a_try": 60}),
    "slow points": Slow(settles_within=100, time_to_failure=400, network_allowance=5, provokes_within=300),
    "clock ahead": Slow(ahead=20),
    "clock behind": Slow(ahead=-20),
}


@pytest.mark.parametrize("slow", DEVICES.values(), ids=DEVICES)
def test_write_lasts_as_long_as_its_scenario_may_need_it_and_a_minute_longer(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits, offset = stretched(Limits, slow.limits), max(0.0, slow.ahead)
    slack = _SLACK + 2 * slow.network_allowance
    watch = watched(monkeypatch, period=limits.patience, ahead=offset)
    known = frozenset[str]().union(*(judgement.scenarios for judgement in judgements()))
    scenarios = [SCENARIOS[name] for name in sorted(known) if terms_of(SCENARIOS[name]).longest_wait]

    drive_target(RunPlan(slow.device, scenarios, Clock.VIRTUAL), Recorder(), Unseen())

    assert watch.writes.keys() == {scenario.name for scenario in scenarios}
    for name, sent in watch.writes.items():
        needed = max(write.needed for write in sent if not write.chosen)
        assert min(write.lives for write in sent if not write.chosen) >= needed + offset + MARGIN - _AT_ONCE, name
        assert max(write.lives for write in sent) <= needed + offset + MARGIN + slack, name


async def writes_unasked(cloud: Cloud, device: Device) -> None:
    """A write, of which nothing says how long it has to last."""
    del device
    await cloud.write(SETPOINT.to(21.5, "write"))


def test_scenario_that_writes_and_does_not_say_how_long_it_waits_is_at_fault() -> None:
    scenario = Scenario("writes_unasked", writes_unasked, begins_in=ScenarioTerms(2))

    [closed] = play(scenario).closed

    assert closed.our_fault == (
        "ValueError in scenario writes_unasked: it writes, and its scenario does not say how long its longest wait is"
    )


@pytest.mark.parametrize(
    ("ahead", "more"), [(0.0, 0.0), (12.0, 12.0), (-12.0, 0.0), (7200.0, 30.0)], ids=["right", "fast", "slow", "mad"]
)
def test_write_ends_later_by_as_much_as_the_clock_is_fast(ahead: float, more: float) -> None:
    target = replace(small_device(), variation=replace(HEALTHY, ahead=ahead))

    [sent] = [one for one in play(writes, target=target).of(Sent) if one.label == "config"]

    assert _lives(sent) == pytest.approx(LONGEST_WAIT + MARGIN + more, abs=0.5)


def test_write_that_draws_out_a_state_ends_a_minute_after_it_was_waited_for() -> None:
    [sent] = [one for one in play(writes, target=small_device(WITHOUT_STATE)).of(Sent) if one.label == "drawing out"]

    assert _lives(sent) == pytest.approx(BACK_TO_BASE + MARGIN, abs=0.5)


def _lives(config: Sent) -> float:
    """Seconds, by our clock."""
    pointset = decode_config(config.payload).pointset
    assert pointset is not None
    assert isinstance(pointset.set_value_expiry, int | float)
    return pointset.set_value_expiry - config.time
