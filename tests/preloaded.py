"""Imports all that a run imports of Setpoint: its plugins of pytest, commands and targets. Forks are made with it."""

import importlib
from importlib.metadata import entry_points

from harness import plugin

for name in plugin.pytest_plugins:
    importlib.import_module(name)
for group in ("setpoint.commands", "setpoint.targets"):
    for point in entry_points(group=group):
        point.load()
