"""pytest looks for fixtures here; each scenario is one, and gives its episode."""

from suites.udmi.scenarios.configs import *
from suites.udmi.scenarios.etags import *
from suites.udmi.scenarios.expiries import *
from suites.udmi.scenarios.writes import *
