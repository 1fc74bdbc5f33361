"""Suites of several subjects in one run: a judgement on the whole run asks for the scenarios of its own."""

from pathlib import Path

import pytest

from harness.offers import PROTOCOLS
from harness.record.kinds import Opened
from harness.record.trace import read_trace
from tests.packages import beside_setpoint, install
from tests.runs import Run, run_suites

pytestmark = pytest.mark.process

_PROTOCOL = """
from dataclasses import replace
from pathlib import Path

from harness.protocols.udmi.plug import DEVICE, UDMI

THING = replace(DEVICE, name="strange-thing", suites="strange_suite")
HERE = Path(__file__).parent
PLUG = replace(UDMI, name="strange", specs=("strange-1",), subjects=(THING,), requirements=HERE, is_default=False)
"""
_CONFTEST = """
from harness.protocols.udmi.suite import Cloud, Device, scenario


@scenario(sample_rate=2)
async def {name}(cloud: Cloud, device: Device) -> None:
    await cloud.until_telemetry(at_most=30)
"""
_INVARIANT = """
from harness.protocols.udmi.suite import WholeRun, covers, throughout


@covers("message.timestamp-is-utc")
{mark}
def test_{name}(whole_run: WholeRun) -> None:
    whole_run.stamps.are_utc()
"""


def _suite(folder: Path, name: str, mark: str = "") -> Path:
    suite = folder / f"{name}_suite"
    suite.mkdir()
    (suite / "__init__.py").write_text("")
    (suite / "conftest.py").write_text(_CONFTEST.format(name=name))
    (suite / f"test_{name}.py").write_text(_INVARIANT.format(name=name, mark=mark))
    return suite


def _run(folder: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> Run:
    """With the protocol installed to whose subject `strange_suite` belongs; `foreign_suite` belongs to none."""
    install(
        folder / "site", "strange", "1.0", {PROTOCOLS: {"strange": "strange_plug:PLUG"}}, {"strange_plug": _PROTOCOL}
    )
    with beside_setpoint(folder / "site", monkeypatch):
        return run_suites(folder / "reports", *options)


def _driven(run: Run) -> set[str]:
    return {record.scenario for record in read_trace(run.folder) if isinstance(record, Opened)}


def test_judgement_on_the_whole_run_asks_for_no_scenario_of_another_subject(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suites = [str(_suite(tmp_path, name)) for name in ("strange", "foreign")]

    run = _run(tmp_path, monkeypatch, *suites, "--only", "message.timestamp-is-utc", "-k", "timestamps")

    assert run.code == 0, run.output
    assert "many_points" in _driven(run)
    assert not {"strange", "foreign"} & _driven(run)


@pytest.mark.parametrize("name", ["strange", "foreign"])
def test_judgement_on_the_whole_run_asks_for_every_scenario_of_its_own_subject(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    suites = [str(_suite(tmp_path, name)) for name in ("strange", "foreign")]

    run = _run(tmp_path, monkeypatch, *suites, "-k", f"test_{name}")

    assert run.code == 0, run.output
    assert _driven(run) == {name}


def test_judgement_that_names_a_scenario_of_another_subject_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = _suite(tmp_path, "strange", "@throughout('plain_write')")

    run = _run(tmp_path, monkeypatch, str(suite))

    assert run.code == 3, run.output
    assert "plain_write is about udmi-device, and this judgement about strange-thing" in run.output
