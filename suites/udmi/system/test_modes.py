"""Initial, active, restart, and initial again. System mode."""

from harness.protocols.udmi.suite import Episode, Mode, covers, given, within
from suites.udmi.limits import Limits


@covers("mode.active-by-config")
def test_device_that_is_to_be_active_is(modes: Episode, limits: Limits) -> None:
    modes.lifecycle.is_at(Mode.ACTIVE, within(limits.in_time), modes.config("active").stimulus)


@covers("mode.active-by-config")
def test_device_that_was_restarted_can_be_made_active_again(modes: Episode, limits: Limits) -> None:
    modes.lifecycle.is_at(Mode.ACTIVE, within(limits.in_time), modes.config("active again").stimulus)


@covers("mode.restart-is-announced")
def test_restart_is_announced(modes: Episode, limits: Limits) -> None:
    with given("the device was active"):
        modes.lifecycle.is_at(Mode.ACTIVE, within(limits.in_time), modes.config("active").stimulus)

    modes.lifecycle.is_at(Mode.RESTART, within(limits.in_time), modes.config("restart").stimulus)


@covers("mode.initial-after-start")
def test_device_is_initial_after_a_restart_by_config(modes: Episode) -> None:
    modes.lifecycle.starts_as(Mode.INITIAL, modes.config("restart").stimulus)


@covers("mode.initial-after-start")
def test_device_is_initial_after_a_power_cut(restart_by_hand: Episode) -> None:
    restart_by_hand.lifecycle.starts_as(Mode.INITIAL, restart_by_hand.provocation("power cut"))


@covers("mode.restart-is-told")
def test_restart_by_config_is_told(modes: Episode) -> None:
    modes.lifecycle.tells_of_its_start(modes.config("restart").stimulus)


@covers("mode.restart-is-told")
def test_power_cut_is_told(restart_by_hand: Episode) -> None:
    restart_by_hand.lifecycle.tells_of_its_start(restart_by_hand.provocation("power cut"))


@covers("mode.restart-happens-once")
def test_restart_happens_once(modes: Episode, limits: Limits) -> None:
    modes.lifecycle.starts_once(modes.config("restart").stimulus, watched_for=limits.starts_once_in)
