"""Devices in bad company: a second client that speaks in the device's name, and a device with hostile words in it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from harness import profile
from harness.clock import Clock
from harness.driving import scenario
from harness.driving.performance import Play, perform
from harness.driving.progress import Unseen
from harness.profile import Kind, Profile
from harness.record import Record
from harness.target import Bench, Stand, Target
from harness.trace import Recorder
from harness.wire.link import Link, connect
from harness.wire.topics import Topics
from simulator.device_file import DeviceFile
from simulator.identity import Identity
from simulator.points import Faulty, Overridden, Point, ReadOnly, Stuck, Writable
from simulator.target import SimTarget
from suites.udmi.scenarios import broken, configs, etags, expiries, system, writes

SCENARIOS = [
    scenario.SCENARIOS[name] for module in (broken, configs, etags, expiries, system, writes) for name in module.__all__
]
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
        return self.device.profile

    @asynccontextmanager
    async def open(self, bench: Bench) -> AsyncIterator[Stand]:
        """The device, and its ghost."""
        async with self.device.open(bench) as stand, connect(stand.endpoint, "ghost") as link:
            haunting = asyncio.create_task(_haunt(link, Topics.of(self.profile.id)))
            yield stand
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
    identity = Identity("<b>AHU|1</b>", ESCAPE, MARKUP, TABLE, {"firmware": CDATA, ESCAPE: LINES})
    points = (
        Point(MARKUP, 0.0, Writable()),
        Point(ESCAPE, 0.0, ReadOnly()),
        Point(TABLE, 0.0, Overridden(by=CDATA)),
        Point(CDATA, 0.0, Faulty(fault=LINES)),
        Point(LINES, 0.0, Stuck()),
    )
    kinds = (Kind.WRITABLE, Kind.READ_ONLY, Kind.OVERRIDDEN, Kind.FAULTY, Kind.STUCK)
    declared = {
        point.name: profile.Point(point.name, kind, (30.0, 50.0)) for point, kind in zip(points, kinds, strict=True)
    }
    return SimTarget("sim:<b>|", DeviceFile(identity, points, Profile(identity.id, declared, 60, 0.0)))


def driven(target: Target, trace: Path) -> list[Record]:
    """Every scenario of the suites, in virtual time; the records are in memory and in the file."""
    with trace.open("w", encoding="utf-8") as file:
        recorder = Recorder(file)
        perform(Play(target, SCENARIOS, Clock.VIRTUAL), recorder, Unseen())
    return recorder.records
