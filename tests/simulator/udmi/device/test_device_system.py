"""The simulated device itself: configs that it cannot work on, its mode, its restarts, its log."""

import pytest

from harness.protocols.udmi.words.messages import Config, Mode, PointsetConfig, Status, SystemConfig, SystemState
from simulator.udmi.operation import BOOTS_FOR
from tests.simulator.udmi.stepped import APPLIED, BEGAN, SteppedPoints, moment, stepped


def asking(mode: Mode, *, at: float) -> Config:
    """A config of that moment that asks for a mode."""
    return Config(moment(at), "1.5.7", PointsetConfig(sample_rate_sec=10), SystemConfig(100, mode=mode))


def system(device: SteppedPoints, number: int = -1) -> SystemState:
    """The system block of a state."""
    said = device.states[number].message.system
    assert said is not None
    return said


def modes(device: SteppedPoints) -> list[object]:
    """Every mode, in order, that a state told."""
    return [said.message.system.mode for said in device.states if said.message.system]


def logged(device: SteppedPoints) -> list[object]:
    """The categories of all entries, in order."""
    return [entry.category for said in device.events for entry in said.message.entries if isinstance(entry, Status)]


BROKEN = Config(moment(8), None)


def test_config_that_cannot_be_worked_on_is_reported_in_the_status_of_the_system() -> None:
    status = system(stepped().write(at=5, point=30.0).tell(BROKEN, at=8)).status

    assert isinstance(status, Status)
    assert (status.category, status.level, status.timestamp) == ("system.config.parse", 500, moment(8))
    assert status.message == "Config not understood: it has no version"


def test_config_that_cannot_be_worked_on_leaves_the_one_before_in_force() -> None:
    device = stepped().write(at=5, rate=2, point=30.0).tell(BROKEN, at=8).run(20)

    assert (device.state.last_config, device.point().value_state, device.reading()) == (moment(5), APPLIED, 30.0)
    assert [said.at for said in device.telemetry[-3:]] == [15, 17, 19]


def test_error_is_over_with_the_next_good_config() -> None:
    device = stepped().tell(BROKEN, at=8).write(at=10)

    assert (system(device).status, device.state.last_config) == (None, moment(10))


def test_config_that_cannot_be_worked_on_is_logged_as_an_error_and_not_as_applied() -> None:
    device = stepped().run(1)
    before = len(logged(device))

    device.tell(asking(Mode.INITIAL, at=3), at=3).tell(BROKEN, at=8)

    assert logged(device)[before:] == [
        "system.config.receive",
        "system.config.parse",
        "system.config.apply",
        "system.config.receive",
        "system.config.parse",
    ]


def test_device_starts_as_initial_and_logs_it() -> None:
    device = stepped()

    assert (system(device).mode, system(device).last_start, system(device).restart_count) == (Mode.INITIAL, BEGAN, 1)
    assert logged(device) == ["system.base.start", "system.base.ready"]


def test_active_device_that_is_told_to_restart_says_so_and_comes_back_as_initial() -> None:
    device = stepped().tell(asking(Mode.ACTIVE, at=5), at=5).tell(asking(Mode.RESTART, at=8), at=8).run(20)

    assert modes(device) == [Mode.INITIAL, Mode.ACTIVE, Mode.RESTART, Mode.INITIAL]
    assert (system(device).last_start, system(device).restart_count) == (moment(8 + BOOTS_FOR), 2)
    assert device.rejoined == [8 + BOOTS_FOR]
    assert logged(device)[-3:] == ["system.base.shutdown", "system.base.start", "system.base.ready"]


def test_device_that_restarts_says_nothing_and_hears_nothing_meanwhile() -> None:
    device = stepped().tell(asking(Mode.ACTIVE, at=5), at=5).tell(asking(Mode.RESTART, at=8), at=8)

    device.write(at=9, point=30.0).run(9.9)

    assert (device.states[-1].at, device.events[-1].at) == (8, 8)
    assert device.run(20).point().value_state is None


def test_initial_device_does_not_restart() -> None:
    device = stepped().tell(asking(Mode.RESTART, at=5), at=5).run(20)

    assert modes(device) == [Mode.INITIAL, Mode.INITIAL]


def test_config_without_a_mode_leaves_the_mode() -> None:
    device = stepped().tell(asking(Mode.ACTIVE, at=5), at=5).write(at=8)

    assert system(device).mode is Mode.ACTIVE


@pytest.mark.parametrize("mode", [Mode.SHUTDOWN, Mode.TERMINATE, Mode.UPDATING])
def test_mode_that_no_document_explains_is_not_obeyed(mode: Mode) -> None:
    device = stepped().tell(asking(mode, at=5), at=5).run(20)

    assert modes(device) == [Mode.INITIAL, Mode.INITIAL]
