"""The network delay that a run shows, and how limits are widened by it."""

from collections.abc import Sequence

import pytest

from harness.judging.timing.network_delay import NetworkDelay
from harness.protocols.udmi.judging.network_survey import network_delay_of
from harness.protocols.udmi.words.messages import State, SystemState
from tests.protocols.udmi.judging.history_builder import HistoryBuilder, history, moment
from tests.udmi_1_5 import VERSION


def run(
    *, late: Sequence[float] = (0.0,), answers: float = 0.05, puback: float = 0.01, count: int = 25, stamps: float = 0.5
) -> HistoryBuilder:
    """So many configs, ten seconds apart, each with its answer; answers are so late, in turn, by their own stamps."""
    told = history(allowance=1.0)
    for number in range(count):
        at = 10.0 * number + 5
        came = at + answers + late[number % len(late)]
        told.sending(f"config {number}", at=at).arrived(at=at + puback)
        made = moment(at + answers) if stamps else float(int(moment(at + answers)))
        told.message(State(made, VERSION, SystemState(moment(at))), at=came)
    return told


def measured(told: HistoryBuilder) -> float | None:
    """Seconds."""
    return network_delay_of(told.closed(at=300).history).measured


def test_road_is_twice_as_wide_as_all_that_was_seen_of_it() -> None:
    assert measured(run(late=(0.0, 0.1))) == pytest.approx(2 * 0.15)
    assert measured(run(answers=0.3)) == pytest.approx(2 * 0.3)
    assert measured(run(puback=0.4)) == pytest.approx(2 * 0.4)


def test_no_road_is_better_than_a_fifth_of_a_second() -> None:
    assert measured(run(answers=0.001, puback=0.0)) == 0.2


def test_one_message_that_was_late_tells() -> None:
    assert measured(run(late=(*(0.0 for _ in range(24)), 0.4))) == pytest.approx(2 * 0.45)


@pytest.mark.parametrize("count", [9, 19])
def test_few_messages_tell_nothing(count: int) -> None:
    assert measured(run(count=count)) is None


def test_clock_of_whole_seconds_tells_nothing() -> None:
    assert measured(run(stamps=0)) is None


def test_message_without_a_timestamp_leaves_the_road_unknown() -> None:
    assert measured(run().message(State(None, VERSION, SystemState(moment(0))), at=260)) is None


def test_device_that_takes_its_time_for_every_answer_tells_nothing() -> None:
    assert measured(run(answers=2.5)) is None


def test_device_that_names_no_config_tells_nothing() -> None:
    told = history(allowance=1.0)
    for number in range(25):
        told.sending("config", at=number * 10).arrived(at=number * 10).state(at=number * 10 + 0.1)

    assert measured(told) is None


@pytest.mark.parametrize(("measured", "used"), [(None, 1.0), (0.3, 0.3), (2.0, 1.0)])
def test_what_was_measured_makes_no_limit_wider(measured: float | None, used: float) -> None:
    assert NetworkDelay(1.0, measured).used == used
