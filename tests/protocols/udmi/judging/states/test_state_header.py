"""The header of states beside their points, and configs that leave something out."""

import pytest

from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.payload.values import IllTyped
from harness.protocols.udmi.words.messages import State, Status, SystemState
from tests.protocols.udmi.judging.history_builder import HistoryBuilder, history, moment
from tests.udmi_1_5 import VERSION


def stamped(*stamps: float) -> HistoryBuilder:
    """States that come at 0, 10, 20 … and say that they were made then."""
    told = history()
    for number, stamp in enumerate(stamps):
        told.message(State(moment(stamp), VERSION, SystemState(moment(0), operational=True)), at=10.0 * number)
    return told


def ask_for_the_time(told: HistoryBuilder) -> None:
    """The question of these tests."""
    told.closed(at=60).state_header.tell_their_time(at_most=1200, give_or_take=5)


@pytest.mark.parametrize("offset", [0, 1199, -1199, 0.5])
def test_clock_that_is_off_by_less_than_twenty_minutes_is_near_enough(offset: float) -> None:
    ask_for_the_time(stamped(offset, 10 + offset, 20 + offset))


@pytest.mark.parametrize(("offset", "off"), [(1201, "20 min ahead"), (-1201, "20 min behind")])
def test_clock_that_is_farther_off_is_an_accusation(offset: float, off: str) -> None:
    with pytest.raises(NotObserved, match=f"is {off}"):
        ask_for_the_time(stamped(offset, 10 + offset))


def test_state_that_is_older_than_another_by_more_than_the_tolerance_is_an_accusation() -> None:
    with pytest.raises(NotObserved, match=r"was 6\.0 s older than another"):
        ask_for_the_time(stamped(0, 10, 14))


def test_state_that_is_older_as_we_heard_it_late_is_none() -> None:
    ask_for_the_time(stamped(0, 10, 14).stalled(1.1, at=20))
    with pytest.raises(NotObserved, match=r"was 6\.0 s older than another"):
        ask_for_the_time(stamped(0, 10, 14).stalled(1.1, at=9))


def test_state_without_a_time_is_an_accusation() -> None:
    with pytest.raises(NotObserved, match=r"its timestamp is \(absent\)"):
        ask_for_the_time(history().message(State(version=VERSION), at=1))


@pytest.mark.parametrize("operational", [False, None, IllTyped("yes")])
def test_device_that_does_not_say_that_it_is_operational_is_accused(*, operational: IllTyped | bool | None) -> None:
    told = history().system(SystemState(moment(0), operational=operational), at=1)

    with pytest.raises(NotObserved, match="operational"):
        told.closed(at=2).state_header.are_operational()


def test_states_without_a_word_on_the_device_leave_it_undecided() -> None:
    with pytest.raises(Undecided, match="no state had a system block"):
        history().message(State(moment(1), VERSION), at=1).closed(at=2).state_header.are_operational()


def test_states_that_say_nothing_new_are_counted_by_the_minute() -> None:
    told = history()
    for at in (0, 10, 20, 30):
        told.state(at=at, last_config=0)
    episode = told.closed(at=60)

    episode.state_header.observe_repetitions()

    assert episode.evidence.observed == ["3 of 4 states say nothing new, 3.0 a minute"]


def test_states_that_all_say_something_new_are_said_to() -> None:
    told = history()
    for at in (0, 10):
        told.state(at=at, last_config=at)
    episode = told.closed(at=60)

    episode.state_header.observe_repetitions()

    assert episode.evidence.observed == ["every state says something new"]


def test_field_that_is_not_known_and_upsets_the_device_is_an_accusation() -> None:
    error = Status("What is that?", "system.config.parse", 500, moment(2))
    told = history().state(at=0, last_config=0).sent("odd", at=1).system(SystemState(moment(1), status=error), at=2)

    with pytest.raises(NotObserved, match=r"the system has a status of 'system\.config\.parse'"):
        told.closed(at=3).odd_config("odd").upsets_nobody()


def test_error_that_was_there_before_is_not_held_against_the_device() -> None:
    error = SystemState(moment(1), status=Status("The fan is stuck", "device.fan.stuck", 500, moment(-9)))

    told = history().system(error, at=0).sent("odd", at=1).system(error, at=2)

    told.closed(at=3).odd_config("odd").upsets_nobody()
