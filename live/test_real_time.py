"""Behind Mosquitto or connected to us, with TLS or without, a device gets the verdicts that it gets in virtual time."""

import asyncio
from collections.abc import Mapping

import pytest

from harness.broker.mosquitto import installed
from harness.errors import UsageError
from live.road import Road, drive
from tests.runs import Run, run_suites

ROADS = [Road(listens=listens, tls=tls) for listens in (False, True) for tls in (False, True)]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Run]:
    """Every road at the same time: most of a run is waiting."""
    try:
        installed("mosquitto")
    except UsageError as error:
        pytest.skip(str(error))

    async def all_roads() -> list[Run]:
        return await asyncio.gather(*(drive(road, tmp_path_factory.mktemp(road.scheme)) for road in ROADS))

    return dict(zip([road.scheme for road in ROADS], asyncio.run(all_roads()), strict=True))


@pytest.fixture(scope="module")
def virtual(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The same device in virtual time."""
    return run_suites(tmp_path_factory.mktemp("virtual"))


@pytest.mark.timeout(900)
@pytest.mark.parametrize("scheme", [road.scheme for road in ROADS])
def test_verdicts_are_those_of_virtual_time(runs: Mapping[str, Run], virtual: Run, scheme: str) -> None:
    assert runs[scheme].code == 0, runs[scheme].output
    seen = {judgement: verdict for judgement, verdict in runs[scheme].verdicts.items() if verdict != "out of view"}
    assert seen == {judgement: virtual.verdicts[judgement] for judgement in seen}
    assert runs[scheme].verdicts.keys() == virtual.verdicts.keys()


@pytest.mark.parametrize("scheme", [road.scheme for road in ROADS])
def test_only_what_takes_long_is_out_of_view(runs: Mapping[str, Run], scheme: str) -> None:
    unseen = {
        finding["story"]
        for requirement in runs[scheme].results["requirements"]
        for finding in requirement["findings"]
        if finding["verdict"] == "out of view"
    }

    assert unseen == {"open_rates takes 11 minutes of real time: --long drives it as well"}


@pytest.mark.parametrize("secret", ["word-of-the-device", "word-of-the-cloud"])
def test_no_password_is_written_anywhere(runs: Mapping[str, Run], secret: str) -> None:
    for run in runs.values():
        assert secret not in run.output
        assert all(secret not in file.read_text(encoding="utf-8") for file in run.folder.iterdir())
