"""pytest looks for fixtures here; each scenario is one, and gives its episode."""

from suites.replica.service.scenarios.flows import *
