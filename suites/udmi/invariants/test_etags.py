"""state_etag: it is there, it is short, and it changes with the state that it names and with nothing else. Etag."""

from harness.protocols.udmi.suite import WholeRun, covers, throughout
from suites.udmi.limits import Limits


@covers("etag.is-reported")
@throughout("plain_write", "many_points", "stale_write", "changed_units", "expiring_writes")
def test_states_carry_an_etag(whole_run: WholeRun) -> None:
    whole_run.etags.are_there()


@covers("etag.is-a-short-string")
@throughout("plain_write")
def test_etags_are_strings_of_at_most_32_characters(whole_run: WholeRun, limits: Limits) -> None:
    whole_run.etags.are_short_strings(at_most=limits.longest_etag)


@covers("etag.changes-with-state")
@throughout("plain_write", "many_points", "changed_units", "expiring_writes")
def test_no_etag_names_two_states(whole_run: WholeRun) -> None:
    whole_run.etags.never_name_two_states()


@covers("etag.stays-with-state")
@throughout("idle_configs")
def test_etag_stays_while_nothing_changes(whole_run: WholeRun) -> None:
    whole_run.etags.stay_with_their_state()
