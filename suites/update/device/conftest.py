"""pytest looks for fixtures here; each scenario is one, and gives its episode."""

from suites.update.device.scenarios.agents import *
from suites.update.device.scenarios.connections import *
from suites.update.device.scenarios.failures import *
from suites.update.device.scenarios.updates import *
