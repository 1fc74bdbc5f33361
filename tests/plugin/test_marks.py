"""A mark of a judgement that names what there is not stops the collection: nothing of it is dropped in silence."""

from pathlib import Path

import pytest

from tests.runs import Run, run_suites

pytestmark = pytest.mark.process


_SUITE = """\
from harness.protocols.udmi.suite import *
from suites.udmi.scenarios.writes import plain_write, many_points



@pytest.fixture
def episode(request):
    return request.getfixturevalue(request.param)


{scenario}


{mark}
def test_it({asks}: Episode) -> None:
    pass
"""


def _collected(folder: Path, mark: str, asks: str = "plain_write", scenario: str = "") -> Run:
    suite = folder / "test_ours.py"
    suite.write_text("import pytest\n" + _SUITE.format(mark=mark, asks=asks, scenario=scenario))
    return run_suites(folder / "reports", str(suite), "-k", "test_it")


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("@covers('writeback.applid')", "unknown requirement 'writeback.applid'; did you mean 'writeback.applied'?"),
        ("@covers('writeback.applied', 'etag.is-reportd')", "unknown requirement 'etag.is-reportd'; did you mean"),
        ("@covers('writeback.applied')\n@covers('etag.is-reportd')", "did you mean 'etag.is-reported'?"),
        (
            "@covers('writeback.applied', 'etag.is-reported')",
            "a judgement decides one requirement, and this one covers writeback.applied, etag.is-reported",
        ),
        (
            "@covers('writeback.applied')\n@covers('etag.is-reported')",
            "a judgement decides one requirement, and this one covers etag.is-reported, writeback.applied",
        ),
        ("@covers('writeback.applied', also='etag.is-reportd')", "did you mean 'etag.is-reported'?"),
        ("@covers(['writeback.applied', 'etag.is-reported'])", "unknown requirement \"['writeback.applied', "),
        ("@covers()", "a judgement decides one requirement, and this one covers none"),
    ],
)
def test_judgement_that_does_not_name_one_known_requirement_stops_the_collection(
    tmp_path: Path, mark: str, told: str
) -> None:
    run = _collected(tmp_path, mark)

    assert run.code == 3, run.output
    assert "setpoint: ::test_it: " in run.output
    assert told in run.output
    assert "driving" not in run.output


@pytest.mark.parametrize(
    ("mark", "asks", "told"),
    [
        ("@throughout('plain_wirte')", "whole_run", "there is no scenario 'plain_wirte'; did you mean 'plain_write'?"),
        ("@across('plain_wirte')", "episode", "there is no scenario 'plain_wirte'; did you mean 'plain_write'?"),
        ("@across('plain_write')\n@throughout('plain')", "whole_run, episode", "there is no scenario 'plain'"),
    ],
)
def test_judgement_that_names_an_unknown_scenario_stops_the_collection(
    tmp_path: Path, mark: str, asks: str, told: str
) -> None:
    run = _collected(tmp_path, f"@covers('writeback.applied')\n{mark}", asks)

    assert run.code == 3, run.output
    assert told in run.output
    assert "driving" not in run.output


def test_scenario_about_an_unknown_requirement_stops_the_collection(tmp_path: Path) -> None:
    scenario = (
        "@scenario(sample_rate=2, about='writeback.applid')\n"
        "async def ours(cloud: Cloud, device: Device) -> None:\n    await cloud.listen(1)"
    )

    run = _collected(tmp_path, "@covers('writeback.applied')", "ours", scenario)

    assert run.code == 3, run.output
    assert "unknown requirement 'writeback.applid'; did you mean 'writeback.applied'?" in run.output


def test_judgement_that_names_one_requirement_is_made(tmp_path: Path) -> None:
    run = _collected(tmp_path, "@covers('writeback.applied')\n@across('plain_write')", "episode")

    assert run.code == 0, run.output
    assert "driving 1 scenario " in run.output


def test_parameter_that_is_called_as_a_scenario_has_nothing_driven(tmp_path: Path) -> None:
    suite = tmp_path / "test_theirs.py"
    suite.write_text(
        "import pytest\nfrom suites.udmi.scenarios.writes import plain_write as _known\n\n\n"
        "@pytest.mark.parametrize('plain_write', [1, 2])\n"
        "def test_it(plain_write: int) -> None:\n    assert plain_write\n"
    )

    run = run_suites(tmp_path / "reports", str(suite), "-k", "test_it")

    assert "driving" not in run.output
    assert "2 passed" in run.output
