"""What a broker sees of a device: PUBACKs that are missing, other manners, and tries to come back that are late."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from harness.wire.instant import instant_of
from harness.wire.seen import Hello, Seen, Sight
from tests.altered.alteration import ANYWHERE, HAIR, Alter, Alteration, Amounts, Effect
from tests.altered.deadlines import Deadline, config_sent, pausing
from tests.altered.edits import ABSENT, chosen, provoked
from tests.altered.minute import reported
from tests.altered.take import Take

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_GAPS, _UP, _RECONNECTS = "connection.gaps-of-two-minutes-at-most", "connection.stays-up", "connection.reconnects"
_TRIES = 125.0  # seconds: with what a try may take
_HELLO = Hello("MQTT", 4, clean_session=True, keep_alive=10)


def _seen(take: Take, what: Sight, after: int = -1) -> list[int]:
    """The keys of such packets."""
    records = [(key, take.record(key)) for key in take.keys(Seen, after)]
    return [key for key, record in records if isinstance(record, Seen) and record.what is what]


def _packet(take: Take, key: int) -> Seen:
    record = take.record(key)
    assert isinstance(record, Seen)
    return record


def _pubacks(take: Take, after: int = -1) -> list[int]:
    keys = _seen(take, Sight.PUBACK, after)
    return [key for key in keys if any(topic.endswith("/config") for topic in _packet(take, key).topics)]


def _unacknowledged(take: Take, amount: float) -> Take:
    """One of the configs has no PUBACK."""
    return take.without(chosen(_pubacks(take), amount))


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


def _one_more(packet: Seen) -> Alter:
    """Right after the first PUBACK, one of the same client's."""

    def alter(take: Take, _amount: float) -> Take:
        key = _pubacks(take)[0]
        return take.insert(key, replace(packet, time=take.time(key), client_id=_packet(take, key).client_id))

    return alter


def _anyones(what: Sight) -> Seen:
    return Seen(0.0, "", what, hello=_HELLO if what is Sight.CONNECT else None)


def _lost(take: Take, label: str) -> int:
    return next(key for key in take.keys(Seen, provoked(take, label)) if _packet(take, key).what is Sight.LOST)


def _back(take: Take, label: str) -> int:
    """The try that is let in, after that provocation."""
    return next(key for key in _seen(take, Sight.CONNECT, provoked(take, label)) if not _packet(take, key).refused)


def _tried(take: Take) -> int:
    return _seen(take, Sight.CONNECT, _lost(take, "refused"))[0]


def _first_try(take: Take, seconds: float) -> Take:
    """It comes so many seconds after the loss."""
    key = _tried(take)
    return take.pause(key, round(take.time(_lost(take, "refused")) + seconds - take.time(key), 6))


def _gap(take: Take, seconds: float) -> Take:
    """Between two tries in the midst of the others there is so much time."""
    tries = _seen(take, Sight.CONNECT, _lost(take, "refused"))
    before, key = tries[len(tries) // 2 : len(tries) // 2 + 2]
    return take.pause(key, round(take.time(before) + seconds - take.time(key), 6))


def _even(take: Take, _amount: float) -> Take:
    """All tries that are refused are equally far apart."""
    lost, back = _lost(take, "refused"), _back(take, "refused")
    tries = [key for key in _seen(take, Sight.CONNECT, lost) if key < back]
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
    return instant_of(take.message(key)["timestamp"]) or 0.0


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
    known = _one_more(replace(_anyones(Sight.CONNECT), hello=replace(_HELLO, level=5)))
    speaks = "test_device_speaks_mqtt_3_1_1"
    yield Alteration("speaks MQTT 5", speaks, "plain_write", _BREAKS, known, also=frozenset({_UP}))
    topics = ("/devices/AHU-1/config",)
    for judged, scenario in (
        ("test_device_asks_for_its_configs_at_qos_1", "plain_write"),
        ("test_device_that_is_back_asks_for_its_configs_at_qos_1", "lost_link"),
    ):
        for name, effect, qos in (("at QoS 0", _BREAKS, 0), ("at QoS 2", _KEEPS, 2)):
            asks = _one_more(replace(_anyones(Sight.SUBSCRIBE), topics=topics, qos=(qos,)))
            yield Alteration(name, judged, scenario, effect, asks)
    for scenario in ("plain_write", "lost_link"):
        state = replace(_anyones(Sight.PUBLISH), topics=("/devices/AHU-1/state",), qos=(0,), retain=True)
        retained = _one_more(state)
        yield Alteration(
            "retains states", f"test_device_has_manners_of_its_own[{scenario}]", scenario, _BREAKS, retained
        )
    for scenario in ("plain_write", "many_points"):
        for what in (Sight.LOST, Sight.DISCONNECT, Sight.CONNECT):
            judged = f"test_device_stays_connected[{scenario}]"
            yield Alteration(str(what), judged, scenario, _BREAKS, _one_more(_anyones(what)))
    alive = "test_device_that_has_nothing_to_say_keeps_its_connection_alive"
    yield Alteration(
        "said nothing", alive, "idle_link", _BREAKS, _one_more(replace(_anyones(Sight.LOST), silent_for=15.0))
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
    for judged, scenario, broken, act, limit, also in (
        ("test_device_that_was_cut_off_connects_again", "lost_link", "lost", "let in", _TRIES, ""),
        ("test_device_whose_broker_was_away_connects_again", "stale_config", "away", "listening again", _TRIES, ""),
        ("test_device_that_is_refused_goes_on_trying", "refused_link", "refused", "let in", 305.0, _GAPS),
    ):
        both = frozenset({also})
        yield from Deadline(judged, scenario, _since(act), pausing(_return(broken)), limit, 1, along=both).rows()
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
