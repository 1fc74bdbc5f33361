"""What a judgement looked at and measured."""

import pytest

from harness.judging.ledger import Ledger, aside
from harness.judging.window import within


def test_figure_is_told_with_its_limit() -> None:
    ledger = Ledger()

    ledger.measure("answered after", 1.25, within(5))

    assert [str(one) for one in ledger.measured] == ["answered after 1.250 s; required within 5 s"]


def test_figure_of_a_control_is_not_noted() -> None:
    ledger = Ledger()

    with aside():
        ledger.measure("answered after", 1.25, within(5))

    assert ledger.measured == []


def test_figure_after_a_control_that_failed_is_noted() -> None:
    ledger = Ledger()
    with pytest.raises(AssertionError), aside():
        raise AssertionError

    ledger.measure("answered after", 1.25, within(5))

    assert len(ledger.measured) == 1


def test_place_is_noted_once() -> None:
    ledger = Ledger()

    ledger.rests_on(4, 7)
    ledger.rests_on(7, 5)

    assert ledger.places == [4, 7, 5]
