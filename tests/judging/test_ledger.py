"""What a judgement looked at and measured."""

import pytest

from harness.judging.act import Act
from harness.judging.ledger import Due, Ledger, Measured, aside
from harness.judging.window import Elapsed, no_less_than, within


def test_figure_is_told_with_its_limit() -> None:
    ledger = Ledger()

    ledger.measure("answered after", Elapsed(0.25, 1.25), within(5))

    assert ledger.measured == [Measured("answered after", 0.25, 1.25, "within 5 s", 0, 5)]


def test_figure_of_a_control_is_not_noted() -> None:
    ledger = Ledger()

    with aside():
        ledger.measure("answered after", Elapsed(1.25, 1.25), within(5))

    assert ledger.measured == []


def test_figure_after_a_control_that_failed_is_noted() -> None:
    ledger = Ledger()
    with pytest.raises(AssertionError), aside():
        raise AssertionError

    ledger.measure("answered after", Elapsed(1.25, 1.25), within(5))

    assert len(ledger.measured) == 1


def test_figure_that_has_no_upper_limit_has_none() -> None:
    ledger = Ledger()

    ledger.measure("distance", Elapsed(1.25, 1.25), no_less_than(1))

    assert (ledger.measured[0].earliest, ledger.measured[0].latest) == (1, None)


@pytest.mark.parametrize(("telemetry", "end"), [(None, 105.0), (103.0, 103.0), (110.0, 105.0), (90.0, 100.0)])
def test_window_is_noted_in_the_time_of_the_record(telemetry: float | None, end: float) -> None:
    ledger = Ledger()

    ledger.awaits(within(5), Act(3, 4, 100.0, 101.0, "the config"), telemetry)

    assert ledger.due == [Due(100.0, end, "within 5 s")]


def test_window_of_a_control_is_not_noted() -> None:
    ledger = Ledger()

    with aside():
        ledger.awaits(within(5), Act(3, 4, 100.0, 101.0, "the config"))

    assert ledger.due == []


def test_place_is_noted_once() -> None:
    ledger = Ledger()

    ledger.rests_on(4, 7)
    ledger.rests_on(7, 5)

    assert ledger.places == [4, 7, 5]
