"""States keep their distance, whatever is going on. State message."""

from harness.protocols.udmi.suite import WholeRun, covers, throughout
from suites.udmi.limits import Limits


@covers("config.at-most-one-state-a-second")
@throughout("idle_configs", "superseded_write", "plain_write", "many_points", "changed_units", "stale_write")
def test_states_keep_a_second_apart(whole_run: WholeRun, limits: Limits) -> None:
    whole_run.states.keep_apart(limits.a_second)
