"""Devices in bad company: a second client that speaks in the device's name, and a device with hostile words in it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import cycle, islice
from pathlib import Path
from pkgutil import walk_packages

import suites.udmi
from harness.clock import Clock
from harness.driving import scenario
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.mqtt.link import Link, connect
from harness.protocols.udmi import profile
from harness.protocols.udmi.profile import PointKind, Profile, udmi_profile
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Record
from harness.record.trace import Recorder
from harness.target import HostServices, RunningTarget, Target
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.identity import DeviceIdentity
from simulator.udmi.declared.points import Faulty, Overridden, ReadOnly, SimulatedPoint, Stuck, Writable
from simulator.udmi.target import SimTarget

# Every module that may hold a scenario; what a test elsewhere made known is none of the suites'.
MODULES = tuple(import_module(one.name) for one in walk_packages(suites.udmi.__path__, "suites.udmi."))
SCENARIOS = sorted(
    (one for one in scenario.SCENARIOS.values() if one.drive.__module__.startswith("suites.udmi.")),
    key=lambda one: (one.is_rough, one.drive.__module__, one.name),
)
FLOOD = 2000  # messages

# What the second client says, on both topics of the device. The points are those of AHU-1.
PAYLOADS = (
    b"",
    b"{",
    b"null",
    b"[1, 2",
    b"\x00\x1b[31m\xff\xfe",
    '{"version": "1.5.7"}'.encode("utf-16"),
    b"[" * 20_000,
    b'{"a":' * 20_000,
    b'{"version": "' + b"x" * 20_000 + b'"}',
    b'{"timestamp": ' + b"7" * 5000 + b', "version": NaN, "partial_update": 1e400}',
    b'{"timestamp": "0001-01-01T00:00:00+05:00", "system": {"last_config": "9999-12-31T23:59:59.9999999Z"}}',
    b'{"system": 3, "pointset": [], "points": "x"}',
    b'{"system": {"operation": {"mode": "busy"}, "hardware": null, "software": {"\\ud800": {}}, "status": "bad"}}',
    b'{"system": {"hardware": {"make": "\\u001b[31m", "model": "\\ud800"}, "serial_no": "<b>"}, "pointset": {}}',
    b'{"system": {"last_config": []}, "pointset": {"points": {"damper_position": {"value_state": {}}}}}',
    b'{"pointset": {"state_etag": {"a": []}, "points": {"damper_position": {"value_state": 3, "status": [1]}}}}',
    b'{"pointset": {"state_etag": "\\ud800", "points": {"damper_position": {"value_state": "busy", "units": {}}}}}',
    b'{"pointset": {"state_etag": null, "points": {"damper_position": {"status": {"level": "high", "message": []}}}}}',
    b'{"pointset": {"state_etag": "", "points": {"damper_position": null, "pump_mode": 5, "": {"status": {}}}}}',
    b'{"points": {"damper_position": 3, "pump_mode": {"present_value": []}, "": {"present_value": NaN}}}',
    b'{"points": {' + b'"ghost": {"present_value": {}}, ' * 999 + b'"x": {}}, "partial_update": "yes"}',
    b'{"logentries": "none", "metrics": [], "event_no": "x"}',
    b'{"logentries": [1, null, {}, {"level": "\\u001b[31m", "category": []}], "metrics": {"x": "y"}, "event_no": -1}',
    b'{"pointset": {"points": {' + b",".join(b'"p%d": {"value_state": %d}' % (n, n) for n in range(500)) + b"}}}",
)

ESCAPE, MARKUP, TABLE, CDATA = "\x1b[31mred", "<script>alert(1)</script>", "| md | `x` | [a](b) &lt;", "]]>&\ud800"
LINES = "one\r\n# two\n- three"
WORDS = (ESCAPE, MARKUP, TABLE, CDATA, LINES)


@dataclass(frozen=True)
class Haunted:
    """A device beside which another client publishes on the same topics: now and then, and once in a flood."""

    device: Target
    name: str = "haunted"
    clock: Clock = Clock.VIRTUAL

    @property
    def profile(self) -> Profile:
        """The device's own."""
        return udmi_profile(self.device.profile)

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The device, and its ghost."""
        async with self.device.open(services) as running, connect(running.endpoint, "ghost") as link:
            haunting = asyncio.create_task(_haunt(link, Topics.of(self.profile.id, self.profile.topics)))
            yield running
            haunting.cancel()


async def _haunt(link: Link, topics: Topics) -> None:
    for number, payload in enumerate(cycle(PAYLOADS)):
        await link.publish(topics.state, payload)
        await link.publish(topics.telemetry, payload)
        if number == len(PAYLOADS):
            for flooding in islice(cycle(PAYLOADS[:6]), FLOOD // 2):
                await link.publish(topics.state, flooding)
                await link.publish(topics.telemetry, flooding)
        await asyncio.sleep(0.7)


def device_with_hostile_words() -> Target:
    """Every string that it reports of itself, and every name of a point, means harm to whoever prints it."""
    identity = DeviceIdentity("<b>AHU|1</b>", ESCAPE, MARKUP, TABLE, {"firmware": CDATA, ESCAPE: LINES})
    points = (
        SimulatedPoint(MARKUP, 0.0, Writable()),
        SimulatedPoint(ESCAPE, 0.0, ReadOnly()),
        SimulatedPoint(TABLE, 0.0, Overridden(by=CDATA)),
        SimulatedPoint(CDATA, 0.0, Faulty(fault=LINES)),
        SimulatedPoint(LINES, 0.0, Stuck()),
    )
    kinds = (PointKind.WRITABLE, PointKind.READ_ONLY, PointKind.OVERRIDDEN, PointKind.FAULTY, PointKind.STUCK)
    declared = {
        point.name: profile.Point(point.name, kind, (30.0, 50.0)) for point, kind in zip(points, kinds, strict=True)
    }
    return SimTarget("sim:<b>|", DeviceFile(identity, points, Profile(identity.id, declared, 60, 0.0)))


def driven(target: Target, trace: Path) -> list[Record]:
    """Every scenario of the suites, in virtual time; the records are in memory and in the file."""
    with trace.open("w", encoding="utf-8") as file:
        recorder = Recorder(file)
        drive_target(RunPlan(target, SCENARIOS, Clock.VIRTUAL), recorder, Unseen())
    return recorder.records
