"""Initial, active, restart, and initial again. System mode."""

from harness.suite import Episode, Mode, covers, given
from suites.udmi.windows import IN_TIME


@covers("mode.active-by-config")
def test_device_that_is_to_be_active_is(modes: Episode) -> None:
    modes.lifecycle.is_at(Mode.ACTIVE, IN_TIME, modes.config("active").act)


@covers("mode.active-by-config")
def test_device_that_was_restarted_can_be_made_active_again(modes: Episode) -> None:
    modes.lifecycle.is_at(Mode.ACTIVE, IN_TIME, modes.config("active again").act)


@covers("mode.restart-is-announced")
def test_restart_is_announced(modes: Episode) -> None:
    with given("the device was active"):
        modes.lifecycle.is_at(Mode.ACTIVE, IN_TIME, modes.config("active").act)

    modes.lifecycle.is_at(Mode.RESTART, IN_TIME, modes.config("restart").act)


@covers("mode.initial-after-start")
def test_device_is_initial_after_a_restart_by_config(modes: Episode) -> None:
    modes.lifecycle.starts_as(Mode.INITIAL, modes.config("restart").act)


@covers("mode.initial-after-start")
def test_device_is_initial_after_a_power_cut(restart_by_hand: Episode) -> None:
    restart_by_hand.lifecycle.starts_as(Mode.INITIAL, restart_by_hand.provocation("power cut"))


@covers("mode.restart-is-told")
def test_restart_by_config_is_told(modes: Episode) -> None:
    modes.lifecycle.tells_of_its_start(modes.config("restart").act)


@covers("mode.restart-is-told")
def test_power_cut_is_told(restart_by_hand: Episode) -> None:
    restart_by_hand.lifecycle.tells_of_its_start(restart_by_hand.provocation("power cut"))


@covers("mode.restart-happens-once")
def test_restart_happens_once(modes: Episode) -> None:
    modes.lifecycle.starts_once(modes.config("restart").act)
