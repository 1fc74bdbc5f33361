"""Every status and every log entry is an entry: whole, and of values that entries have. Entries; categories."""

from harness.suite import Concern, Kind, WholeRun, covers, throughout

ENTRIES = (Kind.STATE, Kind.SYSTEM_EVENT)


@covers("status.is-complete")
@throughout("many_points", "refused_values", "stale_write", "bad_expiries")
def test_statuses_are_complete(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(Concern.ENTRY, Kind.STATE)


@covers("status.category-is-known")
@throughout("many_points", "refused_values", "stale_write", "bad_expiries")
def test_categories_of_entries_are_known(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(Concern.CATEGORY, *ENTRIES)


@covers("status.level-in-range")
@throughout("many_points", "refused_values", "stale_write", "bad_expiries")
def test_levels_of_entries_are_between_100_and_800(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(Concern.LEVEL, *ENTRIES)


@covers("status.message-is-one-line")
@throughout("many_points", "refused_values")
def test_messages_of_statuses_are_one_line(whole_run: WholeRun) -> None:
    whole_run.statuses.have_one_line_messages()


@covers("status.message-names-its-point")
@throughout("many_points", "refused_values")
def test_messages_of_statuses_begin_with_their_points(whole_run: WholeRun) -> None:
    whole_run.statuses.name_their_points()
