"""Bad circumstances, one at a time: one clear message, a bounded time, the right exit code, and nobody is accused."""

import asyncio
import resource
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest

from harness.broker import Account, Listener, ServerTls, mosquitto_broker
from harness.mqtt.endpoint import Endpoint, Login
from harness.mqtt.link import connect
from live.flood import flood
from live.processes import Suites, device, free_port, profile_at, suites
from tests.broker.certificates import Pki
from tests.runs import Run

T = TypeVar("T")

_ATTEMPTS = 5
_APPLIED = ("--only", "writeback.applied")
_TWO = ("--only", "config.is-answered", *_APPLIED)  # scenarios
_LOGIN = Login("cloud", "correct horse")
_STATE, _TELEMETRY = "/devices/AHU-1/state", "/devices/AHU-1/events/pointset"


def in_bounded_time(work: Coroutine[Any, Any, T]) -> T:
    """The result: within three minutes on an idle machine, and a busy one may be slow to start things."""

    async def bounded() -> T:
        async with asyncio.timeout(800):
            return await work

    return asyncio.run(bounded())


async def in_time(attempt: Callable[[Path], Awaitable[T | None]], folder: Path) -> T:
    """The result of the first attempt that did in time what it is about; None: the run had gone on meanwhile."""
    for number in range(_ATTEMPTS):
        room = folder / str(number)
        room.mkdir()
        if (outcome := await attempt(room)) is not None:
            return outcome
    raise AssertionError(f"in {_ATTEMPTS} attempts the run had always gone on")


@asynccontextmanager
async def under_way(url: str, folder: Path, *options: str, control: str = "127.0.0.1:1") -> AsyncIterator[Suites]:
    """The suites, or as much of them as decides one requirement."""
    profile = profile_at(control, folder)
    async with suites(url, profile, folder / "reports", *(options or _APPLIED), password=_LOGIN.password) as started:
        yield started


async def ended(url: str, folder: Path, *options: str, control: str = "127.0.0.1:1") -> Run:
    """The same, to the end."""
    async with under_way(url, folder, *options, control=control) as started:
        return await started.end()


def verdicts(run: Run) -> set[str]:
    """Which there are."""
    return set(run.verdicts.values())


def test_wrong_password_is_told_in_one_line(tmp_path: Path) -> None:
    async def refused() -> Run:
        async with mosquitto_broker(Listener(accounts=(Account(Login("cloud", "another")),))) as endpoint:
            return await ended(str(endpoint), tmp_path, *_APPLIED, "--user", "cloud")

    run = in_bounded_time(refused())

    assert run.code == 3
    assert "refused the login of 'cloud'" in run.output


def test_untrusted_certificate_is_told_in_one_line(tmp_path: Path) -> None:
    async def untrusted() -> Run:
        folders = [tmp_path / name for name in ("ours", "theirs")]
        for folder in folders:
            folder.mkdir()
        ours, theirs = (Pki.made_in(folder) for folder in folders)
        tls = ServerTls(theirs.folder / "server.crt", theirs.folder / "server.key")
        async with mosquitto_broker(Listener(tls=tls)) as endpoint:
            return await ended(str(endpoint), tmp_path, *_APPLIED, "--ca", str(ours.ca))

    run = in_bounded_time(untrusted())

    assert run.code == 3
    assert "its certificate is not trusted" in run.output


def test_device_that_never_speaks_is_undecided_after_one_wait(tmp_path: Path) -> None:
    async def silence() -> Run:
        async with mosquitto_broker() as endpoint:
            return await ended(str(endpoint), tmp_path)

    run = in_bounded_time(silence())

    assert run.code == 2
    assert "the device sent no state and no telemetry within 30 s" in run.output


def test_client_that_takes_the_id_of_the_device_accuses_nobody(tmp_path: Path) -> None:
    async def clash() -> Run:
        async with (
            mosquitto_broker() as endpoint,
            device(str(endpoint)) as control,
            connect(endpoint, "AHU-1"),
        ):
            return await ended(str(endpoint), tmp_path, control=control)

    run = in_bounded_time(clash())

    assert run.code in {0, 2}
    assert not {"fail", "warn"} & verdicts(run)


