"""Devices that share nothing with Setpoint get verdicts, and only true ones: of each, what is expected and no more.

They are odd in ways that were met in the field. All run at the same time: most of a run is waiting.
"""

import asyncio
from collections.abc import Mapping

import pytest

from harness.broker import mosquitto_broker
from harness.broker.mosquitto import installed
from harness.errors import UsageError
from live.independent import EXPECTED, Told, drive

_APART = 2  # seconds: a start takes a core for as long, and who is being driven meanwhile is not to wait for it


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Told]:
    """Of every device, by its name."""
    try:
        installed("mosquitto")
    except UsageError as error:
        pytest.skip(str(error))

    async def all_devices() -> list[Told]:
        async with mosquitto_broker() as broker:
            drives = (
                drive(expected, str(broker), tmp_path_factory.mktemp(name), after=_APART * place)
                for place, (name, expected) in enumerate(EXPECTED.items())
            )
            return await asyncio.gather(*drives)

    return dict(zip(EXPECTED, asyncio.run(all_devices()), strict=True))


@pytest.mark.timeout(2700)
@pytest.mark.parametrize("name", EXPECTED)
def test_device_is_told_what_it_breaks(runs: Mapping[str, Told], name: str) -> None:
    assert runs[name].broken == EXPECTED[name].broken, runs[name].output
    assert runs[name].code == EXPECTED[name].code, runs[name].output


@pytest.mark.parametrize("name", EXPECTED)
def test_nothing_is_left_open_but_by_the_device(runs: Mapping[str, Told], name: str) -> None:
    assert runs[name].unexplained(EXPECTED[name]) == []
    assert EXPECTED[name].undecided.keys() <= {of for of, _ in runs[name].left_open}
