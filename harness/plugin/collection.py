"""Ties every judgement to the requirement that it decides, and leaves out those of other specs."""

import pytest

from harness.errors import UsageError
from harness.plugin.run import DECIDES, RUN, give_up


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """An unknown id stops the collection, with the nearest known one."""
    run = config.stash[RUN]
    kept, left_out = [], []
    for item in items:
        marker = item.get_closest_marker("covers")
        if marker is None:
            kept.append(item)
            continue
        try:
            requirement = run.catalogue[marker.args[0]]
        except UsageError as error:
            give_up(UsageError(f"{item.nodeid}: {error}"))
        item.stash[DECIDES] = requirement
        item.user_properties.append(("requirement", requirement.id))
        (kept if run.spec in requirement.levels else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept
