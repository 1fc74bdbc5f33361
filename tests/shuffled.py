"""A pytest plugin for the tests: judges only some of the judgements, in another order. `SHUFFLED` is the seed."""

import os
import random

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Half of them, at random."""
    chance = random.Random(os.environ["SHUFFLED"])  # noqa: S311 - no secret
    items[:] = chance.sample(items, k=len(items) // 2)
