"""Scenarios for a device that take a replica which is played are told from those that any replica does for."""

import inspect
from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import NoReturn

import pytest

import suites.replica.device.conftest  # noqa: F401 - makes the scenarios known
from harness.driving.scenario import SCENARIOS, Scenario
from harness.protocols.replica.driving.device.watched_replica import WatchedReplica
from harness.protocols.replica.words.flow import A_FLOW

OF_THE_DEVICE = [one for one in SCENARIOS.values() if one.drive.__module__.startswith("suites.replica.device.")]
PLAYED_ALONE = {
    name
    for name, method in inspect.getmembers(WatchedReplica, inspect.isfunction)
    if inspect.signature(method).return_annotation is NoReturn
}


def _called(code: CodeType, known: dict[str, object]) -> Iterator[str]:
    """The names that a function uses, and those that its helpers in the same module use."""
    for name in code.co_names:
        yield name
        helper = known.get(name)
        if isinstance(helper, FunctionType) and helper.__module__.startswith("suites."):
            yield from _called(helper.__code__, known)


@pytest.mark.parametrize("scenario", OF_THE_DEVICE, ids=lambda one: one.name)
def test_scenario_begins_in_a_flow_where_it_makes_the_replica_do_nothing_odd(scenario: Scenario) -> None:
    drive = scenario.drive
    assert isinstance(drive, FunctionType)

    odd = PLAYED_ALONE & set(_called(drive.__code__, drive.__globals__))

    assert (scenario.begins_in == A_FLOW) is not bool(odd), odd
