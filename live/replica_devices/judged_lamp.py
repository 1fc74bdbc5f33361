"""A lamp that shares nothing with Setpoint: how it is met, a run of the suites, and what that is to say."""

import asyncio
import tomllib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from harness.broker import mosquitto_broker
from live.independent import Told
from live.plug import plugged_in
from live.processes import SETPOINT, free_port, started
from tests.runs import ROOT, Run

_HERE = ROOT / "live" / "replica_devices"
_ATTEMPTS = 2
_OPEN = {"could not test", "inconclusive"}
ID = "LAMP-9"


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A lamp, and what a run is to say of it; any requirement that is not in `verdicts` passes.

    `road`: `mqtt` to a broker of somebody else, `listen` to the suites', `listens` likewise with certificates. `only`:
    what is asked at all. `code`: how the run ends.
    """

    name: str
    device: str = "lamp"
    style: str = "nulls"
    bug: str = ""
    scheme: str = "seed"
    road: str = "listen"
    code: int = 0
    only: tuple[str, ...] = ()
    verdicts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Self:
        """From the file of that name."""
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        return cls(**{**raw, "name": file.stem, "only": tuple(raw.get("only", ()))})


EXPECTED = {file.stem: Expected.read(file) for file in sorted((_HERE / "expected").glob("*.toml"))}


def lamp(expected: Expected, port: int, folder: Path, *more: str, identity: str = ID) -> Sequence[str]:
    """The arguments of Python that run it."""
    made = ["--style", expected.style, "--bug", expected.bug, "--scheme", expected.scheme]
    where = ["--id", identity, "--port", str(port), "--data", str(folder)]
    return ["-m", f"live.replica_devices.{expected.device}", *where, *made, *more]


async def certified(folder: Path) -> None:
    """The certificates of a bench, as an operator has them made."""
    process = await started([*SETPOINT, "certs", str(folder), "--device", ID])
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()


async def judged(expected: Expected, asked: Sequence[str], folder: Path, *, after: float) -> Told:
    """Drive the suites against the lamp for these requirements, `after` so many seconds.

    What is left open, and is not expected to be, is asked for anew, as an operator would.
    """
    await asyncio.sleep(after)
    told: Told | None = None
    for attempt in range(_ATTEMPTS):
        room = folder / str(attempt)
        room.mkdir(parents=True)
        run = Told.by(await _driven(expected, asked, room))
        told = told.followed_by(run) if told else run
        verdicts = {name: str(one.verdict) for name, one in told.requirements.items()}
        asked = [name for name, one in verdicts.items() if one in _OPEN and expected.verdicts.get(name) != one]
        if not asked:
            break
    assert told
    return told


async def _driven(expected: Expected, asked: Sequence[str], folder: Path) -> Run:
    service = free_port()
    async with _met(expected, folder) as (port, target):
        device = lamp(expected, port, folder, "--service-port", str(service))
        async with plugged_in(device, folder) as plug:
            text = (_HERE / "lamp.toml").read_text(encoding="utf-8")
            for written, here in {"127.0.0.1:8700": f"127.0.0.1:{service}", "127.0.0.1:8701": plug}.items():
                text = text.replace(written, here)
            profile = folder / "profile.toml"
            profile.write_text(f'scheme = "{expected.scheme}"\n{text}', encoding="utf-8")
            options = [option for requirement in asked for option in ("--only", requirement)]
            given = ["--profile", str(profile), "--spec", f"replica-{expected.scheme}", *options]
            command = ["-m", "pytest", "suites/replica/device", *target, *given, "--reports", str(folder / "reports")]
            process = await started(command)
            said, _ = await process.communicate()
            return Run(process.returncode or 0, said.decode(), folder / "reports")


@asynccontextmanager
async def _met(expected: Expected, folder: Path) -> AsyncIterator[tuple[int, Sequence[str]]]:
    """The port that the lamp connects to, and what the suites are told of it."""
    match expected.road:
        case "mqtt":
            async with mosquitto_broker() as broker:
                yield broker.port, [f"--device={broker}"]
        case "listen":
            port = free_port()
            yield port, [f"--device=listen://127.0.0.1:{port}"]
        case "listens":
            await certified(folder)
            port = free_port()
            yield port, [f"--device=listens://127.0.0.1:{port}", *broker_options(folder)]
        case _:
            raise AssertionError(expected.road)


def broker_options(folder: Path) -> Sequence[str]:
    """For a broker of ours that wants a certificate of every client."""
    ca = str(folder / "ca.crt")
    server = ["--certificate", str(folder / "server.crt"), "--key", str(folder / "server.key")]
    return ["--ca", ca, "--client-ca", ca, *server]
