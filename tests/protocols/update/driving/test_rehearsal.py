"""Scenarios are gone through before any drive, to see which deadlines they wait for."""

import asyncio
from dataclasses import replace
from functools import partial
from importlib import import_module

import pytest

from harness.clock import Clock, new_loop
from harness.driving.not_reached import NotReachedError
from harness.driving.scenario import SCENARIOS, Scenario
from harness.protocols.update.driving.rehearsal import check_demands
from harness.protocols.update.profile import Deadline, Role, UpdateProfile
from harness.record.left_out import NotApplicable
from harness.record.trace import Recorder
from simulator.update.declared import DeviceFile
from simulator.update.targets.agent import AGENT
from simulator.update.targets.device import GATEWAY

PROFILES = {Role.AGENT: DeviceFile.read(AGENT).profile, Role.DEVICE: DeviceFile.read(GATEWAY).profile}
for _role in Role:
    for _part in ("commands", "updates", "failures", "connections", "agents"):
        if (_role, _part) not in {(Role.AGENT, "agents"), (Role.DEVICE, "commands")}:
            import_module(f"suites.update.{_role}.scenarios.{_part}")
THOSE = [
    pytest.param(role, one, id=one.name)
    for role in Role
    for one in SCENARIOS.values()
    if one.drive.__module__.startswith(f"suites.update.{role}.")
]


def _check(role: Role, scenario: Scenario, profile: UpdateProfile) -> None:
    """In virtual time, as a dry run does it."""

    async def main() -> None:
        check_demands(role, scenario, profile, Recorder())

    with asyncio.Runner(loop_factory=partial(new_loop, Clock.VIRTUAL)) as runner:
        runner.run(main())


def _lacking(role: Role, scenario: Scenario, profile: UpdateProfile) -> str:
    with pytest.raises(NotReachedError) as ended:
        _check(role, scenario, profile)
    return str(ended.value)


@pytest.mark.parametrize(("role", "scenario"), THOSE)
def test_scenario_lacks_nothing_where_every_deadline_is_given(role: Role, scenario: Scenario) -> None:
    _check(role, scenario, PROFILES[role])


def test_agent_s_scenario_names_every_deadline_that_it_waits_for_and_no_other() -> None:
    profile = replace(PROFILES[Role.AGENT], deadlines={})

    assert _lacking(Role.AGENT, SCENARIOS["unknown_baseline"], profile) == (
        "nobody knows how long to wait: the profile needs identify = 60, download = 60, cleanup = 60 in [deadlines]"
    )
    assert "needs identify = 60 in [deadlines]" in _lacking(Role.AGENT, SCENARIOS["unidentifiable"], profile)
    _check(Role.AGENT, SCENARIOS["incomplete"], replace(profile, deadlines={Deadline.IDENTIFY: 5}))


@pytest.mark.parametrize("name", [name for name in Deadline if name is not Deadline.ROLLBACK])
def test_device_s_whole_update_waits_for_every_phase(name: Deadline) -> None:
    profile = PROFILES[Role.DEVICE]
    rest = {one: seconds for one, seconds in profile.deadlines.items() if one is not name}

    told = _lacking(Role.DEVICE, SCENARIOS["device_update"], replace(profile, deadlines=rest))

    assert f"needs {name} = 60 in [deadlines]" in told


def test_demand_that_is_not_met_comes_before_any_deadline() -> None:
    profile = replace(PROFILES[Role.AGENT], components=(), deadlines={})

    with pytest.raises(NotApplicable):
        _check(Role.AGENT, SCENARIOS["whole_update"], profile)
