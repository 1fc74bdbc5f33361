"""The command line, checked before anything is done."""

from pathlib import Path

import pytest

from harness.clock import Clock
from harness.errors import HarnessError, UsageError
from harness.judging.requirement import Catalogue
from harness.plugin.run import RUN, Run, give_up


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of ours."""
    group = parser.getgroup("setpoint", "Setpoint: which device, how it is driven, where the reports go")
    group.addoption("--device", default="sim", metavar="TARGET", help="what to test: sim, sim:FILE, trace:FILE, …")
    group.addoption("--clock", metavar="CLOCK", help="virtual or real; by default what suits the device")
    group.addoption("--only", metavar="ID", help="judge this requirement alone, and drive what that needs")
    group.addoption("--variant", metavar="ID", help="let the simulated device break a clause, or be odd")
    group.addoption("--reports", type=Path, metavar="DIR", help="where runs land (default: reports/)")
    group.addoption("--validity", action="store_true", help="see every judgement fail, and print the matrix")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse what cannot be, and read the catalogue."""
    config.addinivalue_line("markers", "covers(id): the requirement that a judgement decides")
    try:
        config.stash[RUN] = Run(Catalogue.read())
        chosen_clock(config)
        if config.getoption("numprocesses", None):
            raise UsageError("-n would drive the device once per worker; run without it, judging takes no time")
    except HarnessError as error:
        give_up(config, error)


def chosen_clock(config: pytest.Config) -> Clock | None:
    """What the operator typed. Raises UsageError, with what is possible."""
    typed: str | None = config.option.clock
    if typed is None:
        return None
    try:
        return Clock(typed)
    except ValueError:
        raise UsageError(f"--clock is {typed!r}; expected {' or '.join(repr(str(clock)) for clock in Clock)}") from None
