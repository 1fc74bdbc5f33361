"""Scenarios played on a small simulated device, in virtual time; and what was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import StringIO
from typing import TypeVar

from harness.clock import VIRTUAL_BIRTHDAY, Clock
from harness.driving.episode_watch import EpisodeWatch, NobodyWatches
from harness.driving.progress import Progress, Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import Drive, Scenario
from harness.errors import LinkError
from harness.payload.values import Value
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.device import Device
from harness.protocols.udmi.driving.scenario_terms import ScenarioTerms
from harness.protocols.udmi.judging.episode import Episode, episodes_of
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.protocols.udmi.words.messages import ValueState
from harness.record.kinds import Closed, Provoked, Record, Sent
from harness.record.trace import Recorder
from harness.target import Target
from simulator.udmi.declared import points
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.identity import DeviceIdentity
from simulator.udmi.declared.points import Overridden, Stuck, Writable
from simulator.udmi.rules import KEPT, Rules
from simulator.udmi.target import SimTarget
from simulator.udmi.variations.variation import HEALTHY
from tests.udmi_1_5 import decode_config

R = TypeVar("R", bound=Record)
APPLIED = ValueState.APPLIED

PROFILE = Profile(
    "DEV-1",
    {
        "setpoint": Point(
            "setpoint", PointKind.WRITABLE, (21.5, 18.0), units="Celsius", elsewhere={"Fahrenheit": 68.0}
        ),
        "damper": Point("damper", PointKind.STUCK, (30.0,)),
        "fan": Point("fan", PointKind.OVERRIDDEN, (True,)),
    },
    network_allowance=0.0,
)
SETPOINT, DAMPER = PROFILE.points["setpoint"], PROFILE.points["damper"]
LONGEST_WAIT = 60.0  # seconds, of each of these scenarios
FREE = {"setpoint": None, "damper": None, "fan": None}
POINTS = (
    points.SimulatedPoint("setpoint", 20.0, Writable(), units="Celsius"),
    points.SimulatedPoint("damper", 0.0, Stuck()),
    points.SimulatedPoint("fan", base=False, behaviour=Overridden()),
)


def small_device(rules: Rules = KEPT, profile: Profile = PROFILE) -> SimTarget:
    """A device with three points, behind a broker of its own."""
    return SimTarget("sim", DeviceFile(DeviceIdentity("DEV-1"), POINTS, profile), replace(HEALTHY, rules=rules))


@dataclass(frozen=True)
class Played:
    """The records of a run, and questions to them."""

    records: Sequence[Record]

    def of(self, kind: type[R]) -> list[R]:
        """Every record of that kind."""
        return [record for record in self.records if isinstance(record, kind)]

    @property
    def closed(self) -> list[Closed]:
        """How each scenario ended."""
        return [replace(closed, time=round(closed.time - VIRTUAL_BIRTHDAY, 6)) for closed in self.of(Closed)]

    @property
    def episode(self) -> Episode:
        """The first scenario's."""
        return next(iter(episodes_of(self.records).values()))

    @property
    def provoked(self) -> list[tuple[str, str, str]]:
        """Everything that was brought about: label, what, on which point."""
        return [(record.label, record.name, record.subject) for record in self.of(Provoked)]

    def wanted(self, label: str) -> dict[str, Value | None]:
        """The writes of the config with that label, by point."""
        [sent] = [sent for sent in self.of(Sent) if sent.label == label]
        pointset = decode_config(sent.payload).pointset
        assert pointset is not None
        values = {name: point.set_value for name, point in (pointset.points or {}).items()}
        return {name: value for name, value in values.items() if isinstance(value, Value | None)}


def play(
    *drives: Drive | Scenario,
    target: Target | None = None,
    recorder: Recorder | None = None,
    progress: Progress = Unseen(),  # noqa: B008 - it holds nothing
    watch: EpisodeWatch | None = None,
) -> Played:
    """Every drive, each as a scenario of its own that bears its name; or the scenario that it is."""
    recorder = recorder or Recorder(StringIO())
    scenarios = [drive if isinstance(drive, Scenario) else _scenario(drive) for drive in drives]
    plan = RunPlan(target or small_device(), scenarios, Clock.VIRTUAL, watch=watch or NobodyWatches())
    drive_target(plan, recorder, progress)
    return Played(recorder.records)


def _scenario(drive: Drive) -> Scenario:
    name, provokes = getattr(drive, "__name__", "nameless"), {"taken": "override", "mended": "mend"}
    return Scenario(
        name, drive, begins_in=ScenarioTerms(2, lambda _: LONGEST_WAIT), provokes=provokes, hangs_on=("change_units",)
    )


async def idle(cloud: Cloud, device: Device) -> None:
    """Nothing happens for a while."""
    del device
    await cloud.listen(3)


async def writes(cloud: Cloud, device: Device) -> None:
    """One write that is applied."""
    del device
    write = SETPOINT.to(21.5, "write")
    await cloud.write(write, label="config")
    await cloud.until(write, APPLIED, at_most=20)


async def waits_in_vain(cloud: Cloud, device: Device) -> None:
    """A write that never settles is waited for."""
    del device
    write = DAMPER.to(30.0, "write")
    await cloud.write(write)
    await cloud.until(write, APPLIED, at_most=7)
    await cloud.write(SETPOINT.to(21.5, "never made"))


async def loses_the_link(cloud: Cloud, device: Device) -> None:
    """The broker goes away in the middle."""
    del cloud, device
    raise LinkError("mqtt://broker:1883", "is gone")
