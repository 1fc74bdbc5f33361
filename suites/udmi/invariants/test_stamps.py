"""Messages say when they were made. Schemas of all messages; state message."""

from harness.protocols.udmi.suite import WholeRun, covers
from suites.udmi.limits import Limits


@covers("message.timestamp-is-utc")
def test_timestamps_are_utc(whole_run: WholeRun) -> None:
    whole_run.stamps.are_utc()


@covers("config.state-carries-its-time")
def test_states_are_of_now(whole_run: WholeRun, limits: Limits) -> None:
    whole_run.stamps.are_near_now(limits.twenty_minutes)


@covers("config.state-carries-its-time")
def test_states_go_forward_in_time(whole_run: WholeRun, limits: Limits) -> None:
    whole_run.stamps.never_go_back(by=limits.clock_step)
