"""pytest looks for fixtures here; each scenario is one, and gives its episode."""

from echo_protocol.suites.scenarios import *
