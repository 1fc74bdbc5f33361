"""Configs that cannot be worked on: the one before stays in force. Config sequence, hard errors."""

from harness.suite import APPLIED, Episode, Flaw, covers, each, given, within
from suites.udmi.windows import A_LOG, IN_TIME

_SAID_WITHIN = within(10)  # no source sets a time here; UDMI's own sequencer waits so long
_PARSE = "system.config.parse"


@covers("erroneous.is-reported")
@each("flaw", Flaw)
def test_config_that_cannot_be_worked_on_is_reported(broken_configs: Episode, flaw: Flaw) -> None:
    broken_configs.broken_config(flaw).is_reported(_SAID_WITHIN, category=_PARSE, level=500)


@covers("erroneous.last-config-stays")
@each("flaw", Flaw)
def test_last_config_does_not_move(broken_configs: Episode, flaw: Flaw) -> None:
    broken_configs.broken_config(flaw).is_not_named()


@covers("erroneous.config-before-stays")
@each("flaw", Flaw)
def test_write_before_stays_in_force(broken_configs: Episode, flaw: Flaw) -> None:
    write = broken_configs.write("writable")
    with given("the write was applied"):
        write.becomes(APPLIED, IN_TIME)

    broken_configs.broken_config(flaw).leaves_in_force(write)


@covers("erroneous.other-statuses-stay")
@each("flaw", Flaw)
def test_other_statuses_stay(broken_configs: Episode, flaw: Flaw) -> None:
    broken_configs.broken_config(flaw).touches_no_other_status()


@covers("erroneous.is-over-with-a-good-config")
@each("flaw", Flaw)
def test_error_is_over_with_a_good_config(broken_configs: Episode, flaw: Flaw) -> None:
    broken_configs.odd_config(f"good after {flaw}").is_over(_SAID_WITHIN)


@covers("erroneous.is-over-with-a-good-config")
@each("flaw", Flaw)
def test_good_config_after_it_is_taken_up(broken_configs: Episode, flaw: Flaw) -> None:
    with given("a config before them is taken up"):
        broken_configs.config("wordy").is_named(IN_TIME)

    broken_configs.config(f"good after {flaw}").is_named(_SAID_WITHIN)


@covers("erroneous.device-goes-on")
def test_telemetry_goes_on_at_its_rate(broken_configs: Episode) -> None:
    broken_configs.broken_config("watched").holds_nothing_up(sample_rate=2)


@covers("erroneous.device-goes-on")
def test_device_does_not_start_anew(broken_configs: Episode) -> None:
    broken_configs.lifecycle.is_never_started()


@covers("erroneous.is-logged")
@each(("category", "level"), [("system.config.receive", 100), (_PARSE, 500)])
def test_config_that_cannot_be_worked_on_is_logged(broken_configs: Episode, category: str, level: int) -> None:
    watched = broken_configs.config("watched")

    broken_configs.journal.tells(watched, category, A_LOG, level=level)


@covers("erroneous.is-logged")
def test_config_that_cannot_be_worked_on_is_not_said_to_be_applied(broken_configs: Episode) -> None:
    watched = broken_configs.config("watched")

    broken_configs.journal.does_not_tell(watched, "system.config.apply")
