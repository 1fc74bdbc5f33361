"""The evidence of a judgement: the records that it looked at, and what it measured."""

import pytest

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Elapsed, no_less_than, within
from harness.judging.verdicts.evidence import Due, Evidence, Measured, aside


def test_figure_is_told_with_its_limit() -> None:
    evidence = Evidence()

    evidence.measure("answered after", Elapsed(0.25, 1.25), within(5))

    assert evidence.measured == [Measured("answered after", 0.25, 1.25, "within 5 s", 0, 5)]


def test_figure_of_a_control_is_not_noted() -> None:
    evidence = Evidence()

    with aside():
        evidence.measure("answered after", Elapsed(1.25, 1.25), within(5))

    assert evidence.measured == []


def test_figure_after_a_control_that_failed_is_noted() -> None:
    evidence = Evidence()
    with pytest.raises(AssertionError), aside():
        raise AssertionError

    evidence.measure("answered after", Elapsed(1.25, 1.25), within(5))

    assert len(evidence.measured) == 1


def test_figure_that_has_no_upper_limit_has_none() -> None:
    evidence = Evidence()

    evidence.measure("distance", Elapsed(1.25, 1.25), no_less_than(1))

    assert (evidence.measured[0].earliest, evidence.measured[0].latest) == (1, None)


@pytest.mark.parametrize(("telemetry", "end"), [(None, 105.0), (103.0, 103.0), (110.0, 105.0), (90.0, 100.0)])
def test_window_is_noted_in_the_time_of_the_record(telemetry: float | None, end: float) -> None:
    evidence = Evidence()

    evidence.awaits(within(5), Stimulus(3, 4, 100.0, 101.0, "the config"), telemetry)

    assert evidence.due == [Due(100.0, end, "within 5 s")]


def test_window_of_a_control_is_not_noted() -> None:
    evidence = Evidence()

    with aside():
        evidence.awaits(within(5), Stimulus(3, 4, 100.0, 101.0, "the config"))

    assert evidence.due == []


def test_place_is_noted_once() -> None:
    evidence = Evidence()

    evidence.rests_on(4, 7)
    evidence.rests_on(7, 5)

    assert evidence.places == [4, 7, 5]
