"""The whole run as a fixture: judgements on it ask for no scenario, and name those that they cannot do without."""

from collections.abc import Iterable

import pytest

from harness.driving.scenario import SCENARIOS
from harness.judging.whole_run import WholeRun
from harness.plugin.run import RUN, WHOLE_RUN


@pytest.fixture
def whole_run(request: pytest.FixtureRequest) -> WholeRun:
    """All that passed, for one judgement."""
    return request.config.stash[WHOLE_RUN].afresh()


def asked_for_throughout(item: pytest.Item) -> list[str]:
    """The scenarios that a judgement on the whole run is to see at least, or all; no clauses that the spec lacks."""
    if "whole_run" not in getattr(item, "fixturenames", ()):
        return []
    marker = item.get_closest_marker("throughout")
    named: Iterable[str] = marker.args if marker else SCENARIOS
    if unknown := set(named) - set(SCENARIOS):
        raise ValueError(f"{item.nodeid}: there is no scenario {', '.join(sorted(unknown))}")
    run = item.config.stash[RUN]
    clauses = {name: SCENARIOS[name].about for name in named}
    return [name for name, about in clauses.items() if about is None or run.spec in run.catalogue[about].levels]
