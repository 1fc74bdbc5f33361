"""How far the device's clock is off, and what that makes of a time that is to come."""

import pytest

from harness.judging.timing.clock_offset import ClockOffset
from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.protocols.udmi.words.messages import PointsetState, PointState, State, SystemState
from tests.protocols.udmi.judging.history_builder import APPLIED, HistoryBuilder, history, moment
from tests.udmi_1_5 import VERSION


def test_clock_of_a_device_that_said_nothing_is_taken_for_right() -> None:
    assert ClockOffset.of([], 1.0) == ClockOffset()


def test_stamp_of_the_future_proves_a_clock_that_is_ahead() -> None:
    assert ClockOffset.of([(100.25, 100.5), (103.5, 102.0)], 1.0) == ClockOffset(ahead=1.5)


def test_stamp_that_is_older_than_its_way_proves_a_clock_that_is_behind() -> None:
    assert ClockOffset.of([(100.5, 110.0), (106.500_2, 110.000_2)], 1.0) == ClockOffset(behind=2.5)


def test_message_that_took_its_time_proves_nothing() -> None:
    assert ClockOffset.of([(100.5, 101.4), (102.5, 103.0)], 1.0) == ClockOffset()


def test_clock_of_whole_seconds_may_have_cut_off_nearly_one() -> None:
    assert ClockOffset.of([(100.0, 100.9), (102.0, 103.2)], 0.0) == ClockOffset()
    assert ClockOffset.of([(100.0, 103.5), (102.0, 106.0)], 0.0) == ClockOffset(behind=2.5)


def _states(builder: HistoryBuilder, skew: float, *said: tuple[float, bool]) -> HistoryBuilder:
    """States that are stamped by a clock which is so much ahead: damper applied, or free."""
    for at, is_applied in said:
        points = {"damper": PointState(APPLIED if is_applied else None), "valve": PointState()}
        state = State(moment(at + skew), VERSION, SystemState(), PointsetState("e", points))
        builder = builder.message(state, at=at)
    return builder


@pytest.mark.parametrize("skew", [2.0, -2.0])
def test_write_expires_by_the_clock_of_the_device(skew: float) -> None:
    builder = history().sent("write", damper=30.0, expiry=10.0)
    episode = _states(builder, skew, (1.25, True), (10.3 - skew, False), (14.0, False)).closed(at=20)

    write = episode.write("write")
    write.stays(APPLIED, until=write.expiry)
    write.becomes(None, within(5), since=write.expiry)


@pytest.mark.parametrize(("skew", "ends"), [(0.0, 9.0), (2.0, 7.5)])
def test_write_that_ends_before_its_expiry_by_any_clock_is_told(skew: float, ends: float) -> None:
    builder = history().sent("write", damper=30.0, expiry=10.0)
    episode = _states(builder, skew, (1.25, True), (ends, False), (14.25, False)).closed(at=20)

    write = episode.write("write")
    with pytest.raises(NotObserved):
        write.stays(APPLIED, until=write.expiry)


@pytest.mark.parametrize(("skew", "words"), [(6.0, "6.0 s ahead of ours"), (-7.5, "7.5 s behind ours")])
def test_expiry_cannot_be_judged_by_a_clock_that_is_far_off(skew: float, words: str) -> None:
    episode = _states(history().sent("write", damper=30.0), skew, (1.25, True)).closed(at=20)

    with pytest.raises(CouldNotTest, match=words):
        _ = episode.write("write").expiry


@pytest.mark.parametrize("stamped", [1000.400, 1000.0])
def test_clock_is_not_behind_by_what_a_stamp_rounds_away(stamped: float) -> None:
    assert ClockOffset.of([(stamped, stamped + 0.000_003), (stamped + 2, stamped + 2.000_9)], 0.0).behind == 0.0


def test_clock_that_stamps_finer_than_milliseconds_is_behind_by_little() -> None:
    assert ClockOffset.of([(1000.400_1, 1000.400_103)], 0.0).behind == pytest.approx(0.000_003, abs=1e-6)
