"""The value_state of a point before the next telemetry, and the states that it does not owe."""

from contextlib import nullcontext

import pytest

from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import NotObserved
from harness.protocols.udmi.judging.telemetry_window import before_telemetry_or
from harness.protocols.udmi.words.messages import Telemetry, ValueState
from tests.protocols.udmi.judging.history_builder import (
    APPLIED,
    FAILURE,
    INVALID,
    OVERRIDDEN,
    UPDATING,
    history,
    moment,
)


def test_telemetry_before_updating_is_too_early() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=1, damper=0.0).state(at=2, damper=UPDATING)

    with pytest.raises(NotObserved, match="but telemetry came first"):
        told.closed(at=9).write("write").becomes(UPDATING, before_telemetry_or(5))


def test_write_that_is_applied_before_either_limit_owes_no_updating() -> None:
    told = history().sent("write", damper=30.0).state(at=5, damper=APPLIED).telemetry(at=5, damper=30.0)

    assert told.closed(at=9).write("write").becomes(UPDATING, before_telemetry_or(5)).value_state is APPLIED


@pytest.mark.parametrize("word", [FAILURE, INVALID, OVERRIDDEN])
def test_write_that_came_to_an_error_before_either_limit_owes_no_updating(word: ValueState) -> None:
    told = history().sent("write", damper=30.0).state(at=1, damper=word).telemetry(at=2, damper=0.0)

    assert told.closed(at=9).write("write").becomes(UPDATING, before_telemetry_or(5)).value_state is word


def test_write_that_comes_to_an_error_after_the_next_telemetry_owes_an_updating() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=1, damper=0.0).state(at=2, damper=FAILURE)

    with pytest.raises(NotObserved, match=r"should become updating .* but never did"):
        told.closed(at=9).write("write").becomes(UPDATING, before_telemetry_or(5))


def test_write_that_is_applied_beyond_the_limit_owes_an_updating() -> None:
    told = history().sent("write", damper=30.0).state(at=5.000001, damper=APPLIED)

    with pytest.raises(NotObserved, match=r"should become updating .* but never did"):
        told.closed(at=9).write("write").becomes(UPDATING, before_telemetry_or(5))


def test_write_that_is_applied_after_the_next_telemetry_owes_an_updating() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=1, damper=0.0).state(at=2, damper=APPLIED)

    with pytest.raises(NotObserved, match=r"should become updating .* but never did"):
        told.closed(at=9).write("write").becomes(UPDATING, before_telemetry_or(5))


def test_write_that_is_applied_in_time_owes_an_updating_to_a_window_of_time_alone() -> None:
    with pytest.raises(NotObserved, match="but never did"):
        history().sent("write", damper=30.0).state(at=2, damper=APPLIED).closed(at=9).write("write").becomes(
            UPDATING, within(5)
        )


def test_telemetry_is_no_matter_to_a_window_of_time_alone() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=1, damper=0.0).state(at=2, damper=UPDATING)

    assert told.closed(at=9).write("write").becomes(UPDATING, within(5)).value_state is UPDATING


def test_telemetry_after_updating_is_in_order_even_at_the_same_instant() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=UPDATING).telemetry(at=2, damper=0.0)

    assert told.closed(at=9).write("write").becomes(UPDATING, before_telemetry_or(5)).value_state is UPDATING


def test_telemetry_in_flight_when_the_config_arrives_does_not_close_the_window() -> None:
    told = history().sending("write", damper=30.0).telemetry(at=1, damper=0.0).arrived(at=1)
    write = told.state(at=2, damper=UPDATING).closed(at=9).write("write")

    assert write.becomes(UPDATING, before_telemetry_or(5)).value_state is UPDATING


def test_telemetry_that_may_have_left_before_the_config_arrived_does_not_close_the_window() -> None:
    told = history(allowance=1).sent("write", damper=30.0).telemetry(at=1.999999, damper=0.0)
    write = told.state(at=3, damper=UPDATING).closed(at=9).write("write")

    assert write.becomes(UPDATING, before_telemetry_or(5)).value_state is UPDATING


def test_telemetry_that_surely_left_after_the_config_arrived_closes_the_window() -> None:
    told = history(allowance=1).sent("write", damper=30.0).telemetry(at=2.001, damper=0.0).state(at=3, damper=UPDATING)

    with pytest.raises(NotObserved, match="but telemetry came first"):
        told.closed(at=9).write("write").becomes(UPDATING, before_telemetry_or(5))


@pytest.mark.parametrize("partial", [True, None])
def test_telemetry_of_other_points_is_not_the_next_one_if_it_says_that_it_is_partial(*, partial: bool | None) -> None:
    told = history().sent("write", damper=30.0).message(Telemetry(moment(1), "1", {"valve": 0.0}, partial), at=1)
    write = told.state(at=2, damper=UPDATING).closed(at=9).write("write")

    with nullcontext() if partial else pytest.raises(NotObserved, match="but telemetry came first"):
        write.becomes(UPDATING, before_telemetry_or(5))


def test_partial_telemetry_of_the_point_is_the_next_one() -> None:
    told = history().sent("write", damper=30.0).message(Telemetry(moment(1), "1", {"damper": 0.0}, partial=True), at=1)

    with pytest.raises(NotObserved, match="but telemetry came first"):
        told.state(at=2, damper=UPDATING).closed(at=9).write("write").becomes(UPDATING, before_telemetry_or(5))


def test_write_that_telemetry_shows_before_a_state_may_say_so_owes_no_updating() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=1, damper=30.0).state(at=2, damper=APPLIED)

    assert told.closed(at=9).write("write").becomes(UPDATING, before_telemetry_or(5)).value_state is APPLIED


def test_window_that_telemetry_closes_ends_there() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=3, damper=1.0).state(at=4, damper=UPDATING)
    write = told.closed(at=70).write("write")

    with pytest.raises(NotObserved, match="telemetry came first"):
        write.becomes(UPDATING, before_telemetry_or(5))

    assert [due.end for due in write.evidence.due] == [moment(3)]
