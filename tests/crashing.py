"""A plugin that makes Setpoint fall over in one place: the one that the environment's CRASHES_IN names."""

import os
from collections.abc import Mapping
from importlib import import_module

import pytest

_PLACE = os.environ.get("CRASHES_IN", "nowhere")
PLACES: Mapping[str, tuple[str, str]] = {
    "configuring": ("harness.plugin.options", "chosen_clock"),
    "collecting": ("harness.plugin.collection", "_only"),
    "driving": ("harness.driving.run_plan", "ScenarioRunner"),
    "reading the record": ("harness.plugin.run", "reader_for"),
    "judging": ("harness.plugin.verdicts", "finding_of"),
    "briefing": ("harness.plugin.short_reports", "verdict_of"),
    "summing up": ("harness.plugin.summary", "results_of"),
    "writing pages": ("harness.report.run_folder", "write_html"),
    "telling": ("harness.plugin.summary", "screen"),
}


def fall_over(*_arguments: object, **_options: object) -> None:
    """Stands in for a function of ours."""
    raise ZeroDivisionError("ours\x1b[31m")


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """The very end of a run is a place, too."""
    if _PLACE == "leaving":
        fall_over()


if _PLACE in PLACES:
    where, name = PLACES[_PLACE]
    module = import_module(where)
    assert hasattr(module, name), f"{module.__name__} has no {name}: this place would not crash"
    setattr(module, name, fall_over)
