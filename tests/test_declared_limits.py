"""Limits of a suite as data: which of them a profile may stretch, how far, and what is used then."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from math import inf, nan

import pytest

from harness.suite_limits import (
    LimitInForce,
    NoLimits,
    in_force,
    longest_stretch,
    set_by,
    slip_in,
    stretchable,
    stretched,
)


@dataclass(frozen=True, kw_only=True)
class Lamp:
    """The limits of a lamp."""

    lit: float = set_by("the lamp's standard", 5)
    warm: float = stretchable(20)
    cold: float = stretchable(30)

    @property
    def patience(self) -> float:
        """Longer than it takes."""
        return self.warm + 2


def test_limits_are_the_usual_ones_where_nothing_is_stretched() -> None:
    assert stretched(Lamp, {}) == Lamp(lit=5, warm=20, cold=30)


def test_limit_that_no_source_sets_is_stretched_and_its_wait_follows() -> None:
    limits = stretched(Lamp, {"warm": 40})

    assert (limits.warm, limits.patience, limits.cold) == (40, 42, 30)


@pytest.mark.parametrize(
    ("asked", "seconds"), [({}, 0), ({"warm": 40}, 20), ({"warm": 25, "cold": 33}, 5), ({"cold": 30}, 0)]
)
def test_longest_stretch_is_that_of_one_limit(asked: Mapping[str, float], seconds: float) -> None:
    assert longest_stretch(stretched(Lamp, asked)) == seconds
    assert longest_stretch(NoLimits()) == 0


def test_what_is_in_force_says_what_is_usual_and_what_sets_it() -> None:
    assert in_force(stretched(Lamp, {"warm": 40})) == {
        "lit": LimitInForce(5, 5, "the lamp's standard"),
        "warm": LimitInForce(40, 20, None),
        "cold": LimitInForce(30, 30, None),
    }


@pytest.mark.parametrize(
    ("name", "seconds", "words"),
    [
        ("lit", 9, "it is set by the lamp's standard, so no profile stretches it; those that it may are warm, cold"),
        ("lit", 5, "it is set by the lamp's standard"),
        ("warn", 40, "there is no such limit; did you mean 'warm'?"),
        ("patience", 40, "there is no such limit; those that it may are warm, cold"),
        ("warm", 19.9, "expected seconds, from the usual 20 to 320: a limit is stretched, and never tightened"),
        ("warm", 320.1, "expected seconds"),
        ("warm", inf, "expected seconds"),
        ("warm", nan, "expected seconds"),
        ("warm", True, "expected seconds"),
        ("warm", "40", "expected seconds"),
    ],
)
def test_what_a_profile_may_not_ask_for_is_told_with_the_reason(name: str, seconds: object, words: str) -> None:
    slip = slip_in(Lamp, name, seconds)

    assert slip is not None
    assert slip.startswith(words)


@pytest.mark.parametrize("seconds", [20, 20.5, 320])
def test_profile_may_ask_for_more_time(seconds: float) -> None:
    assert slip_in(Lamp, "warm", seconds) is None


def test_suites_without_limits_have_none_to_stretch() -> None:
    assert not fields(NoLimits)
    assert slip_in(NoLimits, "warm", 40) == "there is no such limit; these suites have none that it may"
