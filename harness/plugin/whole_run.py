"""Fixtures of judgements beside scenarios: the limits of their suite, and the whole run with what it is to show."""

from collections.abc import Sequence

import pytest

from harness.driving.scenario import SCENARIOS, Scenario, known_scenario
from harness.errors import UsageError
from harness.judging.history import History
from harness.judging.whole_run import WholeRun
from harness.plugin.run import LIMITS, RUN, WHOLE_RUN
from harness.protocol import subject_of


@pytest.fixture
def limits(pytestconfig: pytest.Config) -> object:
    """The suite's own `Limits`, as the profile of what is judged stretches them."""
    return pytestconfig.stash[LIMITS]


@pytest.fixture
def whole_run(pytestconfig: pytest.Config) -> WholeRun[History]:
    """All that passed, for one judgement."""
    return pytestconfig.stash[WHOLE_RUN].afresh()


def asked_for_throughout(item: pytest.Item) -> list[str]:
    """The scenarios that a judgement on the whole run is to see at least, or all of its subject.

    Left out are those about a clause that the spec lacks. Raises UsageError where it names an unknown scenario, or one
    of another subject.
    """
    if "whole_run" not in getattr(item, "fixturenames", ()):
        return []
    run = item.config.stash[RUN]
    spec = run.of(item).spec
    needed = ((scenario, scenario.about) for scenario in _throughout(item))
    return [scenario.name for scenario, about in needed if about is None or spec in run.catalogue[about].levels]


def _throughout(item: pytest.Item) -> Sequence[Scenario]:
    subject = subject_of(getattr(getattr(item, "module", None), "__name__", ""))
    marker = item.get_closest_marker("throughout")
    if marker is None:
        return [scenario for scenario in SCENARIOS.values() if scenario.subject == subject]
    named = [known_scenario(name) for name in marker.args]
    if strange := [scenario for scenario in named if scenario.subject != subject]:
        kinds = [kind.name if kind else "no subject that is known" for kind in (strange[0].subject, subject)]
        raise UsageError(f"the scenario {strange[0].name} is about {kinds[0]}, and this judgement about {kinds[1]}")
    return named
