"""The journal of a device, and when it is sent."""

from harness.payload.values import Field
from harness.protocols.udmi.words.messages import Status, SystemConfig
from simulator.udmi.deadlines import NEVER
from simulator.udmi.device_log import DeviceJournal, Writing, given_up, started, stopping, taken_in

RECEIVE, PARSE, APPLY = "system.config.receive", "system.config.parse", "system.config.apply"


def journal(
    least: Field[int] = 100, *, rate: Field[float] = 0, gathers_for: float = 0.0, at: float = 0.0
) -> DeviceJournal:
    """One that follows a config which asks for this."""
    made = DeviceJournal(Writing(gathers_for=gathers_for), "1.5.7")
    made.follow(SystemConfig(least, rate), at)
    return made


def categories(made: DeviceJournal, now: float) -> list[object]:
    """Of the entries that it tells of by now."""
    event = made.event(now)
    return [entry.category for entry in event.entries if isinstance(entry, Status)] if event else []


def test_entries_of_a_config_go_out_together_and_in_order() -> None:
    made = journal()

    made.note(taken_in(5), 5)

    assert categories(made, 5) == [RECEIVE, PARSE, APPLY]
    assert made.event(6) is None


def test_entries_below_the_least_level_are_not_kept() -> None:
    made = journal(300)

    made.note(taken_in(5), 5)

    assert categories(made, 5) == [APPLY]


def test_least_level_is_300_where_nothing_is_asked_for() -> None:
    made = journal(None)

    made.note(taken_in(5), 5)
    made.note(given_up("it has no version", 5), 5)

    assert categories(made, 5) == [APPLY, PARSE]


def test_entries_may_wait_for_others() -> None:
    made = journal(gathers_for=4)

    made.note(taken_in(5), 5)
    made.note(given_up("why", 7), 7)

    assert (made.next, categories(made, 8.9), len(categories(made, 9))) == (9, [], 5)


def test_last_entries_wait_for_nothing() -> None:
    made = journal(gathers_for=4)

    made.note(stopping(5), 5, last=True)

    assert categories(made, 5) == ["system.base.shutdown"]


def test_start_is_told_with_readiness() -> None:
    made = journal()

    made.note(started(0), 0)

    assert categories(made, 0) == ["system.base.start", "system.base.ready"]


def test_metrics_come_at_the_rate_that_is_asked_for() -> None:
    made = journal(rate=5)

    told = [now for now in range(21) if (event := made.event(now)) and event.metrics]

    assert told == [5, 10, 15, 20]


def test_metrics_come_every_ten_seconds_unasked() -> None:
    made = journal(rate=None)

    assert [now for now in range(21) if made.event(now)] == [10, 20]


def test_no_metrics_come_at_rate_zero() -> None:
    made = journal(rate=5)

    made.follow(SystemConfig(metrics_rate_sec=0), 3)

    assert (made.next, made.event(100)) == (NEVER, None)


def test_same_rate_asked_for_again_puts_nothing_off() -> None:
    made = journal(rate=5)

    made.follow(SystemConfig(100, 5), 4)

    assert made.next == 5


def test_events_are_numbered_one_by_one() -> None:
    made = journal(rate=5)
    made.note(taken_in(1), 1)

    numbers = [event.event_no for now in (1, 5, 10) if (event := made.event(now))]

    assert numbers == [1, 2, 3]


def test_entries_may_be_written_later_than_what_they_are_about() -> None:
    made = DeviceJournal(Writing(writes_after=lambda wanted: 33 if wanted == 100 else 0), "1.5.7")
    made.follow(SystemConfig(100, 0), 0)

    made.note(taken_in(5), 5)
    made.note(taken_in(7), 7)

    assert (made.next, made.event(37.9)) == (38, None)
    event = made.event(38)
    assert event is not None
    assert [entry.timestamp for entry in event.entries if isinstance(entry, Status)] == [38, 38, 38]
    assert (made.next, len(categories(made, 40))) == (40, 3)
