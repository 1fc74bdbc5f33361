"""The order in which scenarios are driven: what a device may not survive comes behind."""

from types import SimpleNamespace
from typing import cast

import pytest

import suites.udmi.conftest  # noqa: F401 - it makes the scenarios known
from harness.plugin.drives import needed_by


def asking_for(*names: str) -> pytest.Item:
    """A judgement of these scenarios."""
    return cast("pytest.Item", SimpleNamespace(fixturenames=names))


def test_scenarios_come_in_order_of_first_use() -> None:
    needed = needed_by([asking_for("stale_write"), asking_for("plain_write", "stale_write")])

    assert [scenario.name for scenario in needed] == ["stale_write", "plain_write"]


def test_rough_scenarios_come_behind_gentle_ones_and_before_those_that_break_the_connection() -> None:
    needed = needed_by([asking_for("lost_link", "broken_configs", "plain_write", "refused_link", "unknown_fields")])

    assert [scenario.name for scenario in needed] == [
        "plain_write",
        "broken_configs",
        "unknown_fields",
        "refused_link",
        "lost_link",
    ]
