"""Strangers use up no descriptors that others need; and where none is left, one line says so."""

import asyncio
import errno
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.broker import embedded_broker
from harness.clock import Clock, new_loop
from harness.descriptors import WantOfDescriptors, for_strangers
from tests.broker.raw_client import RawClient
from tests.runs import ROOT

FEW = 40  # descriptors that a process may have


@pytest.mark.parametrize(
    ("allowed", "room"), [(1024, 100), (400, 100), (FEW, FEW // 4), (3, 1), (resource.RLIM_INFINITY, 100)]
)
def test_strangers_have_a_share(monkeypatch: pytest.MonkeyPatch, allowed: int, room: int) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (allowed, allowed))

    assert for_strangers(100) == room


def test_broker_that_may_have_few_makes_room_the_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (FEW, FEW))

    async def first_of_many() -> list[bool]:
        async with embedded_broker() as endpoint:
            crowd = [await RawClient.open(endpoint) for _ in range(FEW // 4 + 1)]
            await crowd[0].gone()
            closed = [stranger.closed.is_set() for stranger in crowd[:2]]
            for stranger in crowd:
                await stranger.close()
            return closed

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        assert runner.run(first_of_many()) == [True, False]


def test_want_of_descriptors_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    said: list[str] = []

    async def run_out() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(WantOfDescriptors(said.append).handle)
        for _ in range(3):
            loop.call_exception_handler({"message": "accept", "exception": OSError(errno.EMFILE, "too many")})

    asyncio.run(run_out())

    assert [line.partition(":")[0] for line in said] == ["too many open files"]
    assert capsys.readouterr().err == ""


@pytest.mark.process
@pytest.mark.parametrize("door", ["REST: http://", "on the broker at mqtt://"])
def test_server_that_a_crowd_uses_up_says_one_line(tmp_path: Path, door: str) -> None:
    command = ["replica", "--store", str(tmp_path / "store"), "--port", "0", "--http", "127.0.0.1:0"]
    with _with_few(command, tmp_path / "errors") as running:
        assert running.stdout
        address = next(line for line in running.stdout if line.startswith(door)).removeprefix(door).strip()
        asyncio.run(_crowd(address, lambda: (tmp_path / "errors").stat().st_size > 0))
        running.terminate()
        running.wait(30)

    said = (tmp_path / "errors").read_text(encoding="utf-8").splitlines()
    assert [line.partition(":")[0] for line in said] == ["too many open files"]


async def _crowd(address: str, is_said: Callable[[], bool]) -> None:
    """More than there is room for, again and again, until it was said, and for as long as it might be said again."""
    host, port = address.split(":")
    async with asyncio.timeout(60):
        rounds_left = 3
        while rounds_left:
            crowd = await asyncio.gather(*(asyncio.open_connection(host, int(port)) for _ in range(3 * FEW)))
            await asyncio.sleep(0.2)  # another process has nothing to await
            for _, writer in crowd:
                writer.close()
            rounds_left -= is_said()


@contextmanager
def _with_few(arguments: list[str], errors: Path) -> Iterator["subprocess.Popen[str]"]:
    """A command of ours that may have few descriptors."""
    main = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, ({FEW}, {FEW}))
from harness.cli import main
sys.exit(main())
"""
    with errors.open("wb") as stderr:
        command = [sys.executable, "-c", main, *arguments]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        running = subprocess.Popen(  # noqa: S603 - ours
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True
        )
    with running:
        try:
            yield running
        finally:
            running.kill()
