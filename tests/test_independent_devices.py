"""The devices of live/ share nothing with Setpoint; what is expected of them names what there is."""

import ast
import asyncio
import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from harness.judging.requirements.requirement import Catalogue
from harness.judging.verdicts.verdict import Level, Verdict
from harness.protocols.udmi.words.schemas import MessageKind
from harness.report.results import EvidenceLines, FindingResult, RequirementResult
from live import independent
from live.devices import overtaken, points
from live.devices.nulls import Nulls
from live.independent import EXPECTED, Expected, Told
from live.replica_devices import judged_lamp
from live.update_agents import judged_agent
from tests.optional_fields import left_out
from tests.runs import ROOT, Run

_KNOWN = {requirement.id for requirement in Catalogue.read()}
DEVICES = ROOT / "live" / "devices"
LAMPS = [ROOT / "live" / "replica_devices" / f"{name}.py" for name in ("fittings", "lamp", "sdk_lamp", "sdk_app")]
_LAMPS_OWN = {f"live.replica_devices.{file.stem}" for file in LAMPS}
AGENTS = [
    ROOT / "live" / "update_agents" / f"{name}.py" for name in ("agent", "kanto", "leda", "shelf", "units", "wire")
]
_AGENTS_OWN = {f"live.update_agents.{file.stem}" for file in AGENTS}
_THEIRS = {"paho", "awscrt", "awsiot", *sys.stdlib_module_names}


def _imports(file: Path) -> set[str]:
    """The modules that it imports, by their full names."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("file", [*sorted(DEVICES.glob("*.py")), *LAMPS, *AGENTS], ids=lambda file: file.stem)
def test_independent_device_imports_nothing_of_ours(file: Path) -> None:
    ours = {name for name in _imports(file) if name.split(".")[0] not in _THEIRS}

    assert {name for name in ours if not name.startswith("live.devices")} <= _LAMPS_OWN | _AGENTS_OWN


@pytest.mark.parametrize("file", sorted(DEVICES.glob("*.py")), ids=lambda file: file.stem)
def test_something_is_expected_of_every_device(file: Path) -> None:
    is_device = "main(" in file.read_text(encoding="utf-8")

    assert is_device == (file.stem in {expected.device for expected in EXPECTED.values()})


@pytest.mark.parametrize("expected", EXPECTED.values(), ids=EXPECTED)
def test_expected_verdicts_are_of_requirements_that_there_are(expected: Expected) -> None:
    assert {*expected.broken, *expected.undecided, *expected.only} <= _KNOWN


@pytest.mark.parametrize(
    "expected",
    [*judged_lamp.EXPECTED.values(), *judged_agent.EXPECTED.values()],
    ids=[*judged_lamp.EXPECTED, *judged_agent.EXPECTED],
)
def test_expected_verdicts_on_a_lamp_or_an_agent_are_of_what_there_is(
    expected: judged_lamp.Expected | judged_agent.Expected,
) -> None:
    assert {*expected.verdicts, *expected.only} <= _KNOWN
    assert {*expected.verdicts.values()} <= {str(verdict) for verdict in Verdict}


def test_device_that_writes_nulls_leaves_no_optional_field_out(tmp_path: Path) -> None:
    device = Nulls(Namespace(id="BOX-1", port=1, service_port=1, data=tmp_path))
    device.system_status = entry = device.log("system.config.parse", 500, "Config cannot be worked on")
    device.points["pump_mode"].status = dict(entry)
    bodies = {
        MessageKind.STATE: ("state", device.state()),
        MessageKind.TELEMETRY: ("events/pointset", {"points": {"pump_mode": {"present_value": "auto"}}}),
        MessageKind.SYSTEM_EVENT: (
            "events/system",
            {"event_no": 1, "logentries": [entry], "metrics": device.metrics()},
        ),
    }
    always = {"timestamp": "2026-01-01T00:00:00Z", "version": "1.5.7"}

    missing = {
        kind: set(left_out(kind, json.loads(device.written(suffix, {**always, **body}))))
        for kind, (suffix, body) in bodies.items()
    }

    assert missing == {kind: set() for kind in bodies}


def test_timer_of_a_write_that_was_taken_back_is_over_when_a_later_one_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    for module in (overtaken, points):
        monkeypatch.setattr(module, "time", SimpleNamespace(time=lambda: now[0]))
    point, told = overtaken.Delayed(20.0, "Degrees-Celsius", (0.0, 50.0)), []

    for seconds, value in ((0, 21.5), (1, None), (12, None), (13, 18.0)):
        now[0] = float(seconds)
        point.write(value)
        point.reconcile()
        told.append(point.value_state)

    assert told == ["updating", None, None, "updating"]


def said(name: str, verdict: Verdict) -> RequirementResult:
    """The verdict of a run on a requirement, by one judgement."""
    finding = FindingResult("test", verdict, "It was late.", (), (), (), (), EvidenceLines(None, None, None), ())
    return RequirementResult(name, verdict, Level.MUST, "", "", 1, (finding,))


def told(code: int, *requirements: RequirementResult) -> Told:
    """The verdicts of one run."""
    return Told({one.id: one for one in requirements}, code, "")


def test_what_a_later_run_decides_is_no_longer_left_open() -> None:
    first = told(2, said("a", Verdict.INCONCLUSIVE), said("b", Verdict.COULD_NOT_TEST), said("c", Verdict.WARN))

    both = first.followed_by(told(0, said("a", Verdict.PASS)))

    assert (both.broken, both.left_open, both.code) == ({"c": "warn"}, [("b", "It was late.")], 2)
    assert both.followed_by(told(0, said("b", Verdict.PASS))).code == 0
    assert both.followed_by(told(1, said("b", Verdict.FAIL))).code == 1


@pytest.mark.parametrize(
    ("output", "asked"),
    [("", [()]), ("this machine stalled for 3 s", [(), ("a",)])],
    ids=["no stall", "a stall"],
)
def test_what_is_left_open_is_asked_anew_where_this_machine_stalled_and_there_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, asked: list[tuple[str, ...]]
) -> None:
    seen: list[tuple[str, ...]] = []

    async def driven(_expected: Expected, _broker: str, folder: Path, only: Sequence[str]) -> Run:
        seen.append(tuple(only))
        return Run(2, output if len(seen) == 1 else "", folder)

    monkeypatch.setattr(independent, "_driven", driven)
    monkeypatch.setattr(Told, "by", lambda _run: told(2, said("a", Verdict.INCONCLUSIVE)))
    asyncio.run(independent.drive(Expected(name="box", device="plain"), "", tmp_path, after=0))

    assert seen == asked
