"""A machine is woken while it is due, and not for ever."""

import pytest

from simulator.base.waking import MOST_WAKES, EndlessWakingError, while_due


def test_machine_is_woken_until_its_deadline_lies_ahead() -> None:
    deadlines = [3.0, 4.0, 5.0, 6.0]

    for _ in while_due("bell", lambda: deadlines[0], now=5.0):
        deadlines.pop(0)

    assert deadlines == [6.0]


def test_machine_that_stays_due_is_named_with_its_deadline() -> None:
    woken: list[None] = []

    with pytest.raises(EndlessWakingError, match=r"bell was woken 10000 times at 5\.0+ s, .* due at 4\.25"):
        woken.extend(while_due("bell", lambda: 4.25, now=5.0))

    assert len(woken) <= MOST_WAKES
