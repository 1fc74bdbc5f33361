"""Messages say when they were made. Schemas of all messages; state message."""

from harness.suite import WholeRun, covers

TWENTY_MINUTES = 1200  # no document sets a limit; UDMI's own sequencer takes no state that is older


@covers("message.timestamp-is-utc")
def test_timestamps_are_utc(whole_run: WholeRun) -> None:
    whole_run.stamps.are_utc()


@covers("config.state-carries-its-time")
def test_states_are_of_now(whole_run: WholeRun) -> None:
    whole_run.stamps.are_near_now(TWENTY_MINUTES)


@covers("config.state-carries-its-time")
def test_states_go_forward_in_time(whole_run: WholeRun) -> None:
    whole_run.stamps.never_go_back()
