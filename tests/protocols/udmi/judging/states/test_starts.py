"""Starts that two states tell of between them."""

import pytest

from harness.payload.values import IllTyped
from harness.protocols.udmi.judging.states.starts import has_started_between, has_started_later
from harness.protocols.udmi.words.messages import Mode, SystemState

ACTIVE, INITIAL = Mode.ACTIVE, Mode.INITIAL
BEFORE = SystemState(mode=ACTIVE, last_start=1000.0, restart_count=3)


@pytest.mark.parametrize(
    "after",
    [
        SystemState(mode=ACTIVE, last_start=1000.0, restart_count=3),
        SystemState(mode=ACTIVE, last_start=1001.0, restart_count=3),
        SystemState(mode=ACTIVE, last_start=999.0),
        SystemState(mode=ACTIVE, last_start=1002.0),
        SystemState(mode=INITIAL, restart_count=3),
        SystemState(mode=ACTIVE, last_start=None, restart_count=IllTyped("four")),
    ],
)
def test_start_that_only_jitters_is_none(after: SystemState) -> None:
    assert not has_started_between(BEFORE, after)


@pytest.mark.parametrize(
    "after",
    [
        SystemState(mode=ACTIVE, last_start=1002.1, restart_count=3),
        SystemState(mode=ACTIVE, last_start=1000.0, restart_count=4),
        SystemState(mode=ACTIVE, restart_count=4),
        SystemState(mode=INITIAL, last_start=1000.1, restart_count=3),
    ],
)
def test_start_is_told_by_its_moment_its_count_or_the_mode(after: SystemState) -> None:
    assert has_started_between(BEFORE, after)
    assert has_started_later(BEFORE, after)


def test_start_that_goes_back_is_a_start_but_no_later_one() -> None:
    after = SystemState(mode=INITIAL, last_start=0.0, restart_count=3)

    assert has_started_between(BEFORE, after)
    assert not has_started_later(BEFORE, after)


def test_mode_of_a_device_that_was_initial_before_says_nothing() -> None:
    before = SystemState(mode=INITIAL, last_start=1000.0)

    assert not has_started_between(before, SystemState(mode=INITIAL, last_start=1001.0))
