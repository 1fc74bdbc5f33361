"""A device that shares nothing with Setpoint: its profile, a run of the suites, and what that is to say."""

import asyncio
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from harness.report.results import RequirementResult
from live.plug import plugged_in
from live.processes import free_port, suites
from tests.runs import ROOT, Run

_DEVICES = ROOT / "live" / "devices"
_ATTEMPTS = 3
_WELL = {"pass", "observation", "not applicable", "out of view"}
_OPEN = {"could not test", "inconclusive"}


@dataclass(frozen=True, kw_only=True)
class Expected:
    """The verdicts that a run is to come to; on any requirement that is not in here, that all is well.

    `broken`: how each requirement is told that the device breaks. `undecided`: each that it leaves open by its nature,
    and words that tell why. `rest`: words that tell why of whatever is left open, of a device that is gone, or whose
    deeds come when they like. `only`: what is asked at all, where a whole run would be long by the device's nature.
    """

    name: str
    device: str
    listens: bool = False
    profile: str = "box"
    only: tuple[str, ...] = ()
    broken: Mapping[str, str] = field(default_factory=dict)
    undecided: Mapping[str, str] = field(default_factory=dict)
    rest: tuple[str, ...] = ()

    @classmethod
    def read(cls, file: Path) -> "Expected":
        """From the file of that name."""
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        lists = {key: tuple(raw.get(key, ())) for key in ("only", "rest")}
        return cls(**{"device": file.stem, **raw, **lists, "name": file.stem})

    @property
    def code(self) -> int:
        """How the run ends."""
        return 1 if "fail" in self.broken.values() else 2 if self.undecided or self.rest else 0

    def explains(self, requirement: str, story: str) -> bool:
        """Whether it is by the device's nature that the requirement was left open."""
        words = (self.undecided[requirement],) if requirement in self.undecided else self.rest
        return any(word in story for word in words)


EXPECTED = {file.stem: Expected.read(file) for file in sorted((_DEVICES / "expected").glob("*.toml"))}


@dataclass(frozen=True)
class Told:
    """The verdicts on a device: of each requirement by the last run that was asked for it. `code`: of the first."""

    requirements: Mapping[str, RequirementResult]
    code: int
    output: str

    @classmethod
    def by(cls, run: Run) -> Self:
        """One run."""
        return cls({one.id: one for one in run.judged.requirements}, run.code, run.output)

    def followed_by(self, later: "Told") -> "Told":
        """A run that was asked for some of it once more takes the place of the verdicts that this one left open."""
        known = Told({**self.requirements, **later.requirements}, self.code, self.output + later.output)
        verdicts = {one.verdict for one in known.requirements.values()}
        return replace(known, code=1 if "fail" in verdicts else 2 if verdicts & _OPEN else 0)

    @property
    def broken(self) -> Mapping[str, str]:
        """How each requirement is told that the device breaks, or that we do."""
        verdicts = {name: str(one.verdict) for name, one in self.requirements.items()}
        return {name: verdict for name, verdict in verdicts.items() if verdict not in _WELL | _OPEN}

    @property
    def left_open(self) -> Sequence[tuple[str, str]]:
        """Each finding of a requirement that is not decided: the requirement, and what the finding tells."""
        return [
            (name, finding.story)
            for name, one in self.requirements.items()
            if one.verdict in _OPEN
            for finding in one.findings
            if finding.verdict in _OPEN
        ]

    def unexplained(self, expected: Expected) -> Sequence[tuple[str, str]]:
        """Those of them that are not by the device's nature."""
        return [(of, story) for of, story in self.left_open if not expected.explains(of, story)]


async def drive(expected: Expected, broker: str, folder: Path, *, after: float) -> Told:
    """Drive the suites against the device, `after` so many seconds.

    What is left open, and the device does not explain, is asked for anew where this machine stalled, and there alone.
    An accusation stands as it was made first.
    """
    await asyncio.sleep(after)
    told, only = None, expected.only
    for attempt in range(_ATTEMPTS):
        room = folder / str(attempt)
        room.mkdir(parents=True)
        run = await _driven(expected, broker, room, only)
        told = told.followed_by(Told.by(run)) if told else Told.by(run)
        only = tuple(sorted({of for of, _ in told.unexplained(expected)}))
        if not only or "this machine stalled" not in run.output:
            break
    assert told
    return told


async def _driven(expected: Expected, broker: str, folder: Path, only: Sequence[str]) -> Run:
    identity = f"BOX-{1 + list(EXPECTED).index(expected.name)}"
    service = f"127.0.0.1:{free_port()}"
    url = f"listen://127.0.0.1:{free_port()}" if expected.listens else broker
    device = ["-m", f"live.devices.{expected.device}", "--id", identity, "--port", url.rpartition(":")[2]]
    options = [option for requirement in only for option in ("--only", requirement)]
    async with plugged_in(
        [*device, "--service-port", service.rpartition(":")[2], "--data", str(folder)], folder
    ) as plug:
        profile = _profile(expected, folder, {"AHU-9": identity, "127.0.0.1:8700": service, "127.0.0.1:8701": plug})
        async with suites(url, profile, folder / "reports", *options) as started:
            return await started.end()


def _profile(expected: Expected, folder: Path, places: Mapping[str, str]) -> Path:
    """The device's own, with what is only known on the bench."""
    text = (_DEVICES / "profiles" / f"{expected.profile}.toml").read_text(encoding="utf-8")
    for written, place in places.items():
        text = text.replace(written, place)
    file = folder / "profile.toml"
    file.write_text(text, encoding="utf-8")
    return file
