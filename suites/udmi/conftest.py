"""pytest looks for fixtures here; each scenario is one, and gives its episode."""

import pytest

from harness.protocols.udmi.suite import Episode
from suites.udmi.scenarios.broken import *
from suites.udmi.scenarios.configs import *
from suites.udmi.scenarios.connections import *
from suites.udmi.scenarios.etags import *
from suites.udmi.scenarios.expiries import *
from suites.udmi.scenarios.pointsets import *
from suites.udmi.scenarios.samples import *
from suites.udmi.scenarios.system import *
from suites.udmi.scenarios.writes import *


@pytest.fixture
def episode(request: pytest.FixtureRequest) -> Episode:
    """That of the scenario which `across` names."""
    of: Episode = request.getfixturevalue(request.param)
    return of
