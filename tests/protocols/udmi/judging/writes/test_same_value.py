"""When what telemetry shows is the value that was written: types, and the tolerance of the point."""

import pytest

from harness.judging.verdicts.verdict import NotObserved
from harness.payload.same import same
from harness.payload.values import Field, IllTyped, Value
from tests.protocols.udmi.judging.history_builder import APPLIED, history


@pytest.mark.parametrize(
    ("shown", "value", "is_same"),
    [
        (21, 21.0, True),
        (21.5, 21.5, True),
        ("auto", "auto", True),
        (True, True, True),
        (1, True, False),
        (False, 0, False),
        ("30", 30, False),
        (30.000001, 30.0, False),
        (None, 30.0, False),
        (IllTyped([30.0]), 30.0, False),
        (IllTyped(30.0), 30.0, False),
    ],
)
def test_same_value_is_of_the_same_json_type(shown: Field[Value], value: Value, *, is_same: bool) -> None:
    assert same(shown, value) is is_same


@pytest.mark.parametrize(
    ("shown", "value", "tolerance", "is_same"),
    [
        (21.299999237060547, 21.3, 0.0, False),
        (21.299999237060547, 21.3, 1e-6, True),
        (21.4, 21.3, 0.1, True),
        (21.2, 21.3, 0.1, True),
        (21.41, 21.3, 0.1, False),
        (22, 21, 1, True),
        (True, 1, 1.0, False),
        (0, False, 1.0, False),
        (True, False, 1.0, False),
        ("21.3", 21.3, 1.0, False),
        ("auto", "auto", 1.0, True),
        (None, 0.0, 1.0, False),
        (0.0, None, 1.0, False),
        (IllTyped("0"), 0.0, 1.0, False),
    ],
)
def test_number_is_the_same_within_its_tolerance(
    shown: Field[Value], value: Value | None, tolerance: float, *, is_same: bool
) -> None:
    assert same(shown, value, tolerance) is is_same


def test_number_that_lost_its_last_digits_is_told_what_to_do_about_it() -> None:
    told = history().sent("write", damper=21.3).state(at=2, damper=APPLIED).telemetry(at=3, damper=21.299999237060547)

    with pytest.raises(NotObserved, match=r"is 21\.3 in single precision; in \[points\.damper\], write tolerance"):
        told.closed(at=9).write("write").is_shown(once=APPLIED)
