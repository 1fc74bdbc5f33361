"""Lamps that share nothing with Setpoint get verdicts, and only true ones: of each, what is expected and no more.

All run at the same time, each in three runs: most of a run is waiting.
"""

import asyncio
from collections.abc import Mapping, Sequence
from importlib.util import find_spec

import pytest

from harness.broker.mosquitto import installed
from harness.errors import UsageError
from harness.judging.requirements.requirement import Catalogue
from live.independent import Told
from live.replica_devices.judged_lamp import EXPECTED, Expected, judged

_APART = 2  # seconds: a start takes a core for as long
_REFUSED = ("refusal.no-hot-loop", "refusal.goes-on")  # these take a third of the time of a run
_LEFT = ("refusal.", "silence.")  # and these another, with the rest of what is refused, or not answered


def _parts(expected: Expected) -> list[Sequence[str]]:
    """The requirements, by the run in which they are asked."""
    if expected.only:
        return [expected.only]
    spec = f"replica-{expected.scheme}"
    every = [
        one.id
        for one in Catalogue.read()
        if one.subject == "replica-device" and spec in one.levels and not one.untested
    ]
    left = [one for one in every if one.startswith(_LEFT) and one not in _REFUSED]
    return [_REFUSED, left, [one for one in every if one not in (*_REFUSED, *left)]]


def _is_there(expected: Expected) -> bool:
    return expected.device != "sdk_lamp" or find_spec("awsiot") is not None


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sequence[Told]]:
    """Of every lamp, by its name."""
    try:
        installed("mosquitto")
    except UsageError as error:
        pytest.skip(str(error))
    jobs = [(name, part) for name, expected in EXPECTED.items() if _is_there(expected) for part in _parts(expected)]
    jobs.sort(key=lambda job: bool(EXPECTED[job[0]].only))  # the short ones last

    async def every() -> list[Told]:
        return await asyncio.gather(
            *(
                judged(EXPECTED[name], part, tmp_path_factory.mktemp(name), after=_APART * place)
                for place, (name, part) in enumerate(jobs)
            )
        )

    told = asyncio.run(every())
    return {name: [one for (of, _), one in zip(jobs, told, strict=True) if of == name] for name in EXPECTED}


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("name", EXPECTED)
def test_lamp_is_told_what_it_breaks_and_nothing_else(runs: Mapping[str, Sequence[Told]], name: str) -> None:
    if not _is_there(EXPECTED[name]):
        pytest.skip("pip install -e .[aws]")
    verdicts = {of: str(one.verdict) for told in runs[name] for of, one in told.requirements.items()}
    output = "\n".join(told.output for told in runs[name])

    assert {of: verdict for of, verdict in verdicts.items() if verdict != "pass"} == EXPECTED[name].verdicts, output
    assert max(told.code for told in runs[name]) == EXPECTED[name].code, output
