"""`setpoint restore`: what a killed run could not put back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from harness.broker import embedded_broker
from harness.clock import Clock, new_loop
from harness.driving.shared_broker.claim import Claim
from harness.driving.shared_broker.retained_config import retained_message
from harness.driving.shared_broker.run_notes import RunNotes
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.protocols.udmi.words.messages import Config, PointConfig, PointsetConfig, State, SystemState
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import UDMI, Topics
from harness.record.kinds import Began, Desired, Found, Record, Sent
from harness.record.lines import FORMAT, to_line
from tests.protocols.udmi.driving.playing import PROFILE
from tests.runs import Run, setpoint
from tests.udmi_1_5 import VERSION, decode_config, encode

pytestmark = pytest.mark.process

TOPICS = Topics.of("DEV-1", UDMI)
CONFIG = TOPICS.config
THEIRS = b"\xff not even text"
OURS = encode(Config(1.0, VERSION, PointsetConfig("e", 4e9, 10, {"damper": PointConfig(set_value=30.0)})))
LATER = OURS.replace(b"30.0", b"40.0")


def _killed(folder: Path, endpoint: Endpoint, sent: bytes = OURS, *, found: bytes | None = THEIRS) -> Path:
    """The folder of a run that was killed."""
    folder.mkdir(parents=True)
    began = Began(0.0, FORMAT, "0", Spec.UDMI_1_5, "real", str(endpoint), PROFILE.as_dict())
    lay = [] if found is None else [Found(1.0, CONFIG, found)]
    records: list[Record] = [began, *lay, Sent(2.0, CONFIG, sent, "write", {"write": Desired("damper", 30.0)})]
    (folder / "trace.ndjson").write_text("".join(f"{to_line(record)}\n" for record in records), encoding="utf-8")
    return folder


@asynccontextmanager
async def _device(endpoint: Endpoint) -> AsyncIterator[None]:
    """One that takes every config, and says so."""
    async with connect(endpoint, "DEV-1") as link:
        await link.subscribe(CONFIG)

        async def answer() -> None:
            async for heard in link.deliveries():
                taken = SystemState(last_config=decode_config(heard.payload).timestamp, operational=True)
                await link.publish(TOPICS.state, encode(State(heard.time, VERSION, taken)))

        answering = asyncio.create_task(answer())
        yield
        answering.cancel()
        await asyncio.gather(answering, return_exceptions=True)


def _restored(
    tmp_path: Path, lies: bytes, *options: str, run: str = "run", found: bytes | None = THEIRS, comes: bool = False
) -> tuple[Run, bytes | None]:
    """The command's words, and the retained message then. Two runs had been killed, one after the other."""

    async def restores() -> tuple[Run, bytes | None]:
        async with embedded_broker() as endpoint:
            _killed(tmp_path / "run", endpoint, found=found)
            _killed(tmp_path / "run-2", endpoint, LATER, found=found)
            async with connect(endpoint, "somebody") as link:
                await link.publish(CONFIG, lies, retain=True)
            command = asyncio.to_thread(setpoint, "restore", str(tmp_path / run), *options)
            if not comes:
                return await command, await retained_message(endpoint, "looker", CONFIG)
            async with _device(endpoint):
                return await command, await retained_message(endpoint, "looker", CONFIG)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        return runner.run(restores())


@pytest.mark.parametrize("run", ["run", "run-2"])
@pytest.mark.parametrize("lies", [OURS, LATER], ids=["of the first", "of the second"])
def test_config_that_killed_runs_had_found_is_put_back_whichever_is_named(
    tmp_path: Path, lies: bytes, run: str
) -> None:
    done, lies_there = _restored(tmp_path, lies, run=run)

    assert done.code == 0, done.output
    assert f"{CONFIG} at mqtt://127.0.0.1:" in done.output
    assert lies_there == THEIRS


def test_topic_is_emptied_where_nothing_had_lain_once_the_device_is_released(tmp_path: Path) -> None:
    done, lies_there = _restored(tmp_path, OURS, found=None, comes=True)

    assert done.code == 0, done.output
    assert "the device is released" in done.output
    assert lies_there is None


