"""A replica service in bad company: every scenario goes on to its end, and every judgement comes to a verdict."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

import pytest

import suites.replica.service.conftest  # noqa: F401 - makes the scenarios known
from harness.clock import Clock
from harness.driving import scenario
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.judging.verdicts.verdict import Verdict
from harness.mqtt.link import Link, connect
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, Scheme, answer_at, topic_of
from harness.record.kinds import Closed, Ended, Received, Record
from harness.record.lines import to_line
from harness.record.trace import Recorder
from harness.target import HostServices, RunningTarget
from simulator.replica.targets.service import SimulatedService
from tests.runs import Run, run_tests

SCENARIOS = [one for one in scenario.SCENARIOS.values() if one.drive.__module__.startswith("suites.replica.service.")]
HUGE = b"9" * 400
SAID = 3  # hostile payloads of each device

# What the second client says at every topic of the device that is just being asked about.
PAYLOADS = (
    b"",
    b"{",
    b"null",
    b"[1]",
    b"\x00\x1b[31m\xff\xfe",
    b"[" * 20_000,
    b'{"state":' * 20_000,
    b'{"' + b"k" * 20_000 + b'": 1, "state": {"desired": {"' + b"k" * 20_000 + b'": 1}}}',
    b'{"version": NaN, "timestamp": Infinity, "state": {"desired": {"lamp": NaN}}}',
    b'{"version": 1e400, "timestamp": -1e400, "code": 1e400, "clientToken": 1e400, "state": {"lamp": 1e400}}',
    b'{"version": %s, "timestamp": %s, "code": %s, "state": {"lamp": %s}}' % (HUGE, HUGE, HUGE, HUGE),
    b'{"clientToken": "\\ud800", "message": "\\udfff", "state": {"\\ud800": {"\\udfff": "\\ud83d"}}, "metadata": ""}',
    b'{"state": [], "metadata": 3, "version": "1", "timestamp": {}, "clientToken": [], "code": "x", "message": {}}',
    b'{"state": {"desired": 3, "reported": [], "delta": "x"}, "metadata": {"desired": 1, "reported": {"lamp": []}}}',
    b'{"state": {"desired": null, "reported": null}, "metadata": {"desired": null}, "reported": 7, "version": null}',
    b'{"previous": 3, "current": [], "version": true, "timestamp": true, "code": true}',
    b'{"previous": {"state": 1, "version": {}}, "current": {"state": [], "version": []}, "timestamp": 0.5}',
    b'{"state": {"reported": {"\\u001b[31m<b>": "<script>"}}, "clientToken": "\\u001b[31m", "message": "\\u001b[31m"}',
)

# Put in place of every field in turn.
VALUES = (
    "null",
    "true",
    "-1",
    "1e999",
    HUGE.decode(),
    '"\\ud800\\u001b"',
    "[]",
    '[{"a": [null]}]',
    "{}",
    '{"a": {"a": 1}}',
)
FIELDS = (
    ("state",),
    ("state", "desired"),
    ("state", "reported"),
    ("state", "delta"),
    ("metadata",),
    ("metadata", "desired"),
    ("metadata", "reported"),
    ("reported",),
    ("previous",),
    ("current",),
    ("current", "state"),
    ("current", "version"),
    ("version",),
    ("timestamp",),
    ("clientToken",),
    ("code",),
    ("message",),
)


@dataclass(frozen=True)
class HauntedService:
    """A service on whose broker another client publishes at all topics of the device that was heard of last."""

    service: SimulatedService
    name: str = "haunted"
    clock: Clock = Clock.VIRTUAL
    shows: frozenset[str] = frozenset()

    @property
    def profile(self) -> ServiceProfile:
        """The service's own."""
        return self.service.profile

    def provokes(self, name: str) -> bool:
        """As the service."""
        return self.service.provokes(name)

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The service, and its ghost."""
        async with self.service.open(services) as running, connect(running.endpoint, "ghost") as link:
            haunting = asyncio.create_task(_haunt(link, self.service.scheme))
            yield running
            haunting.cancel()


async def _haunt(link: Link, scheme: Scheme) -> None:
    """Say one thing after the other behind what the service says, and so many of each device."""
    said, payloads = Counter[ReplicaId](), cycle(PAYLOADS)
    await link.subscribe("state/#" if scheme is Scheme.SEED else "$aws/things/#")
    async for heard in link.deliveries():
        found = answer_at(heard.topic, scheme)
        if found is None or said[found[0]] == SAID:
            continue
        replica, payload = found[0], next(payloads)
        said[replica] += 1
        for operation in Operation:
            for level in (None, *AnswerLevel):
                await link.publish(topic_of(replica, scheme, operation, level), payload)


def _driven(service: HauntedService | SimulatedService, spec: ReplicaSpec, trace: Path) -> list[Record]:
    with trace.open("w", encoding="utf-8") as file:
        recorder = Recorder(file)
        scenarios = [one for one in SCENARIOS if spec is ReplicaSpec.AWS or not one.about]
        drive_target(RunPlan(service, scenarios, Clock.VIRTUAL, spec=spec), recorder, Unseen())
    return recorder.records


def _judged(trace: Path, reports: Path, spec: ReplicaSpec) -> Run:
    return run_tests(reports, "suites/replica/service/", f"--device=trace:{trace}", "--spec", spec)


@pytest.fixture(scope="module", params=ReplicaSpec)
def haunting(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Record], Path, ReplicaSpec]:
    """A whole run in bad company, under each spec."""
    spec = ReplicaSpec(request.param)
    trace = tmp_path_factory.mktemp("haunting") / "trace.ndjson"
    return _driven(HauntedService(SimulatedService(scheme=spec.scheme)), spec, trace), trace, spec


@pytest.mark.process
def test_run_among_hostile_messages_goes_on_to_its_end(haunting: tuple[list[Record], Path, ReplicaSpec]) -> None:
    records, _, _ = haunting
    end, closed = records[-1], [one for one in records if isinstance(one, Closed)]
    heard = {one.payload for one in records if isinstance(one, Received)}

    assert isinstance(end, Ended)
    assert end.broken_off is None
    assert {one.our_fault for one in closed} == {None}
    assert set(PAYLOADS) - heard == set()


@pytest.mark.process
def test_every_judgement_comes_to_a_verdict_among_hostile_messages(
    haunting: tuple[list[Record], Path, ReplicaSpec], tmp_path: Path
) -> None:
    _, trace, spec = haunting

    judged = _judged(trace, tmp_path, spec)

    _comes_to_verdicts(judged)


@pytest.fixture(scope="module", params=ReplicaSpec)
def healthy(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Record], ReplicaSpec]:
    """A run with a service that is well, under each spec."""
    spec = ReplicaSpec(request.param)
    trace = tmp_path_factory.mktemp("healthy") / "trace.ndjson"
    return _driven(SimulatedService(scheme=spec.scheme), spec, trace), spec


@pytest.mark.process
@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_every_judgement_comes_to_a_verdict_whatever_a_field_holds(
    healthy: tuple[list[Record], ReplicaSpec], value: str, tmp_path: Path
) -> None:
    records, spec = healthy
    trace = tmp_path / "trace.ndjson"
    trace.write_text("".join(f"{to_line(one)}\n" for one in _spoilt(records, value)), encoding="utf-8")

    judged = _judged(trace, tmp_path, spec)

    _comes_to_verdicts(judged)


def _comes_to_verdicts(judged: Run) -> None:
    assert len(judged.verdicts) > 100
    assert {of for of, verdict in judged.verdicts.items() if verdict == Verdict.HARNESS_ERROR} == set()
    assert "Traceback" not in judged.output
    assert [line for line in judged.output.split("\n") if not line.isprintable()] == []


def _spoilt(records: list[Record], value: str) -> list[Record]:
    """Every message that came, with another of its fields replaced."""
    fields = cycle(FIELDS)
    return [_with(one, next(fields), value) if isinstance(one, Received) else one for one in records]


def _with(heard: Received, field: tuple[str, ...], value: str) -> Received:
    content = json.loads(heard.payload)
    inside = content
    for name in field[:-1]:
        inner = inside.get(name)
        inside[name] = inner if isinstance(inner, dict) else {}
        inside = inside[name]
    inside[field[-1]] = "REPLACED"
    return replace(heard, payload=json.dumps(content).replace('"REPLACED"', value).encode())
