"""Configs that cannot be worked on: the one before stays in force. Config sequence, hard errors."""

from harness.protocols.udmi.suite import APPLIED, ConfigFlaw, Episode, covers, each, given, within
from suites.udmi.limits import Limits

_PARSE = "system.config.parse"


@covers("erroneous.is-reported")
@each("flaw", ConfigFlaw)
def test_config_that_cannot_be_worked_on_is_reported(broken_configs: Episode, flaw: ConfigFlaw, limits: Limits) -> None:
    broken_configs.broken_config(flaw).is_reported(within(limits.said), category=_PARSE, level=500)


@covers("erroneous.last-config-stays")
@each("flaw", ConfigFlaw)
def test_last_config_does_not_move(broken_configs: Episode, flaw: ConfigFlaw) -> None:
    broken_configs.broken_config(flaw).is_not_named()


@covers("erroneous.config-before-stays")
@each("flaw", ConfigFlaw)
def test_write_before_stays_in_force(broken_configs: Episode, flaw: ConfigFlaw, limits: Limits) -> None:
    write = broken_configs.write("writable")
    with given("the write was applied"):
        write.becomes(APPLIED, within(limits.in_time))

    broken_configs.broken_config(flaw).leaves_in_force(write)


@covers("erroneous.other-statuses-stay")
@each("flaw", ConfigFlaw)
def test_other_statuses_stay(broken_configs: Episode, flaw: ConfigFlaw) -> None:
    broken_configs.broken_config(flaw).touches_no_other_status()


@covers("erroneous.is-over-with-a-good-config")
@each("flaw", ConfigFlaw)
def test_error_is_over_with_a_good_config(broken_configs: Episode, flaw: ConfigFlaw, limits: Limits) -> None:
    broken_configs.odd_config(f"good after {flaw}").is_over(within(limits.said))


@covers("erroneous.is-over-with-a-good-config")
@each("flaw", ConfigFlaw)
def test_good_config_after_it_is_taken_up(broken_configs: Episode, flaw: ConfigFlaw, limits: Limits) -> None:
    with given("a config before them is taken up"):
        broken_configs.config("wordy").is_named(within(limits.in_time))

    broken_configs.config(f"good after {flaw}").is_named(within(limits.said))


@covers("erroneous.device-goes-on")
def test_telemetry_goes_on_at_its_rate(broken_configs: Episode, limits: Limits) -> None:
    broken_configs.broken_config("watched").holds_nothing_up(sample_rate=2, give_or_take=limits.late_by)


@covers("erroneous.device-goes-on")
def test_device_does_not_start_anew(broken_configs: Episode) -> None:
    broken_configs.lifecycle.is_never_started()


@covers("erroneous.device-goes-on")
def test_device_is_there_after_every_broken_config(broken_configs: Episode, limits: Limits) -> None:
    broken_configs.survival.never_falls_silent(for_seconds=limits.silent)


@covers("erroneous.is-logged")
@each(("category", "level"), [("system.config.receive", 100), (_PARSE, 500)])
def test_config_that_cannot_be_worked_on_is_logged(
    broken_configs: Episode, category: str, level: int, limits: Limits
) -> None:
    watched = broken_configs.config("watched")
    broken_configs.journal.exists()

    broken_configs.journal.tells(watched, category, within(limits.a_log), level=level)


@covers("erroneous.is-logged")
def test_config_that_cannot_be_worked_on_is_not_said_to_be_applied(broken_configs: Episode) -> None:
    watched = broken_configs.config("watched")

    broken_configs.journal.does_not_tell(watched, "system.config.apply")
