"""pytest looks for fixtures here; each scenario is one, and gives its episode."""

from suites.replica.service.scenarios.access import *
from suites.replica.service.scenarios.aws import *
from suites.replica.service.scenarios.deltas import *
from suites.replica.service.scenarios.documents import *
from suites.replica.service.scenarios.flows import *
from suites.replica.service.scenarios.refusals import *
from suites.replica.service.scenarios.versions import *
