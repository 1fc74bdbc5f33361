"""pytest looks for fixtures here; each scenario is one, and gives its episode."""

from suites.update.agent.scenarios.commands import *
from suites.update.agent.scenarios.connections import *
from suites.update.agent.scenarios.failures import *
from suites.update.agent.scenarios.updates import *
