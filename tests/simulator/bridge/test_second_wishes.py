"""A wish that comes while the device is at another is not lost, whatever the device does with it."""

import pytest

from harness.protocols.update.profile import OnNewDesiredState
from tests.simulator.bridge.bridged import AT_FIRST, Bridged, versions_in


def _rejecting() -> Bridged:
    life = Bridged(policy=OnNewDesiredState.REJECT)
    life.connect()
    return life


@pytest.mark.parametrize("policy", [*OnNewDesiredState])
def test_second_wish_is_applied_whatever_the_device_does_while_it_is_at_the_first(policy: OnNewDesiredState) -> None:
    life = Bridged(policy=policy)
    life.connect()
    life.desire({"containers:web": "1.1"})
    life.wait(1.0)

    life.desire({"lab:probe": "2"})
    life.wait()

    assert life.reported == {**AT_FIRST, "containers:web": "1.1", "lab:probe": "2"}
    assert "delta" not in life.state


def test_wish_waits_behind_what_somebody_else_desired_of_a_device_that_rejects() -> None:
    life = _rejecting()
    life.desires_beside({"lab": {"probe": "2"}})
    life.wait(1.0)

    life.desire({"containers:web": "1.1"})
    assert life.desired == []
    life.wait()

    assert life.reported == {**AT_FIRST, "containers:web": "1.1", "lab:probe": "2"}


def test_wish_that_is_taken_back_while_it_waits_is_not_desired() -> None:
    life = _rejecting()
    life.desire({"containers:web": "1.1"})
    life.wait(1.0)
    life.desire({"lab:probe": "2"})

    life.desire({"lab:probe": None})
    life.wait()

    assert len(life.desired) == 1
    assert life.reported == {**AT_FIRST, "containers:web": "1.1"}


def test_wish_waits_no_longer_than_an_update_takes_for_a_device_that_forgets_it() -> None:
    life = _rejecting()
    life.desire({"containers:web": "1.1"})
    life.wait(1.0)
    life.reset()
    life.desire({"lab:probe": "2"})
    assert len(life.desired) == 1

    life.wait(120.0)

    assert life.reported["lab:probe"] == "2"


def test_second_wish_that_fails_is_tried_once_behind_the_first() -> None:
    life = _rejecting()
    life.desire({"containers:web": "1.1"})
    life.wait(1.0)
    life.desire({"containers:web": "9.1"})

    life.wait(600.0)

    assert [versions_in(one)["containers:web"] for one in life.desired] == ["1.1", "9.1"]
    assert life.state["delta"] == {"software": {"containers:web": "9.1"}}
