"""Every config is answered. Config and state sequence."""

from harness.protocols.udmi.suite import INVALID, Episode, covers, each, given, within
from suites.udmi.limits import Limits


@covers("config.is-answered")
def test_config_that_changes_nothing_is_answered(idle_configs: Episode, limits: Limits) -> None:
    idle_configs.config("idle").is_answered(within(limits.in_time))


@covers("config.is-answered-in-5-s")
def test_config_that_changes_nothing_is_answered_within_5_s(idle_configs: Episode, limits: Limits) -> None:
    idle_configs.config("idle").is_answered(within(limits.answer))


@covers("config.is-answered-in-5-s")
def test_write_is_answered_within_5_s(plain_write: Episode, limits: Limits) -> None:
    plain_write.config("write").is_answered(within(limits.answer))


@covers("config.last-config-is-its-timestamp")
def test_last_config_is_the_timestamp_of_the_config(plain_write: Episode, limits: Limits) -> None:
    plain_write.config("write").is_named(within(limits.in_time))


@covers("config.last-config-is-its-timestamp")
def test_last_config_is_the_timestamp_of_a_config_that_changes_nothing(idle_configs: Episode, limits: Limits) -> None:
    idle_configs.config("idle").is_named(within(limits.in_time))


@covers("config.soft-error-acknowledges")
def test_config_with_a_bad_write_is_taken_up(refused_values: Episode, plain_write: Episode, limits: Limits) -> None:
    with given("a config with a good write is taken up"):
        plain_write.config("write").is_named(within(limits.in_time))
    with given("the write was refused"):
        refused_values.write("out of range").becomes(INVALID, within(limits.in_time))

    refused_values.config("write beyond").is_named(within(limits.answer))


@covers("config.soft-error-acknowledges")
def test_config_with_many_bad_writes_is_taken_up(many_points: Episode, plain_write: Episode, limits: Limits) -> None:
    with given("a config with a good write is taken up"):
        plain_write.config("write").is_named(within(limits.in_time))

    many_points.config("write").is_named(within(limits.answer))


@covers("config.updating-is-flagged")
def test_device_flags_that_it_is_updating(write_before_telemetry: Episode) -> None:
    write_before_telemetry.write("late").flags_the_device()


@covers("config.updating-flag-clears")
def test_flag_is_gone_once_the_write_has_settled(write_before_telemetry: Episode, limits: Limits) -> None:
    write_before_telemetry.write("late").leaves_no_flag(within(limits.in_time))


@covers("config.unsolicited-state")
def test_change_of_units_is_reported_without_a_config(changed_units: Episode, limits: Limits) -> None:
    point = changed_units.write("in new units").point
    changed_units.states.tell_units(point)

    changed_units.states.speak_up(within(limits.in_time), changed_units.provocation("units changed"), about=point)


@covers("config.unsolicited-state")
@each(("label", "stimulus"), [("overridden", "let go"), ("overridden", "taken again"), ("faulty", "mended")])
def test_local_change_is_reported_without_a_config(
    many_points: Episode, label: str, stimulus: str, limits: Limits
) -> None:
    point = many_points.write(label).point

    many_points.states.speak_up(within(limits.in_time), many_points.provocation(stimulus), about=point)
