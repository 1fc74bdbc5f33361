"""The packets that a broker sees of a device: missing PUBACKs, other manners, and tries to come back that are late."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from harness.mqtt.packets import ObservedConnect, ObservedPacket, PacketKind, Replaced
from harness.payload.timestamps import parsed_timestamp
from harness.record.kinds import Sent
from tests.altered.alteration import ANYWHERE, HAIR, Alter, Alteration, Amounts, Effect
from tests.altered.deadlines import Deadline, config_sent, pausing
from tests.altered.edits import ABSENT, chosen, provoked
from tests.altered.minute import reported
from tests.altered.take import Take

_BREAKS, _KEEPS, _HIDES = Effect.BREAKS, Effect.KEEPS, Effect.HIDES
_GAPS, _UP, _RECONNECTS = "connection.gaps-of-two-minutes-at-most", "connection.stays-up", "connection.reconnects"
_WATCHED = 20.0  # seconds
_TRIES = 125.0  # seconds: with what a try may take
_HELLO = ObservedConnect("MQTT", 4, clean_session=True, keep_alive=10)


def _seen(take: Take, what: PacketKind, after: int = -1) -> list[int]:
    """The keys of such packets."""
    records = [(key, take.record(key)) for key in take.keys(ObservedPacket, after)]
    return [key for key, record in records if isinstance(record, ObservedPacket) and record.what is what]


def _packet(take: Take, key: int) -> ObservedPacket:
    record = take.record(key)
    assert isinstance(record, ObservedPacket)
    return record


def _pubacks(take: Take, after: int = -1) -> list[int]:
    keys = _seen(take, PacketKind.PUBACK, after)
    return [key for key in keys if any(topic.endswith("/config") for topic in _packet(take, key).topics)]


def _unacknowledged(take: Take, amount: float) -> Take:
    """One of the configs has no PUBACK; what was delivered before the scenario began may have its own within it."""
    own = {_packet(take, key).packet_id for key in _seen(take, PacketKind.DELIVERY)}
    keys = [key for key in _pubacks(take, take.keys(Sent)[0]) if not own or _packet(take, key).packet_id in own]
    return take.without(chosen(keys, amount))


def _once(take: Take, _amount: float) -> Take:
    """The duplicate has none, though the config after it has."""
    return take.without(_pubacks(take, provoked(take, "duplicate"))[:1])


def _belated(take: Take, _amount: float) -> Take:
    """The duplicate's comes last, with its own number still."""
    key = _pubacks(take, provoked(take, "duplicate"))[0]
    last = [own for own, _ in take.entries if own < take.close][-1]
    packet = replace(_packet(take, key), time=take.time(last))
    return take.insert(last, packet).without([key])


def _at(take: Take, key: int, time: float) -> Take:
    packet = replace(_packet(take, key), time=time)
    return replace(take, entries=tuple((own, packet if own == key else record) for own, record in take.entries))


def _one_more(packet: ObservedPacket) -> Alter:
    """Right after the first PUBACK, one of the same client's."""

    def alter(take: Take, _amount: float) -> Take:
        key = _pubacks(take)[0]
        return take.insert(key, replace(packet, time=take.time(key), client_id=_packet(take, key).client_id))

    return alter


def _anyones(what: PacketKind) -> ObservedPacket:
    return ObservedPacket(0.0, "", what, hello=_HELLO if what is PacketKind.CONNECT else None)


def _taken_over(silent_for: float) -> Alter:
    """A client of the device's id ends its connection, on which nothing had been said for so many seconds."""
    come = _one_more(replace(_anyones(PacketKind.CONNECT), replaced=Replaced(silent_for, 60)))
    lose = _one_more(_anyones(PacketKind.LOST))

    def alter(take: Take, amount: float) -> Take | None:
        came = come(take, amount)
        return lose(came, amount) if came else None

    return alter


def _lost(take: Take, label: str) -> int:
    return next(
        key for key in take.keys(ObservedPacket, provoked(take, label)) if _packet(take, key).what is PacketKind.LOST
    )


