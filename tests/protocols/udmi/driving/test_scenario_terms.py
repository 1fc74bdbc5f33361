"""A scenario of a UDMI suite says at which rate it is driven; one of another protocol says none."""

import pytest

from harness.driving.scenario import SCENARIOS, Scenario
from harness.protocols.udmi.driving.scenario_terms import terms_of
from harness.protocols.udmi.suite import scenario


async def _idle() -> None:
    """Nothing happens."""


def test_rate_is_the_one_that_the_suite_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(SCENARIOS, "_idle", raising=False)
    scenario(sample_rate=7, about="a.clause")(_idle)

    known = SCENARIOS.pop("_idle")

    assert (terms_of(known).sample_rate, known.about) == (7, "a.clause")


def test_scenario_without_a_rate_is_refused() -> None:
    with pytest.raises(TypeError, match="idle names no sample rate"):
        terms_of(Scenario("idle", _idle))
