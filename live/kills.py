"""The victims: a command against a device on somebody's broker, worked from two folders by turns."""

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from random import Random

from live.bystander import Bystander
from live.processes import SETPOINT, started
from tests.runs import ROOT

AT_MOST = 300.0  # seconds for whatever is let end by itself; it takes a fraction of that
_PROFILE = ROOT / "fixtures" / "udmi" / "profiles" / "ahu-1.toml"
_NICENESS = 5  # nothing here goes by the clock: whatever else runs in real time comes first
_TWICE_WITHIN = 0.3  # seconds from one Ctrl-C to the next


class What(StrEnum):
    """A command that speaks to the device."""

    RUN = "run"
    DOCTOR = "doctor"
    PROFILE = "profile"
    RESTORE = "restore"


class How(StrEnum):
    """The blow that comes upon it."""

    KILL = "SIGKILL"
    TERM = "SIGTERM"
    HANG_UP = "SIGHUP"
    CTRL_C = "SIGINT"
    CTRL_C_TWICE = "SIGINT twice"


@dataclass(frozen=True)
class Blow:
    """`when`: as a part of the way that the command goes if nothing comes upon it (`Pace`)."""

    what: What
    how: How
    when: float
    folder: str
    clear: bool = False


@dataclass(frozen=True)
class Ended:
    """How a command ended, and after how many words to the broker. `is_late`: by itself, as a blow came too late."""

    code: int
    output: str
    words: int
    is_late: bool


@dataclass(frozen=True)
class Pace:
    """How a command goes: the seconds up to each word that it says to the broker, and up to its end.

    A way is counted in words, and only a part of the way from one to the next in seconds, which end with that word: how
    fast this machine is moves no blow to where nothing happens any more.
    """

    gaps: Sequence[float]

    @classmethod
    def guessed(cls, words: int) -> "Pace":
        """For one that says so many words, as long as none was seen to go its way."""
        return cls([1.0] * (words + 1))

    def place(self, when: float) -> tuple[int, float]:
        """The words that have been said at that part of the way, and the seconds since the last of them."""
        words = min(int(when * len(self.gaps)), len(self.gaps) - 1)
        return words, (when * len(self.gaps) - words) * self.gaps[words]


@dataclass
class KillSetup:
    """One device, and the two folders with the reports of those who test it."""

    bystander: Bystander
    device: str
    room: Path
    chance: Random
    paces: dict[What, Pace]  # as each last went to its end on any bench
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.room.mkdir()
        text = _PROFILE.read_text(encoding="utf-8").partition("# How a condition")[0]
        self.profile = self.room / "profile.toml"
        self.profile.write_text(text.replace('"AHU-1"', f'"{self.device}"'), encoding="utf-8")

    async def strike(self, blow: Blow) -> Ended:
        """Begin the command, and let the blow come upon it at its place."""
        return await self._go(self._command(blow.what, blow.folder, clear=blow.clear), blow.what, blow)

    async def through(self, what: What, folder: str, *, clear: bool = False) -> Ended:
        """The command, which nothing comes upon."""
        return await self._go(self._command(what, folder, clear=clear), what)

    async def _go(self, command: Sequence[str], what: What, blow: Blow | None = None) -> Ended:
        process, now = await started(command, niceness=_NICENESS), asyncio.get_running_loop().time
        began, before = now(), len(self.bystander.words[self.device])
        saying = asyncio.create_task(process.communicate())
        try:
            if blow:
                await self._until(blow, before, saying)
            is_struck = blow is not None and not saying.done()
            for number in _numbers(blow.how) if blow and is_struck else ():
                with suppress(ProcessLookupError):
                    process.send_signal(number)
                await asyncio.wait([saying], timeout=self.chance.uniform(0, _TWICE_WITHIN))
            said, _ = await asyncio.wait_for(saying, AT_MOST)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        marks = [began, *self.bystander.words[self.device][before:], now()]
        if not is_struck:
            self.paces[what] = Pace([later - one for one, later in pairwise(marks)])
        way = f"{len(marks) - 2} words, {marks[-1] - began:.1f} s"
        self.told.append(f"{blow if is_struck else what}: {process.returncode} after {way}")
        return Ended(process.returncode or 0, said.decode(errors="replace"), len(marks) - 2, is_late=not is_struck)

    async def _until(self, blow: Blow, before: int, saying: "asyncio.Task[object]") -> None:
        """Wait for the place of the blow, or for the command's end."""
        words, seconds = self.paces[blow.what].place(blow.when)
        for count, at_most in ((before + words, AT_MOST), (before + words + 1, seconds)):
            said = asyncio.create_task(self.bystander.until_words(self.device, count))
            await asyncio.wait([saying, said], timeout=at_most, return_when=asyncio.FIRST_COMPLETED)
            said.cancel()
            await asyncio.wait([said])

    def runs(self) -> Sequence[Path]:
        """The folders of runs in either place that had begun."""
        return [trace.parent for trace in self.room.glob("*/20*/trace.ndjson") if b"\n" in trace.read_bytes()]

    def _command(self, what: What, folder: str, *, clear: bool) -> list[str]:
        reports = ["--reports", str(self.room / folder)]
        at = [f"--device={self.bystander.endpoint}", "--profile", str(self.profile), *reports]
        match what:
            case What.RUN:
                only = ["--only", "writeback.applied"]
                return ["-m", "pytest", "suites/", "-p", "no:hypothesispytest", *at, *only, *(["--clear"] * clear)]
            case What.DOCTOR:
                return [*SETPOINT, "doctor", *at]
            case What.PROFILE:
                draft = ["--seconds", "4", "--id", self.device, "--force", "-o", str(self.room / "draft.toml")]
                return [*SETPOINT, "profile", *at, *draft, *(["--clear"] * clear)]
            case What.RESTORE:
                return [*SETPOINT, "restore", str(self.chance.choice(self.runs()))]


def _numbers(how: How) -> Sequence[signal.Signals]:
    match how:
        case How.KILL:
            return [signal.SIGKILL]
        case How.TERM:
            return [signal.SIGTERM]
        case How.HANG_UP:
            return [signal.SIGHUP]
        case How.CTRL_C:
            return [signal.SIGINT]
        case How.CTRL_C_TWICE:
            return [signal.SIGINT, signal.SIGINT]
