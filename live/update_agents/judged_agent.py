"""An update agent that shares nothing with Setpoint: a run of the suites against it, and what that is to say."""

import asyncio
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from harness.broker import mosquitto_broker
from live.independent import Told
from live.plug import plugged_in
from live.processes import started
from tests.runs import ROOT, Run

_HERE = ROOT / "live" / "update_agents"
_ATTEMPTS = 2
_OPEN = {"could not test", "inconclusive"}


@dataclass(frozen=True, kw_only=True)
class Expected:
    """An agent, and what a run is to say of it; any requirement that is not in `verdicts` passes.

    `envelope`: as the profile has it. `only`: what is asked at all. `code`: how the run ends.
    """

    name: str
    style: str
    profile: str = "agent"
    domain: str = "containers"
    spec: str = "desired-state"
    envelope: bool = True
    code: int = 0
    only: tuple[str, ...] = ()
    verdicts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Self:
        """From the file of that name."""
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        return cls(**{"style": file.stem, **raw, "name": file.stem, "only": tuple(raw.get("only", ()))})


EXPECTED = {file.stem: Expected.read(file) for file in sorted((_HERE / "expected").glob("*.toml"))}


async def judged(expected: Expected, asked: Sequence[str], folder: Path, *, after: float) -> Told:
    """Drive the suites against the agent for these requirements, `after` so many seconds.

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
    async with mosquitto_broker() as broker:
        where = ["--port", str(broker.port), "--data", str(folder), "--domain", expected.domain]
        agent = ["-m", "live.update_agents.agent", "--style", expected.style, *where]
        async with plugged_in(agent, folder) as plug:
            text = (_HERE / f"{expected.profile}.toml").read_text(encoding="utf-8").replace("127.0.0.1:8701", plug)
            profile = folder / "profile.toml"
            profile.write_text(f"envelope = {str(expected.envelope).lower()}\n{text}", encoding="utf-8")
            options = [option for requirement in asked for option in ("--only", requirement)]
            given = [f"--device={broker}", "--profile", str(profile), "--spec", expected.spec, *options]
            process = await started(
                ["-m", "pytest", "suites/update/agent", *given, "--reports", str(folder / "reports")]
            )
            said, _ = await process.communicate()
            return Run(process.returncode or 0, said.decode(), folder / "reports")
