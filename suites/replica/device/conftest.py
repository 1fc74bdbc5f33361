"""pytest looks for fixtures here; each scenario is one, and gives its episode."""

from suites.replica.device.scenarios.answers import *
from suites.replica.device.scenarios.changes import *
from suites.replica.device.scenarios.connections import *
