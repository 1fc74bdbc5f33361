"""A plugin for pytest: the simulated device on a bench that has no hands, so that nothing can be provoked."""

from typing import NoReturn

import pytest

from harness.provocations.provocation import CannotProvoke, Provocation
from simulator.udmi import target


async def _refuse(_provoker: object, provocation: Provocation) -> NoReturn:
    raise CannotProvoke(provocation, "this bench has no hands")


def pytest_configure() -> None:
    """Before anything is driven."""
    pytest.MonkeyPatch().setattr(target._Control, "provoke", _refuse)  # noqa: SLF001 - the simulator's own way
