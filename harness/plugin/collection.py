"""Ties every judgement to the requirement that it decides, and leaves out those of other specs."""

import pytest

from harness.errors import UsageError
from harness.plugin.run import DECIDES, RUN, give_up


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """An unknown id stops the collection, with the nearest known one."""
    run = config.stash[RUN]
    only = _only(config)
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        marker = item.get_closest_marker("covers")
        if marker is None:
            (left_out if only else kept).append(item)
            continue
        try:
            requirement = run.catalogue[marker.args[0]]
        except UsageError as error:
            give_up(config, UsageError(f"{item.nodeid}: {error}"))
        item.stash[DECIDES] = requirement
        item.user_properties.append(("requirement", requirement.id))
        wanted = run.spec in requirement.levels and only in (None, requirement.id)
        (kept if wanted else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def _only(config: pytest.Config) -> str | None:
    """The requirement that the operator asked for, if it was just one."""
    only: str | None = config.option.only
    try:
        return only and config.stash[RUN].catalogue[only].id
    except UsageError as error:
        give_up(config, UsageError(f"--only: {error}"))
