"""Which entries are sent, and what stands in them. Config message; entries."""

from harness.protocols.udmi.suite import Episode, Extra, WholeRun, covers, throughout
from suites.udmi.limits import Limits


@covers("logging.least-level")
def test_entries_below_what_is_asked_for_are_not_sent(
    quiet_config: Episode, broken_configs: Episode, limits: Limits
) -> None:
    broken_configs.journal.has_one_below(400)

    quiet_config.journal.tells_nothing_below(400, quiet_config.config("quiet").stimulus, takes_in=limits.takes_in)


@covers("logging.least-level")
def test_entries_below_300_are_not_sent_unasked(
    unknown_fields: Episode, broken_configs: Episode, limits: Limits
) -> None:
    broken_configs.journal.has_one_below(300)

    unknown_fields.journal.tells_nothing_below(
        300, unknown_fields.config(Extra.MESSAGE).stimulus, takes_in=limits.takes_in
    )


@covers("logging.entries-are-whole")
@throughout("broken_configs")
def test_entries_have_all_that_belongs_to_one(whole_run: WholeRun) -> None:
    whole_run.journal.entries_are_whole()


@covers("logging.event-numbers")
def test_events_of_the_system_and_their_numbers(broken_configs: Episode) -> None:
    broken_configs.metrics.observe_their_numbers()
