"""Ties every judgement to the requirement that it decides, and leaves out those of other specs."""

import pytest

from harness.errors import UsageError
from harness.plugin.run import DECIDES, RUN, give_up


@pytest.hookimpl(tryfirst=True)
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
        wanted = run.spec in requirement.levels and (not only or requirement.id in only)
        run.judgements[requirement.id] += run.spec in requirement.levels
        (kept if wanted else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def _only(config: pytest.Config) -> set[str]:
    """The requirements that the operator asked for; none where all are wanted."""
    try:
        return {config.stash[RUN].catalogue[typed].id for typed in config.option.only or ()}
    except UsageError as error:
        give_up(config, UsageError(f"--only: {error}"))
