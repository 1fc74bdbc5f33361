"""States keep their distance, whatever is going on. State message."""

from harness.suite import WholeRun, covers, throughout


@covers("config.at-most-one-state-a-second")
@throughout("idle_configs", "superseded_write", "plain_write", "many_points", "changed_units", "stale_write")
def test_states_keep_a_second_apart(whole_run: WholeRun) -> None:
    whole_run.states.keep_apart(1)
