"""A broker that is not ours is left as it was found."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

import pytest

from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import Drive, Scenario
from harness.driving.shared_broker.retained_config import retained_message
from harness.mqtt.link import connect
from harness.protocols.udmi.driving.scenario_terms import ScenarioTerms
from harness.record.kinds import Found, Received, Sent
from harness.record.lines import to_line
from harness.record.trace import Recorder
from harness.target import HostServices, RunningTarget
from simulator.udmi.target import SimTarget
from tests.protocols.udmi.driving.playing import Played, loses_the_link, small_device, writes
from tests.udmi_1_5 import decode_config

CONFIG = "/devices/DEV-1/config"
THEIRS = b'{"theirs": true}'


@dataclass(frozen=True)
class Borrowed(SimTarget):
    """A device on a broker of somebody else's, where a config may lie already. What lies there afterwards is noted."""

    lying: bytes | None = None
    left: list[bytes | None] = field(default_factory=list)

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The device, and a look behind it."""
        async with super().open(services) as running, connect(running.endpoint, "owner") as owner:
            if self.lying is not None:
                await owner.publish(CONFIG, self.lying, retain=True)
            yield replace(running, is_shared=True)
            self.left.append(await retained_message(running.endpoint, "owner's other", CONFIG))


def _played(
    lying: bytes | None, *, clear: bool = False, drive: Drive = writes, folder: Path | None = None
) -> tuple[Played, bytes | None]:
    """The run, and what it left behind."""
    target, recorder = Borrowed("sim", small_device().file, lying=lying), Recorder(StringIO())
    play = RunPlan(
        target,
        [Scenario("one", drive, begins_in=ScenarioTerms(2, lambda _: 60.0))],
        Clock.VIRTUAL,
        clear=clear,
        folder=folder,
    )
    drive_target(play, recorder, Unseen())
    [left] = target.left
    return Played(recorder.records), left


def test_config_that_lay_there_is_recorded_before_anything_is_sent() -> None:
    played, _ = _played(THEIRS)

    kinds = [type(record) for record in played.records if isinstance(record, Found | Sent)]
    assert kinds[0] is Found
    assert played.of(Found)[0].payload == THEIRS


def test_config_that_lies_there_when_the_cloud_comes_is_kept_and_told_apart() -> None:
    played, _ = _played(THEIRS)

    configs = [record for record in played.of(Received) if record.topic == CONFIG]
    assert [(record.payload, record.retain, record.connection) for record in configs] == [(THEIRS, True, "cloud")]


def test_every_message_names_its_connection_and_every_config_that_it_is_retained() -> None:
    played, _ = _played(None)

    assert {record.connection for record in played.records if isinstance(record, Sent | Received)} == {"cloud"}
    assert {record.retain for record in played.of(Sent)} == {True}
    assert [record for record in played.of(Received) if record.topic == CONFIG] == []


def test_config_that_lay_there_is_put_back() -> None:
    _, left = _played(THEIRS)

    assert left == THEIRS


def test_config_that_lay_there_is_put_back_though_the_link_was_lost_in_between() -> None:
    _, left = _played(THEIRS, drive=loses_the_link)

    assert left == THEIRS


def test_where_none_lay_a_plain_config_stays() -> None:
    _, left = _played(None)

    assert left is not None
    pointset = decode_config(left).pointset
    assert pointset is not None
    assert all(point.set_value is None for point in (pointset.points or {}).values())


@pytest.mark.parametrize(("lying", "remains"), [(None, None), (THEIRS, THEIRS)])
def test_clear_leaves_nothing_where_nothing_lay(lying: bytes | None, remains: bytes | None) -> None:
    _, left = _played(lying, clear=True)

    assert left == remains


@pytest.mark.parametrize("theirs", [THEIRS, None])
def test_config_of_a_killed_run_is_not_put_back_but_what_that_had_found(tmp_path: Path, theirs: bytes | None) -> None:
    before, _ = _played(theirs)
    killed = tmp_path / "killed"
    killed.mkdir()
    *_, write = (place for place, record in enumerate(before.records) if isinstance(record, Sent) and record.desired)
    lines = [to_line(record) for record in before.records[: write + 1]]
    (killed / "trace.ndjson").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    left_over = before.records[write]
    assert isinstance(left_over, Sent)

    played, left = _played(left_over.payload, folder=tmp_path / "next")

    assert [found.payload for found in played.of(Found)] == ([theirs] if theirs else [])
    assert left == theirs if theirs else left != left_over.payload
