"""An operator's own service and device, both under test: the harness plays components, and watches both flows."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from harness.broker import embedded_broker
from harness.broker.listener import Listener
from harness.judging.verdicts.verdict import Verdict
from harness.mqtt.endpoint import Endpoint
from harness.protocols.replica.words.topics import Scheme
from harness.record.kinds import Sent
from harness.record.trace import read_trace
from harness.target import Variant
from live.processes import free_port, started
from simulator.replica.rules import KEPT
from simulator.replica.service_variations.telling import Says, without
from simulator.replica.service_variations.variation import ServiceVariation
from simulator.replica.targets.service import _RunningService
from tests.runs import ROOT, Run, in_plain_words, run_tests, setpoint
from tests.simulator.replica.running import running
from tests.simulator.udmi.standalone.standing import in_real_time

pytestmark = pytest.mark.process

LAMP = ROOT / "fixtures" / "replica" / "profiles" / "lamp.toml"
SETPOINT = ("-c", "import sys; from harness.cli import main; sys.exit(main())")
OF_THE_SERVICE = (
    "answer.report-is-accepted",
    "delta.follows-a-desired-change",
    "delta.ends-with-the-difference",
    "delta.tells-components",
    "recording.reported-state",
    "recording.desired-state",
    "recording.all-three-are-read-back",
    "token.is-not-invented",
)
OF_THE_DEVICE = ("start.reports-its-state", "change.is-reported", "report.own-change")
PLAYED_ALONE = ("recording.devices-are-apart", "refusal.says-why", "silence.goes-on")
FLOWS = (*OF_THE_SERVICE, *OF_THE_DEVICE, *PLAYED_ALONE)


@dataclass(frozen=True)
class Pair:
    """A run, its verdicts by requirement, and those that its plan promised."""

    run: Run
    promised: Mapping[str, str]
    verdicts: Mapping[str, str]

    def those(self, *names: str) -> set[str]:
        """The verdicts of these."""
        return {self.verdicts[name] for name in names}


def _everything(says: Says | None = None) -> ServiceVariation:
    return ServiceVariation(Variant("of a test"), replace(KEPT, says=says) if says else KEPT)


@asynccontextmanager
async def _lamp(broker: Endpoint, control: int, *options: str) -> AsyncIterator[None]:
    words = ("sim", "replica/lamp", "--broker", str(broker), "--control", f"127.0.0.1:{control}", *options)
    process = await started([*SETPOINT, *words])
    try:
        async with asyncio.timeout(60):
            while not await _is_up(control):  # noqa: ASYNC110 - it is another process that comes up
                await asyncio.sleep(0.1)
        yield
    finally:
        process.terminate()
        await process.communicate()


async def _is_up(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


def _driven(folder: Path, service: ServiceVariation, *of_the_lamp: str, only: Sequence[str] = FLOWS) -> Pair:
    """Both suites, or these requirements, on such a service and a lamp with these options."""

    async def drive() -> Pair:
        control = free_port()
        profile = folder / "lamp.toml"
        text = LAMP.read_text(encoding="utf-8").replace("8700", str(control))
        profile.write_text(text.replace("network_allowance = 1.0", "network_allowance = 3.0"), encoding="utf-8")
        async with embedded_broker(Listener()) as broker:
            standing = _RunningService(broker, Scheme.SEED, service)
            await standing.start()
            async with _lamp(broker, control, *of_the_lamp):
                met = (f"--device={broker}", f"--service={broker}", f"--profile={profile}")
                asked = (*met, *(f"--only={name}" for name in only))
                planned = await asyncio.to_thread(setpoint, "plan", "--json", *asked)
                run = await asyncio.to_thread(run_tests, folder / "reports", "suites/replica", "-W", "error", *asked)
            await standing.end()
        promised = {name: verdict for plan in json.loads(planned.output) for name, verdict in plan["verdicts"].items()}
        judged = [one for subject in run.results.subjects for one in subject.requirements]
        return Pair(run, promised, {one.id: str(one.verdict) for one in judged})

    return in_real_time(drive())


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Both keep what they must, and all is asked of them."""
    return _driven(tmp_path_factory.mktemp("pair"), _everything(), only=())


def test_both_are_judged_by_what_is_seen_of_the_flows(healthy: Pair) -> None:
    assert healthy.those(*OF_THE_SERVICE, *OF_THE_DEVICE) == {"pass"}, healthy.run.output


def test_all_is_decided_that_the_plan_promises_and_nothing_else(healthy: Pair) -> None:
    assert in_plain_words(healthy.verdicts) == in_plain_words(healthy.promised)
    assert len(healthy.promised) > 90


def test_what_takes_a_counterpart_that_is_played_could_not_be_tested(healthy: Pair) -> None:
    assert healthy.those(*PLAYED_ALONE) == {"could not test"}
    assert "give --service alone, with no other device there" in healthy.run.output
    assert "give --device alone, with no other replica there" in healthy.run.output


def test_components_alone_are_played(healthy: Pair) -> None:
    for subject in healthy.run.results.subjects:
        records = read_trace(healthy.run.folder / subject.trace)
        sent = [one for one in records if isinstance(one, Sent)]

        assert {one.connection for one in sent} == {"app"}
        assert not [one for one in sent if b"reported" in one.payload or one.topic.count("/") > 2]


@pytest.mark.parametrize("subject", range(2))
def test_recording_of_a_pair_is_judged_the_same(healthy: Pair, tmp_path: Path, subject: int) -> None:
    before = healthy.run.results.subjects[subject]
    only = [f"--only={one.id}" for one in before.requirements]

    again = run_tests(tmp_path, "suites/replica", f"--device=trace:{healthy.run.folder / before.trace}", *only)

    assert {one.id: one.verdict for one in again.judged.requirements} == {
        one.id: one.verdict for one in before.requirements
    }


def test_service_that_tells_no_delta_is_told_so_and_its_device_is_not(tmp_path: Path) -> None:
    pair = _driven(tmp_path, _everything(without("update/delta")))

    assert pair.verdicts["delta.follows-a-desired-change"] == "fail", pair.run.output
    assert pair.verdicts["change.is-reported"] == "could not test", pair.run.output
    assert "told the device nothing of the wish" in pair.run.output


def test_service_that_accepts_nothing_is_told_so(tmp_path: Path) -> None:
    pair = _driven(tmp_path, _everything(without("update/accepted")))

    assert pair.verdicts["answer.report-is-accepted"] == Verdict.FAIL, pair.run.output
    assert pair.those("change.is-reported", "report.own-change") == {"pass"}, pair.run.output


def test_device_that_performs_nothing_is_told_so_and_its_service_is_not(tmp_path: Path) -> None:
    pair = _driven(tmp_path, _everything(), "--deviation", "performs-and-says-nothing")

    assert pair.verdicts["change.is-reported"] in ("fail", "warn"), pair.run.output
    assert not pair.those(*OF_THE_SERVICE) & {"fail", "warn"}, pair.run.output
    assert pair.verdicts["delta.follows-a-desired-change"] == "pass", pair.run.output


def test_device_alone_where_a_replica_answers_is_refused_by_name(tmp_path: Path) -> None:
    async def drive() -> Run:
        async with running(tmp_path) as service:
            asked = ("suites/replica/device", f"--device={service.broker}", f"--profile={LAMP}")
            return await asyncio.to_thread(run_tests, tmp_path / "reports", *asked)

    run = in_real_time(drive())

    assert run.code == 3, run.output
    assert "answers for LAMP-1 already, at state/LAMP-1/get/" in run.output
