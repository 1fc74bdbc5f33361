"""Imports all that a run imports of Setpoint, but for suites and plugins of pytest: forks are made with it."""

import gc
import importlib
import pdb  # noqa: F401, T100 - pytest imports it in every run
import unittest  # noqa: F401 - likewise
from importlib.metadata import entry_points
from pkgutil import walk_packages

from harness import plugin, protocols
from harness.report.page.template import environment

_ALONE = "fuzzing"  # no run imports it, and with it Hypothesis

for name in plugin.pytest_plugins:
    importlib.import_module(name)
for group in ("setpoint.commands", "setpoint.targets"):
    for point in entry_points(group=group):
        point.load()
for module in walk_packages(protocols.__path__, f"{protocols.__name__}."):
    if _ALONE not in module.name.split("."):
        importlib.import_module(module.name)
for template in environment().list_templates(extensions=["j2"]):
    environment().get_template(template)
gc.collect()
gc.freeze()  # a fork looks for no garbage in it, and so shares its memory