def test_config_that_releases_waits_for_a_device_that_is_away(tmp_path: Path) -> None:
    done, lies_there = _restored(tmp_path, OURS, found=None)

    assert done.code == 0, done.output
    assert "said nothing" in done.output
    points = decode_config(lies_there or b"").pointset
    assert points is not None
    assert all(point.set_value is None for point in (points.points or {}).values())


def test_device_that_was_away_is_released_by_calling_once_more(tmp_path: Path) -> None:
    async def restores() -> tuple[Run, Run, bytes | None]:
        async with embedded_broker() as endpoint:
            run = str(_killed(tmp_path / "run", endpoint, found=None))
            async with connect(endpoint, "somebody") as link:
                await link.publish(CONFIG, OURS, retain=True)
            first = await asyncio.to_thread(setpoint, "restore", run)
            async with _device(endpoint):
                second = await asyncio.to_thread(setpoint, "restore", run)
            return first, second, await retained_message(endpoint, "looker", CONFIG)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        first, second, lies_there = runner.run(restores())

    assert "said nothing" in first.output
    assert second.code == 0, second.output
    assert "the device is released" in second.output
    assert lies_there is None


def test_what_lay_there_is_known_from_a_folder_that_knows_nothing_of_who_was_killed_last(tmp_path: Path) -> None:
    async def restores() -> tuple[Run, list[bytes | None]]:
        async with embedded_broker() as endpoint:
            run = str(_killed(tmp_path / "run", endpoint, found=None))
            notes = RunNotes.of(endpoint, PROFILE)
            notes.begin(THEIRS, None)
            notes.are_kept = True
            async with connect(endpoint, "somebody") as link:
                for topic, message in notes.ahead_of(LATER):
                    await link.publish(topic, message, retain=True)
                await link.publish(CONFIG, LATER, retain=True)
            done = await asyncio.to_thread(setpoint, "restore", run)
            beside = [f"setpoint/runs/DEV-1{what}" for what in ("", "/found", "/sent")]
            return done, [await retained_message(endpoint, "looker", topic) for topic in (CONFIG, *beside)]

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        done, lie_there = runner.run(restores())

    assert done.code == 0, done.output
    assert lie_there == [THEIRS, None, None, None]


def test_device_that_a_run_has_is_not_restored_meanwhile(tmp_path: Path) -> None:
    async def restores() -> tuple[Run, bytes | None]:
        async with embedded_broker() as endpoint, Claim(endpoint, PROFILE, print).held():
            run = str(_killed(tmp_path / "run", endpoint))
            async with connect(endpoint, "somebody") as link:
                await link.publish(CONFIG, OURS, retain=True)
            return await asyncio.to_thread(setpoint, "restore", run), await retained_message(endpoint, "looker", CONFIG)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        done, lies_there = runner.run(restores())

    assert done.code == 3
    assert "tests DEV-1" in done.output
    assert lies_there == OURS


def test_config_of_somebody_else_is_left_where_it_lies(tmp_path: Path) -> None:
    done, lies_there = _restored(tmp_path, b"somebody's")

    assert done.code == 3
    assert "somebody spoke there since; --force" in done.output
    assert lies_there == b"somebody's"


def test_config_of_somebody_else_goes_by_force(tmp_path: Path) -> None:
    done, lies_there = _restored(tmp_path, b"somebody's", "--force")

    assert done.code == 0, done.output
    assert lies_there == THEIRS


def test_what_was_put_back_already_is_left_alone(tmp_path: Path) -> None:
    done, lies_there = _restored(tmp_path, THEIRS)

    assert done.code == 0, done.output
    assert lies_there == THEIRS


def test_broker_that_is_not_there_is_named(tmp_path: Path) -> None:
    run = setpoint("restore", str(_killed(tmp_path / "run", Endpoint("127.0.0.1", 1))))

    assert run.code == 3
    assert "mqtt://127.0.0.1:1: cannot be reached" in run.output
