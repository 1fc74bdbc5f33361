"""A refused value is in force nowhere. Writeback, section value_state."""

from harness.protocols.udmi.suite import WholeRun, covers, throughout


@covers("writeback.refused-value-is-not-shown")
@throughout("many_points", "refused_values", "stale_write", "bad_expiries", "changed_units")
def test_no_refused_value_is_ever_shown(whole_run: WholeRun) -> None:
    whole_run.refusals.are_never_shown()