def test_broker_that_goes_and_comes_back_costs_no_more_than_what_was_going_on(tmp_path: Path) -> None:
    async def back_again(folder: Path) -> Run | None:
        endpoint = Endpoint("127.0.0.1", free_port())
        async with AsyncExitStack() as broker, device(str(endpoint)) as control:
            await broker.enter_async_context(mosquitto_broker(Listener(port=endpoint.port)))
            async with under_way(str(endpoint), folder, *_TWO, control=control) as going_on:
                if not await _left_in_the_second(going_on, broker):
                    return None
                await going_on.says("trying again for 60 s")
                await broker.enter_async_context(mosquitto_broker(Listener(port=endpoint.port)))
                return await going_on.end()

    run = in_bounded_time(in_time(back_again, tmp_path))

    assert run.code in {0, 2}
    assert "pass" in verdicts(run) <= {"pass", "could not test"}


def test_link_that_is_gone_for_good_ends_the_run_after_a_minute(tmp_path: Path) -> None:
    async def gone(folder: Path) -> Run | None:
        endpoint = Endpoint("127.0.0.1", free_port())
        async with AsyncExitStack() as broker, device(str(endpoint)) as control:
            await broker.enter_async_context(mosquitto_broker(Listener(port=endpoint.port)))
            async with under_way(str(endpoint), folder, *_TWO, control=control) as going_on:
                return await going_on.end() if await _left_in_the_second(going_on, broker) else None

    run = in_bounded_time(in_time(gone, tmp_path))

    assert run.code == 2
    assert "the drive was broken off" in run.output
    assert '"record": "ended"' in (run.folder / "trace.ndjson").read_text(encoding="utf-8").splitlines()[-1]


async def _left_in_the_second(going_on: Suites, broker: AsyncExitStack) -> bool:
    """The broker goes while the second of two scenarios is driven; whether that was so."""
    await going_on.says("driving 2/")
    with going_on.frozen() as driven:
        await broker.aclose()
    return driven == 1


def test_full_disk_is_told_in_one_line(tmp_path: Path) -> None:
    async def no_room() -> Run:
        async with (
            mosquitto_broker() as endpoint,
            device(str(endpoint)) as control,
            # The limit is for every file of the process, and pytest's cache would be a file too many.
            under_way(str(endpoint), tmp_path, *_APPLIED, "-p", "no:cacheprovider", control=control) as going_on,
        ):
            await going_on.says("driving 1/")
            room = going_on.trace.stat().st_size + 100
            resource.prlimit(going_on.process.pid, resource.RLIMIT_FSIZE, (room, room))
            return await going_on.end()

    run = in_bounded_time(no_room())

    assert run.code == 3
    assert "trace.ndjson cannot be written: File too large" in run.output
    assert "Traceback" not in run.output


@pytest.mark.parametrize(("rate", "size"), [(10_000, 40), (1, 10_000_000)])
def test_flood_and_huge_payloads_on_the_topics_of_the_device_break_nothing(
    tmp_path: Path, rate: int, size: int
) -> None:
    async def flooded() -> Run:
        async with (
            mosquitto_broker() as endpoint,
            device(str(endpoint)) as control,
            under_way(str(endpoint), tmp_path, control=control) as going_on,
        ):
            await going_on.says("driving 1/")
            await flood(endpoint, (_STATE, _TELEMETRY), b"x" * size, rate, 10)
            return await going_on.end()

    run = in_bounded_time(flooded())

    assert run.code in {0, 2}
    assert verdicts(run) <= {"pass", "could not test"}


def test_machine_that_stalls_is_told_and_accuses_nobody(tmp_path: Path) -> None:
    async def stalled(folder: Path) -> Run | None:
        async with (
            mosquitto_broker() as endpoint,
            device(str(endpoint)) as control,
            under_way(str(endpoint), folder, "--only", "config.is-answered-in-5-s", control=control) as going_on,
        ):
            await going_on.says("driving 1/")
            await going_on.records('"label": "idle"')
            with going_on.frozen() as driven:
                await asyncio.sleep(7)
            return await going_on.end() if driven == 0 else None

    run = in_bounded_time(in_time(stalled, tmp_path))

    assert "is driven again, as this machine stalled for" in run.output
    assert not {"fail", "warn"} & verdicts(run), run.output
