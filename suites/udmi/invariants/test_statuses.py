"""Every status and every log entry is an entry: whole, and of values that entries have. Entries; categories."""

from harness.protocols.udmi.suite import MessageKind, ViolationKind, WholeRun, covers, throughout

ENTRIES = (MessageKind.STATE, MessageKind.SYSTEM_EVENT)


@covers("status.is-complete")
@throughout("many_points", "refused_values", "stale_write", "bad_expiries")
def test_statuses_are_complete(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(ViolationKind.ENTRY, MessageKind.STATE)


@covers("status.category-is-known")
@throughout("many_points", "refused_values", "stale_write", "bad_expiries")
def test_categories_of_entries_are_known(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(ViolationKind.CATEGORY, *ENTRIES)


@covers("status.level-in-range")
@throughout("many_points", "refused_values", "stale_write", "bad_expiries")
def test_levels_of_entries_are_between_100_and_800(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(ViolationKind.LEVEL, *ENTRIES)


@covers("status.message-is-one-line")
@throughout("many_points", "refused_values")
def test_messages_of_statuses_are_one_line(whole_run: WholeRun) -> None:
    whole_run.point_statuses.have_one_line_messages()


@covers("status.message-is-one-line")
def test_messages_of_log_entries_are_one_line(whole_run: WholeRun) -> None:
    whole_run.journal.has_one_line_messages()


@covers("status.message-names-its-point")
@throughout("many_points", "refused_values")
def test_messages_of_statuses_begin_with_their_points(whole_run: WholeRun) -> None:
    whole_run.point_statuses.name_their_points()
