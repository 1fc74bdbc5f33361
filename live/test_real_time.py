"""Behind Mosquitto or connected to us, with TLS or without, a device gets the verdicts that it gets in virtual time.

Each road hides something, and says so: packets behind Mosquitto, certificates without TLS, and whatever takes long.
"""

import asyncio
from collections.abc import Mapping

import pytest

from harness.broker.mosquitto import installed
from harness.errors import UsageError
from live.route import Route, drive
from tests.runs import Run, run_suites

_HIDDEN = "out of view"
_OF_CERTIFICATES = "connection.checks-the-certificate"
ROUTES = [Route(listens=listens, tls=tls) for listens in (False, True) for tls in (False, True)]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Run]:
    """Every road at the same time: most of a run is waiting."""
    try:
        installed("mosquitto")
    except UsageError as error:
        pytest.skip(str(error))

    async def all_roads() -> list[Run]:
        return await asyncio.gather(*(drive(route, tmp_path_factory.mktemp(route.scheme)) for route in ROUTES))

    return dict(zip([route.scheme for route in ROUTES], asyncio.run(all_roads()), strict=True))


@pytest.fixture(scope="module")
def virtual(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The same device in virtual time."""
    return run_suites(tmp_path_factory.mktemp("virtual"))


@pytest.mark.timeout(2700)
@pytest.mark.parametrize("scheme", [route.scheme for route in ROUTES])
def test_verdicts_are_those_of_virtual_time(runs: Mapping[str, Run], virtual: Run, scheme: str) -> None:
    assert runs[scheme].code == 0, runs[scheme].output
    assert runs[scheme].verdicts.keys() == virtual.verdicts.keys()
    assert _where_both_look(runs[scheme], virtual) == _where_both_look(virtual, runs[scheme])


@pytest.mark.parametrize("scheme", ["mqtt", "mqtts"])
def test_behind_a_broker_of_others_all_that_is_of_the_connection_is_out_of_view(
    runs: Mapping[str, Run], scheme: str
) -> None:
    hidden = _hidden(runs[scheme])

    assert hidden.keys() == {"--long", "listen://", "listens://"}
    assert hidden["listens://"] == {_OF_CERTIFICATES}
    assert hidden["listen://"] == _of_connections(runs[scheme]) - {_OF_CERTIFICATES}


@pytest.mark.parametrize(("scheme", "certificates"), [("listen", {"listens://": {_OF_CERTIFICATES}}), ("listens", {})])
def test_where_the_device_connects_to_us_little_is_out_of_view(
    runs: Mapping[str, Run], scheme: str, certificates: Mapping[str, set[str]]
) -> None:
    hidden = _hidden(runs[scheme])

    assert hidden == {
        "--long": hidden["--long"],
        "more time": {"connection.gaps-of-two-minutes-at-most", "connection.keep-alive"},
        **certificates,
    }


def _where_both_look(run: Run, other: Run) -> Mapping[str, str]:
    """The verdicts of the judgements that are out of view in neither."""
    hidden = {judgement for of in (run, other) for judgement, verdict in of.verdicts.items() if verdict == _HIDDEN}
    return {judgement: verdict for judgement, verdict in run.verdicts.items() if judgement not in hidden}


def _hidden(run: Run) -> Mapping[str | None, set[str]]:
    """The needs of what was out of view: of which requirements."""
    hidden: dict[str | None, set[str]] = {}
    for requirement in run.judged.requirements:
        for finding in requirement.findings:
            if finding.verdict == _HIDDEN:
                hidden.setdefault(finding.needs, set()).add(requirement.id)
    return hidden


def _of_connections(run: Run) -> set[str]:
    return {one.id for one in run.judged.requirements if one.id.startswith("connection.")}


@pytest.mark.parametrize("secret", ["word-of-the-device", "word-of-the-cloud"])
def test_no_password_is_written_anywhere(runs: Mapping[str, Run], secret: str) -> None:
    for run in runs.values():
        assert secret not in run.output
        assert all(secret not in file.read_text(encoding="utf-8") for file in run.folder.iterdir())
