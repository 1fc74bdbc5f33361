"""A run of one scenario in which all happens that judgements ask about, and a message that comes in between."""

from harness.judging.verdicts.evidence import Evidence
from harness.mqtt.packets import ObservedConnect, ObservedPacket, PacketKind
from harness.protocols.udmi.judging.episode import Episode
from harness.protocols.udmi.judging.whole_run import WholeRun, whole_run_of
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.protocols.udmi.words.messages import Config, PointConfig, PointsetConfig
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import UDMI, Topics
from harness.record.kinds import Began, Closed, Desired, Done, Ended, Opened, Provoked, Received, Record, Sent
from harness.record.lines import FORMAT
from tests.udmi_1_5 import encode

NAME = "visited"
WRITE, TAKEN, MOVED, CUT = "write", "taken", "moved", "cut"  # what its one config and its provocations are called
DEVICE = Topics.of("DEV-1", UDMI)

_BEGAN = 1_767_225_600.0
_GOOD_STATE = b"""{"timestamp": "2026-01-01T00:00:01Z", "system": {"last_config": "2026-01-01T00:00:00Z"}, "pointset":
    {"state_etag": "e", "points": {"damper": {"value_state": "applied", "units": "Percent"}, "valve": {}}}}"""
_BEFORE = b'{"timestamp": "2025-12-31T23:59:58Z", "pointset": {"points": {"damper": {}, "valve": {}}}}'
_REFUSED = b"""{"pointset": {"points": {"damper": {"value_state": "invalid", "status": {"level": 500, "category":
    "pointset.point.invalid", "message": "no", "timestamp": "2026-01-01T00:00:22Z"}}, "valve": {}}}}"""
_HELLO = ObservedConnect("MQTT", 4, clean_session=True, keep_alive=60)
_GOOD_TELEMETRY = b'{"points": {"damper": {"present_value": 30.0}, "valve": {"present_value": 0.0}}}'


def visited(topic: str, payload: bytes) -> WholeRun:
    """A write that is applied; before, in between and after all, the message comes on that topic of the device."""
    points = {"damper": PointConfig(30.0, units="Percent"), "valve": PointConfig()}
    config = encode(Config(_BEGAN, "1.5.7", PointsetConfig("e", _BEGAN + 3600, 10, points)))
    damper, valve = (Point(name, PointKind.WRITABLE, (30.0, 50.0)) for name in ("damper", "valve"))
    profile = Profile("DEV-1", {"damper": damper, "valve": valve}, time_to_failure=60, network_allowance=0.0)
    records: list[Record] = [
        Began(_BEGAN - 9, FORMAT, "0.1.0", Spec.UDMI_1_5, "virtual", "by hand", profile.as_dict()),
        Received(_BEGAN - 8, topic, payload, retain=False),
        ObservedPacket(_BEGAN - 7, "DEV-1", PacketKind.CONNECT, hello=_HELLO),
        ObservedPacket(_BEGAN - 7, "DEV-1", PacketKind.SUBSCRIBE, (DEVICE.config,), (1,)),
        Opened(_BEGAN, NAME),
        Received(_BEGAN + 0.1, topic, payload, retain=False),
        Received(_BEGAN + 0.2, DEVICE.state, _BEFORE, retain=False),
        Sent(_BEGAN + 0.5, DEVICE.config, config, WRITE, {WRITE: Desired("damper", 30.0)}),
        Done(_BEGAN + 0.5, 7),
        ObservedPacket(_BEGAN + 0.6, "DEV-1", PacketKind.DELIVERY, (DEVICE.config,), (1,), 1),
        ObservedPacket(_BEGAN + 0.7, "DEV-1", PacketKind.PUBACK, (DEVICE.config,), packet_id=1),
        Received(_BEGAN + 1, topic, payload, retain=False),
        Received(_BEGAN + 2, DEVICE.state, _GOOD_STATE, retain=False),
        Received(_BEGAN + 2, DEVICE.telemetry, _GOOD_TELEMETRY, retain=False),
        Provoked(_BEGAN + 3, TAKEN, "override", "damper"),
        Done(_BEGAN + 3, 14),
        Received(_BEGAN + 4, topic, payload, retain=False),
        Provoked(_BEGAN + 20, MOVED, "move", "damper", 50.0),
        Done(_BEGAN + 20, 17),
        Received(_BEGAN + 21, DEVICE.telemetry, _GOOD_TELEMETRY.replace(b"30.0", b"50.0"), retain=False),
        Received(_BEGAN + 22, DEVICE.state, _REFUSED, retain=False),
        Provoked(_BEGAN + 30, CUT, "disconnect"),
        Done(_BEGAN + 30, 21),
        ObservedPacket(_BEGAN + 30, "DEV-1", PacketKind.LOST),
        ObservedPacket(_BEGAN + 32, "DEV-1", PacketKind.CONNECT, hello=_HELLO),
        Received(_BEGAN + 70, topic, payload, retain=False),
        Closed(_BEGAN + 80),
        Received(_BEGAN + 81, topic, payload, retain=False),
        Ended(_BEGAN + 82),
    ]
    return whole_run_of(records)


def afresh(run: WholeRun) -> WholeRun:
    """The same run before any question: no evidence is collected yet."""
    scenes = {name: Episode(scene.history) for name, scene in run.scenes.items()}
    return WholeRun(run.history, Evidence(), scenes=scenes, said=run.said, misunderstood=None)
