"""Ties every judgement to the requirement that it decides, and leaves out those of other subjects and specs."""

from collections.abc import Iterator, Mapping, Sequence

import pytest

from harness.driving.scenario import SCENARIOS, known_scenario
from harness.errors import UsageError
from harness.judging.requirements.requirement import Catalogue, Requirement
from harness.plugin.run import DECIDES, RUN, give_up
from harness.plugin.whole_run import asked_for_throughout


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A mark that names another thing than one requirement, or an unknown scenario, stops the collection."""
    run = config.stash[RUN]
    only = _only(config)
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        try:
            requirement = _decided_by(item, run.catalogue)
            if requirement:
                item.stash[DECIDES] = requirement
            about = [run.catalogue[name] for name in _about(item)] if requirement else []
        except UsageError as error:
            give_up(config, UsageError(f"{item.nodeid}: {error}"))
        if requirement is None:
            (left_out if only else kept).append(item)
            continue
        item.user_properties.append(("requirement", requirement.id))
        run.collected[requirement.subject] += 1
        asked = run.asked_for(requirement)
        if asked is None:
            left_out.append(item)
            continue
        is_of_the_spec = all(asked.spec in each.levels for each in (requirement, *about))
        wanted = is_of_the_spec and (not only or requirement.id in only)
        run.judgements[requirement.id] += is_of_the_spec
        (kept if wanted else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def _decided_by(item: pytest.Item, catalogue: Catalogue) -> Requirement | None:
    """The requirement of a judgement; None: it is none. Raises UsageError where it does not name one, and one alone."""
    marks = list(item.iter_markers("covers"))
    named = [name for mark in marks for name in (*mark.args, *mark.kwargs.values())]
    if not marks:
        return None
    decided = [catalogue[str(name)] for name in named]
    if len(decided) != 1:
        told = ", ".join(requirement.id for requirement in decided) or "none"
        raise UsageError(f"a judgement decides one requirement, and this one covers {told}")
    return decided[0]


def _about(item: pytest.Item) -> Iterator[str]:
    """The requirements that the scenarios are about for which the judgement asks.

    Raises UsageError where it names a scenario that there is not.
    """
    asked_for_throughout(item)
    chosen = _parameters(item).get("episode")
    for name in asked_for_by(item):
        known = known_scenario(name) if name == chosen else SCENARIOS.get(name)
        if known and known.about:
            yield known.about


def asked_for_by(item: pytest.Item) -> Sequence[str]:
    """Its fixtures, and the scenario that it is to be made in where it is made in several.

    A parameter is none of them, though it may be called as a scenario is: a test of anybody's may stand beside ours.
    """
    chosen = _parameters(item).get("episode")
    fixtures = [name for name in getattr(item, "fixturenames", ()) if name not in _parameters(item)]
    return [*fixtures, *([chosen] if isinstance(chosen, str) else [])]


def _parameters(item: pytest.Item) -> Mapping[str, object]:
    callspec = getattr(item, "callspec", None)
    return callspec.params if callspec else {}


def _only(config: pytest.Config) -> set[str]:
    """The requirements that the operator asked for; none where all are wanted."""
    try:
        catalogue = config.stash[RUN].catalogue
        return {one.id for typed in config.option.only or () for one in catalogue.named(typed)}
    except UsageError as error:
        give_up(config, UsageError(f"--only: {error}"))
