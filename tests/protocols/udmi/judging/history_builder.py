"""Histories made by hand, record by record, in the words of a scenario. Times are seconds since it opened.

episode = history().sent("write", damper=30.0).state(at=2, damper=UPDATING).closed(at=70)
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from harness.judging.timing.stalls import Stalls
from harness.mqtt.packets import ObservedConnect, ObservedPacket, PacketKind, Replaced
from harness.payload.values import Field, IllTyped, Value
from harness.protocols.udmi.judging.episode import Episode
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.protocols.udmi.words.messages import (
    Config,
    Message,
    PointConfig,
    PointsetConfig,
    PointsetState,
    PointState,
    State,
    Status,
    SystemEvent,
    SystemState,
    Telemetry,
    ValueState,
)
from harness.protocols.udmi.words.topics import UDMI, Topics
from harness.record.kinds import Closed, Desired, Done, Lacked, Opened, Provoked, Received, Record, Sent, Stalled
from tests.udmi_1_5 import CODEC, VERSION, encode

OPENED = 1_767_225_600.0  # Unix seconds
FIRST = 10  # the place of the first record: an episode is never at the very start of its trace
APPLIED, UPDATING, OVERRIDDEN = ValueState.APPLIED, ValueState.UPDATING, ValueState.OVERRIDDEN
INVALID, FAILURE = ValueState.INVALID, ValueState.FAILURE

HELLO = ObservedConnect("MQTT", 4, clean_session=True, keep_alive=60)

Said: TypeAlias = PointState | Field[ValueState]
_TOPICS = Topics.of("DEV-1", UDMI)


def moment(at: float) -> float:
    """Unix seconds of what happens `at` seconds into the history."""
    return round(OPENED + at, 6)


def history(*, allowance: float = 0.0, time_to_failure: float | None = None) -> "HistoryBuilder":
    """A history of a device with two points, damper and valve, in which a scenario has just been opened."""
    points = {name: Point(name, PointKind.WRITABLE, (30.0, 50.0)) for name in ("damper", "valve")}
    return HistoryBuilder(Profile("DEV-1", points, time_to_failure, allowance))


class HistoryBuilder:
    """Every call appends; `closed` gives the episode."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._records: list[Record] = [Opened(OPENED, "by_hand")]
        self._wanted: dict[str, Value] = {}
        self._before: list[tuple[int, ObservedPacket]] = []

    def sent(
        self,
        label: str,
        *,
        at: float = 0.0,
        etag: Field[str] = None,
        expiry: float | None = 3600.0,
        **values: Value | None,
    ) -> "HistoryBuilder":
        """A config that reached the device as soon as it was sent. None releases the point.

        The write to a single point bears the config's label; where there are several, each bears its point's name.
        """
        return self.sending(label, at=at, etag=etag, expiry=expiry, **values).arrived(at=at)

    def sending(
        self,
        label: str,
        *,
        at: float = 0.0,
        etag: Field[str] = None,
        expiry: float | None = 3600.0,
        **values: Value | None,
    ) -> "HistoryBuilder":
        """A config that leaves us; what follows is in flight, until it has arrived."""
        self._wanted |= {name: value for name, value in values.items() if value is not None}
        for name in (name for name, value in values.items() if value is None):
            self._wanted.pop(name, None)
        settings = {label if len(values) == 1 else name: Desired(name, value) for name, value in values.items()}
        points = {name: PointConfig(set_value=self._wanted.get(name)) for name in self._profile.points}
        pointset = PointsetConfig(etag, None if expiry is None else moment(expiry), 10, points)
        payload = encode(Config(moment(at), VERSION, pointset))
        return self._append(Sent(moment(at), _TOPICS.config, payload, label, settings))

    def broken(
        self, label: str, *, at: float, stamped: float | None = None, rate: float | None = None, **values: Value
    ) -> "HistoryBuilder":
        """A config that reached the device at once and cannot be worked on; it would set these values if it could."""
        points = {name: PointConfig(set_value=value) for name, value in values.items()}
        timestamp = None if stamped is None else moment(stamped)
        payload = encode(Config(timestamp, None, PointsetConfig(sample_rate_sec=rate, points=points)))
        return self._append(Sent(moment(at), _TOPICS.config, payload, label, {}, broken=True)).arrived(at=at)

    def asked(
        self,
        label: str,
        *,
        at: float = 0.0,
        points: Iterable[str] | None = ("damper", "valve"),
        units: str | None = None,
    ) -> "HistoryBuilder":
        """A config that lists these points and writes nothing; the damper is to be in these units."""
        asks = {name: PointConfig(units=units if name == "damper" else None) for name in points or ()}
        pointset = PointsetConfig(sample_rate_sec=10, points=None if points is None else asks)
        payload = encode(Config(moment(at), VERSION, pointset))
        return self._append(Sent(moment(at), _TOPICS.config, payload, label)).arrived(at=at)

    def moved(self, label: str, value: Value, *, at: float, point: str = "damper") -> "HistoryBuilder":
        """The point came to show this by itself."""
        return self._append(Provoked(moment(at), label, "move", point, value)).arrived(at=at)

    def arrived(self, *, at: float) -> "HistoryBuilder":
        """The latest config or provocation is known to have reached the device."""
        latest = max(n for n, record in enumerate(self._records) if isinstance(record, Sent | Provoked))
        return self._append(Done(moment(at), FIRST + latest))

    def provoked(self, label: str, *, at: float, point: str = "damper") -> "HistoryBuilder":
        """A condition that was brought about at once."""
        return self._append(Provoked(moment(at), label, "override", point)).arrived(at=at)

    def power_cut(self, *, at: float) -> "HistoryBuilder":
        """The device was switched off and on."""
        return self._append(Provoked(moment(at), "power cut", "restart")).arrived(at=at)

    def stalled(self, seconds: float, *, at: float) -> "HistoryBuilder":
        """We ourselves heard nothing for so long, up to then."""
        return self._append(Stalled(moment(at), seconds))

    def seen(
        self,
        what: PacketKind,
        *,
        at: float,
        client: str = "DEV-1",
        topics: tuple[str, ...] = (),
        qos: tuple[int, ...] = (),
        packet_id: int | None = None,
        retain: bool | None = None,
        hello: ObservedConnect | None = None,
        refused: bool | None = None,
        silent_for: float | None = None,
        peer: str | None = None,
        replaced: Replaced | None = None,
    ) -> "HistoryBuilder":
        """A packet that a broker of ours saw of the device's client, or of another."""
        packet = ObservedPacket(
            moment(at), client, what, topics, qos, packet_id, retain, hello, refused, silent_for, peer, replaced
        )
        return self._append(packet)

    def takes_over(
        self, replaced: Replaced, *, at: float, peer: str | None = None, client: str = "DEV-1"
    ) -> "HistoryBuilder":
        """A CONNECT ends the connection of the same id."""
        self.seen(PacketKind.LOST, at=at, client=client)
        return self.seen(PacketKind.CONNECT, at=at, client=client, hello=HELLO, peer=peer, replaced=replaced)

    def connects(
        self,
        *,
        at: float,
        hello: ObservedConnect = HELLO,
        refused: bool | None = None,
        client: str = "DEV-1",
        peer: str | None = None,
    ) -> "HistoryBuilder":
        """CONNECT, and SUBSCRIBE if it is let in."""
        self.seen(PacketKind.CONNECT, at=at, client=client, hello=hello, refused=refused, peer=peer)
        if refused:
            return self
        return self.seen(PacketKind.SUBSCRIBE, at=at, client=client, topics=(_TOPICS.config,), qos=(1,))

    def delivered(self, packet_id: int, *, at: float) -> "HistoryBuilder":
        """A config is written to the device's socket."""
        return self.seen(PacketKind.DELIVERY, at=at, topics=(_TOPICS.config,), qos=(1,), packet_id=packet_id)

    def acknowledges(self, packet_id: int = 1, *, at: float) -> "HistoryBuilder":
        """The PUBACK of a config."""
        return self.seen(PacketKind.PUBACK, at=at, topics=(_TOPICS.config,), packet_id=packet_id)

    def lacked(self, role: str, remedy: str, *, provocation: bool = False) -> "HistoryBuilder":
        """The profile offers nothing for that role, or no way to bring it about."""
        return self._append(Lacked(OPENED, role, remedy, provocation))

    def state(
        self,
        *,
        at: float,
        etag: Field[str] = "e",
        last_config: Field[float] = None,
        made_at: float | None = None,
        **said: Said,
    ) -> "HistoryBuilder":
        """A whole state, stamped when it comes or at `made_at`. Nobody wrote a point that is not mentioned."""
        points = {name: _point_state(said.get(name)) for name in (*self._profile.points, *said)}
        named = moment(last_config) if isinstance(last_config, int | float) else last_config
        made = moment(at if made_at is None else made_at)
        return self.message(State(made, VERSION, SystemState(named), PointsetState(etag, points)), at=at)

    def point_list(self, *, at: float, last_config: float | None = None, **points: PointState) -> "HistoryBuilder":
        """A state that lists just these points."""
        named = None if last_config is None else moment(last_config)
        return self.message(State(moment(at), VERSION, SystemState(named), PointsetState("e", points)), at=at)

    def telemetry(self, *, at: float, **readings: Field[Value]) -> "HistoryBuilder":
        """A telemetry with these points in it."""
        return self.message(Telemetry(moment(at), VERSION, readings), at=at)

    def part(self, *, at: float, flag: Field[bool] = True, **readings: Field[Value]) -> "HistoryBuilder":
        """A telemetry that says that it is partial."""
        return self.message(Telemetry(moment(at), VERSION, readings, flag), at=at)

    def late_telemetry(self, stamp: float, *, at: float, **readings: Field[Value]) -> "HistoryBuilder":
        """A telemetry that says it is of another moment than that in which it comes."""
        return self.message(Telemetry(moment(stamp), VERSION, readings), at=at)

    def message(self, message: Message, *, at: float, retain: bool = False) -> "HistoryBuilder":
        """Any state or telemetry."""
        topic = _TOPICS.telemetry if isinstance(message, Telemetry) else _TOPICS.state
        return self._append(Received(moment(at), topic, encode(message), retain))

    def logged(self, *entries: Status | IllTyped, at: float, event_no: int | None = None) -> "HistoryBuilder":
        """An event of the system with these entries; without any, one with metrics."""
        metrics = None if entries else {"system_load": 0.5}
        event = SystemEvent(moment(at), VERSION, entries, metrics, event_no)
        return self.event(event, at=at)

    def event(self, event: SystemEvent, *, at: float) -> "HistoryBuilder":
        """Any event of the system."""
        return self._append(Received(moment(at), _TOPICS.system, encode(event), retain=False))

    def system(
        self, system: SystemState, *, at: float, pointset: Field[Status] = None, **said: Said
    ) -> "HistoryBuilder":
        """A state that says this of the device itself, and this of its pointset and points."""
        points = {name: _point_state(said.get(name)) for name in self._profile.points}
        state = State(moment(at), VERSION, system, PointsetState("e", points, pointset))
        return self.message(state, at=at)

    def payload(self, payload: bytes, *, at: float) -> "HistoryBuilder":
        """A message of any content, on the topic of states."""
        return self._append(Received(moment(at), _TOPICS.state, payload, retain=False))

    def foreign_config(self, *, at: float) -> "HistoryBuilder":
        """One that somebody else sends: we hear it, too."""
        return self._append(Received(moment(at), _TOPICS.config, b"{}", retain=False))

    def closed(
        self,
        *,
        at: float,
        cut_short: str | None = None,
        not_applicable: str | None = None,
        our_fault: str | None = None,
        out_of_view: str | None = None,
    ) -> Episode:
        """The scenario is over."""
        self._append(Closed(moment(at), cut_short, not_applicable, our_fault, out_of_view))
        stalls = Stalls([record for record in self._records if isinstance(record, Stalled)])
        return Episode(
            History(
                "by_hand", FIRST, tuple(self._records), self._profile, CODEC, stalls=stalls, packets_before=self._before
            )
        )

    def opened(self) -> "HistoryBuilder":
        """All that was seen so far was seen before the scenario."""
        self._before += [(FIRST - 1, record) for record in self._records if isinstance(record, ObservedPacket)]
        self._records = [record for record in self._records if not isinstance(record, ObservedPacket)]
        return self

    def _append(self, record: Record) -> "HistoryBuilder":
        self._records.append(record)
        return self


def whole_state(points: Mapping[str, PointState], system: SystemState | None = None) -> State:
    """A state that lists these points, and no others."""
    return State(OPENED, VERSION, system or SystemState(OPENED), PointsetState("e", points))


def _point_state(said: Said) -> PointState:
    return said if isinstance(said, PointState) else PointState(value_state=said)
