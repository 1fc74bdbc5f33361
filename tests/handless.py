"""A plugin for pytest: the simulated device on a bench that has no hands, so that nothing can be provoked."""

from typing import NoReturn

import pytest

from harness.provocations.provocation import CannotProvoke, Provocation
from simulator.udmi.target import SimTarget


def _refuse(_target: SimTarget, provocation: Provocation) -> NoReturn:
    raise CannotProvoke(provocation, "this bench has no hands")


def pytest_configure() -> None:
    """Before anything is driven."""
    pytest.MonkeyPatch().setattr(SimTarget, "event_of", _refuse)
