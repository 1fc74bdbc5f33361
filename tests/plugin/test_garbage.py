"""How often a run looks for garbage, and whose business that is afterwards."""

import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

import pytest

from harness.plugin.loop import collect_rarely


@dataclass
class _Config:
    cleanups: list[Callable[[], None]] = field(default_factory=list)

    def add_cleanup(self, cleanup: Callable[[], None]) -> None:
        """As pytest's own has it."""
        self.cleanups.append(cleanup)


def test_garbage_is_looked_for_as_before_once_the_run_is_over() -> None:
    before, config = gc.get_threshold(), _Config()

    collect_rarely(cast("pytest.Config", config))
    meanwhile, frozen = gc.get_threshold(), gc.get_freeze_count()
    for cleanup in config.cleanups:
        cleanup()

    assert meanwhile[0] > before[0]
    assert frozen
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)
