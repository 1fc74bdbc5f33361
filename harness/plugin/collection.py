"""Ties every judgement to the requirement that it decides, and leaves out those of other specs."""

from collections.abc import Iterator, Sequence

import pytest

from harness.driving.scenario import SCENARIOS
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
        is_of_the_spec = all(run.spec in run.catalogue[name].levels for name in (requirement.id, *_about(item)))
        wanted = is_of_the_spec and (not only or requirement.id in only)
        run.judgements[requirement.id] += is_of_the_spec
        (kept if wanted else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def _about(item: pytest.Item) -> Iterator[str]:
    """What the scenarios are about that the judgement asks for."""
    for name in asked_for_by(item):
        if name in SCENARIOS and (about := SCENARIOS[name].about):
            yield about


def asked_for_by(item: pytest.Item) -> Sequence[str]:
    """Its fixtures, and the scenario that it is to be made in where it is made in several."""
    callspec = getattr(item, "callspec", None)
    chosen = callspec.params.get("episode") if callspec else None
    return [*getattr(item, "fixturenames", ()), *([chosen] if isinstance(chosen, str) else [])]


def _only(config: pytest.Config) -> set[str]:
    """The requirements that the operator asked for; none where all are wanted."""
    try:
        return {config.stash[RUN].catalogue[typed].id for typed in config.option.only or ()}
    except UsageError as error:
        give_up(config, UsageError(f"--only: {error}"))