def _back(take: Take, label: str) -> int:
    """The try that is let in, after that provocation."""
    return next(key for key in _seen(take, PacketKind.CONNECT, provoked(take, label)) if not _packet(take, key).refused)


def _tried(take: Take) -> int:
    return _seen(take, PacketKind.CONNECT, _lost(take, "refused"))[0]


def _first_try(take: Take, seconds: float) -> Take:
    """It comes so many seconds after the loss."""
    key = _tried(take)
    return take.pause(key, round(take.time(_lost(take, "refused")) + seconds - take.time(key), 6))


def _gap(take: Take, seconds: float) -> Take:
    """Between two tries in the midst of the others there is so much time."""
    tries = _seen(take, PacketKind.CONNECT, _lost(take, "refused"))
    before, key = tries[len(tries) // 2 : len(tries) // 2 + 2]
    return take.pause(key, round(take.time(before) + seconds - take.time(key), 6))


def _even(take: Take, _amount: float) -> Take:
    """All tries that are refused are equally far apart."""
    lost, back = _lost(take, "refused"), _back(take, "refused")
    tries = [key for key in _seen(take, PacketKind.CONNECT, lost) if key < back]
    step = (take.time(tries[-1]) - take.time(lost)) / len(tries)
    for number, key in enumerate(tries, start=1):
        take = _at(take, key, round(take.time(lost) + number * step, 3))
    return take


def _forgotten(take: Take, _amount: float) -> Take | None:
    """Nothing that was measured without a connection is sent afterwards."""
    lost, back = _lost(take, "lost"), _back(take, "lost")
    begin, end = take.time(lost), take.time(back)
    old = [key for key in take.telemetry(back) if begin < _stamp(take, key) < end]
    return take.without(old)


def _stamp(take: Take, key: int) -> float:
    return parsed_timestamp(take.message(key)["timestamp"]) or 0.0


def _deaf(take: Take, _amount: float) -> Take:
    """The device that came back asks for nothing any more, and is watched for a while."""
    return take.without(_seen(take, PacketKind.SUBSCRIBE, _back(take, "refused"))).pause(take.close, _WATCHED)


def _dawdles(take: Take, _amount: float) -> Take:
    """The device that came back asks for its configs last of all."""
    key = _seen(take, PacketKind.SUBSCRIBE, _back(take, "refused"))[0]
    last = [own for own, _ in take.entries if own < take.close][-1]
    return take.insert(last, replace(_packet(take, key), time=take.time(last))).without([key])


def _since(label: str) -> Callable[[Take], float]:
    return lambda take: take.time(provoked(take, label))


def _return(label: str) -> Callable[[Take], int]:
    return lambda take: _back(take, label)


def _packets() -> Iterator[Alteration]:
    for scenario in ("plain_write", "idle_configs", "many_points"):
        judged = f"test_every_config_is_acknowledged[{scenario}]"
        yield Alteration("one is missing", judged, scenario, _BREAKS, _unacknowledged, ANYWHERE)
    twice = "test_config_that_comes_twice_is_acknowledged_twice"
    yield Alteration("once only", twice, "duplicate_config", _BREAKS, _once)
    yield Alteration("after the next config", twice, "duplicate_config", _KEEPS, _belated)
    known = _one_more(replace(_anyones(PacketKind.CONNECT), hello=replace(_HELLO, level=5)))
    speaks = "test_device_speaks_mqtt_3_1_1"
    yield Alteration("speaks MQTT 5", speaks, "idle_configs", _BREAKS, known, also=frozenset({_UP}))
    topics = ("/devices/AHU-1/config",)
    for judged, scenario in (
        ("test_device_asks_for_its_configs_at_qos_1", "idle_configs"),
        ("test_device_that_is_back_asks_for_its_configs_at_qos_1", "lost_link"),
    ):
        for name, effect, qos in (("at QoS 0", _BREAKS, 0), ("at QoS 2", _KEEPS, 2)):
            asks = _one_more(replace(_anyones(PacketKind.SUBSCRIBE), topics=topics, qos=(qos,)))
            yield Alteration(name, judged, scenario, effect, asks)
    anew = "test_device_that_is_back_with_a_clean_session_asks_for_its_configs_anew"
    yield Alteration("asks for nothing", anew, "refused_link", _BREAKS, _deaf)
    yield Alteration("asks late", anew, "refused_link", _KEEPS, _dawdles)
    for scenario in ("idle_configs", "lost_link"):
        state = replace(_anyones(PacketKind.PUBLISH), topics=("/devices/AHU-1/state",), qos=(0,), retain=True)
        retained = _one_more(state)
        yield Alteration(
            "retains states", f"test_device_has_manners_of_its_own[{scenario}]", scenario, _BREAKS, retained
        )
    for scenario in ("plain_write", "many_points", "broken_configs", "unknown_fields"):
        for what in (PacketKind.LOST, PacketKind.DISCONNECT, PacketKind.CONNECT):
            judged = f"test_device_stays_connected[{scenario}]"
            yield Alteration(str(what), judged, scenario, _BREAKS, _one_more(_anyones(what)))
        judged = f"test_device_stays_connected[{scenario}]"
        yield Alteration("a stranger takes its place", judged, scenario, _HIDES, _taken_over(1.0))
        yield Alteration("takes its own place after a silence", judged, scenario, _BREAKS, _taken_over(61.0))
    alive = "test_device_that_has_nothing_to_say_keeps_its_connection_alive"
    yield Alteration(
        "said nothing", alive, "idle_link", _BREAKS, _one_more(replace(_anyones(PacketKind.LOST), silent_for=15.0))
    )


def _returns() -> Iterator[Alteration]:
    tries, scenario = "test_device_that_was_cut_off_tries_to_connect_again", "refused_link"
    for name, effect, judged, alter, edges, also in (
        ("in time", _KEEPS, tries, _first_try, (_TRIES, _TRIES - HAIR), _GAPS),
        ("too late", _BREAKS, tries, _first_try, (_TRIES + HAIR, 300.0), _GAPS),
        ("125 s", _KEEPS, "test_gaps_between_tries_stay_within_two_minutes", _gap, (_TRIES,), ""),
        ("longer", _BREAKS, "test_gaps_between_tries_stay_within_two_minutes", _gap, (_TRIES + HAIR, 600.0), ""),
        ("are even", _BREAKS, "test_gaps_between_tries_grow", _even, (0.0,), ""),
    ):
        yield Alteration(name, judged, scenario, effect, alter, Amounts(edges), frozenset({also}))
    for judged, scenario, broken, stimulus, limit, also in (
        ("test_device_that_was_cut_off_connects_again", "lost_link", "lost", "let in", _TRIES, ""),
        ("test_device_whose_broker_was_away_connects_again", "stale_config", "away", "listening again", _TRIES, ""),
        ("test_device_that_is_refused_goes_on_trying", "refused_link", "refused", "let in", 305.0, _GAPS),
    ):
        both = frozenset({also})
        yield from Deadline(judged, scenario, _since(stimulus), pausing(_return(broken)), limit, 1, along=both).rows()
    brings = "test_what_was_measured_without_a_connection_is_sent_afterwards"
    yield Alteration("is forgotten", brings, "lost_link", _BREAKS, _forgotten)
    yield from Deadline(
        "test_config_that_changed_meanwhile_is_taken_up",
        "lost_link",
        lambda take: take.time(_back(take, "lost")),
        pausing(reported("changed", ABSENT)),
        20,
        1,
    ).rows()
    for judged, scenario, label, word in (
        ("test_config_that_follows_a_stale_one_is_taken_up", "stale_config", "current", ABSENT),
        ("test_config_after_one_that_came_twice_is_taken_up", "duplicate_config", "second", "applied"),
    ):
        named = "changed" if label == "current" else label
        late = pausing(reported(named, word))
        yield from Deadline(judged, scenario, config_sent(label), late, 20).rows()


CONNECTIONS: Sequence[Alteration] = (*_packets(), *_returns())
