"""Update agents that share nothing with Setpoint get verdicts, and only true ones: what is expected, and no more.

All run at the same time, each in one run: most of it is waiting.
"""

import asyncio
from collections.abc import Mapping

import pytest

from harness.broker.mosquitto import installed
from harness.errors import UsageError
from live.independent import Told
from live.update_agents.judged_agent import EXPECTED, judged

_APART = 2  # seconds: a start takes a core for as long


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Told]:
    """Of every agent, by its name."""
    try:
        installed("mosquitto")
    except UsageError as error:
        pytest.skip(str(error))

    async def every() -> list[Told]:
        return await asyncio.gather(
            *(
                judged(expected, expected.only, tmp_path_factory.mktemp(name), after=_APART * place)
                for place, (name, expected) in enumerate(EXPECTED.items())
            )
        )

    return dict(zip(EXPECTED, asyncio.run(every()), strict=True))


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("name", EXPECTED)
def test_agent_is_told_what_it_breaks_and_nothing_else(runs: Mapping[str, Told], name: str) -> None:
    told = runs[name]
    verdicts = {of: str(one.verdict) for of, one in told.requirements.items()}

    odd = {of: verdict for of, verdict in verdicts.items() if verdict != "pass"}
    assert odd == EXPECTED[name].verdicts, told.output
    assert told.code == EXPECTED[name].code, told.output
