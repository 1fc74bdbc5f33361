"""The command line, checked before anything is done."""

from pathlib import Path

import pytest

from harness.clock import Clock
from harness.errors import HarnessError, UsageError
from harness.judging.requirement import Catalogue
from harness.plugin.run import RUN, Run, give_up
from harness.target import Recording, Target, resolve, varied


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of ours."""
    group = parser.getgroup("setpoint", "Setpoint: which device, how it is driven, where the reports go")
    group.addoption("--device", metavar="TARGET", help="what to test: sim (the default), sim:FILE, trace:FILE, …")
    group.addoption("--clock", metavar="CLOCK", help="virtual or real; by default what suits the device")
    group.addoption(
        "--only",
        metavar="ID",
        action="append",
        help="judge this requirement alone, and drive what that needs; may be given several times",
    )
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


def chosen_device(config: pytest.Config) -> Target | Recording:
    """What the operator wants tested. Raises UsageError where it is not there, or cannot be had so."""
    device = resolve(config.option.device or "sim")
    if isinstance(device, Recording):
        for option in ("variant", "clock"):
            if config.getoption(option):
                raise UsageError(f"--{option} asks for another drive, but a recording has been driven already")
        return device
    return varied(device, config.option.variant) if config.option.variant else device


def wants_judgement(config: pytest.Config) -> bool:
    """Whether the operator asked for something that only judgements can give."""
    options = ("device", "clock", "only", "variant", "validity")
    return any(config.getoption(option) for option in options)


def chosen_clock(config: pytest.Config) -> Clock | None:
    """What the operator typed. Raises UsageError, with what is possible."""
    typed: str | None = config.option.clock
    if typed is None:
        return None
    try:
        return Clock(typed)
    except ValueError:
        raise UsageError(f"--clock is {typed!r}; expected {' or '.join(repr(str(clock)) for clock in Clock)}") from None
