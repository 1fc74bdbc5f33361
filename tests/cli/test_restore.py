"""`setpoint restore`: what a killed run could not put back."""

import asyncio
from pathlib import Path

import pytest

from harness.broker import embedded_broker
from harness.clock import Clock, new_loop
from harness.driving.manners import retained
from harness.record import Began, Found, to_line
from harness.wire.endpoint import Endpoint
from harness.wire.spec import Spec
from tests.driving.playing import PROFILE
from tests.runs import Run, setpoint

CONFIG = "/devices/DEV-1/config"
THEIRS = b"\xff not even text"


def _killed(folder: Path, endpoint: Endpoint, *, found: bool = True) -> Path:
    """What is left of a run that was killed."""
    began = Began(0.0, 1, "0", Spec.UDMI_1_5, "real", str(endpoint), PROFILE.as_dict())
    lines = [to_line(began), *([to_line(Found(1.0, CONFIG, THEIRS))] if found else [])]
    (folder / "trace.ndjson").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def test_config_that_a_killed_run_had_found_is_put_back(tmp_path: Path) -> None:
    async def restores() -> tuple[Run, bytes | None]:
        async with embedded_broker() as endpoint:
            run = await asyncio.to_thread(setpoint, "restore", str(_killed(tmp_path, endpoint)))
            return run, await retained(endpoint, "looker", CONFIG)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        run, lies_there = runner.run(restores())

    assert run.code == 0, run.output
    assert f"{CONFIG} at mqtt://127.0.0.1:" in run.output
    assert lies_there == THEIRS


def test_run_that_found_nothing_has_nothing_to_put_back(tmp_path: Path) -> None:
    run = setpoint("restore", str(_killed(tmp_path, Endpoint("127.0.0.1", 1), found=False)))

    assert run.code == 3
    assert "found no retained config" in run.output


def test_broker_that_is_not_there_is_named(tmp_path: Path) -> None:
    run = setpoint("restore", str(_killed(tmp_path, Endpoint("127.0.0.1", 1))))

    assert run.code == 3
    assert "mqtt://127.0.0.1:1: cannot be reached" in run.output


@pytest.mark.parametrize("has_results", [True, False])
def test_latest_run_is_refused_where_a_later_one_was_killed(tmp_path: Path, *, has_results: bool) -> None:
    for name in ("2026-01-01T00-00-00Z-mqtt", "2026-01-02T00-00-00Z-mqtt"):
        (tmp_path / name).mkdir()
        _killed(tmp_path / name, Endpoint("127.0.0.1", 1))
    if has_results:
        (tmp_path / "latest").symlink_to("2026-01-01T00-00-00Z-mqtt")

    run = setpoint("restore", str(tmp_path / "latest"))

    assert run.code == 3
    assert f"name {tmp_path / '2026-01-02T00-00-00Z-mqtt'}" in run.output


def test_latest_run_is_taken_where_it_is_the_last(tmp_path: Path) -> None:
    folder = tmp_path / "2026-01-01T00-00-00Z-mqtt"
    folder.mkdir()
    (tmp_path / "latest").symlink_to(_killed(folder, Endpoint("127.0.0.1", 1), found=False).name)

    assert "found no retained config" in setpoint("restore", str(tmp_path / "latest")).output
