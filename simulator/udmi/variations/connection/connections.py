"""Devices that are odd about their connection: deviations, open clauses, and quirks."""

import re
from collections.abc import Callable
from dataclasses import replace

from harness.mqtt.connect_options import ConnectOptions, ProtocolLevel
from harness.mqtt.packets import Will
from simulator.link.link_rules import CONNECT_OPTIONS, DeliveryContext, LinkRules, Stored, gap
from simulator.link.second_client import SecondClient
from simulator.udmi.variations.variation import contested, deviation, other_side, quirk

_TEN = 10
_A_WHILE = 4.0  # seconds


def _connect_options(connect_options: ConnectOptions) -> LinkRules:
    return LinkRules(connect_options=connect_options)


def _waiting(gap_after: Callable[[int, int], float | None]) -> LinkRules:
    """So long after so many tries and losses."""
    return LinkRules(gap=gap_after)


def _acknowledging(after: Callable[[int], float | None]) -> LinkRules:
    """As a device does that acknowledges a config when its work on it is done."""
    return LinkRules(connect_options=replace(CONNECT_OPTIONS, acknowledges=False), acknowledges_after=after)


def _trying(gap_after: Callable[[int], float | None]) -> LinkRules:
    return _waiting(lambda tries, _losses: gap_after(tries))


def _heeding(heeds: Callable[[DeliveryContext], bool]) -> LinkRules:
    return LinkRules(heeds=heeds)


def _storing(stored: Callable[[Stored], Stored]) -> LinkRules:
    return LinkRules(stored=stored)


def _deaf_when_back(context: DeliveryContext) -> bool:
    """But for what it finds, for a while."""
    return context.retain or not context.losses or context.up_for > _A_WHILE


def _returning(times: int) -> LinkRules:
    return _waiting(lambda tries, losses: gap(tries) if losses <= times else None)


def _jittered(tries: int, _losses: int) -> float:
    """Anything up to the gap that was due: by the golden ratio, which spreads evenly and repeats nothing."""
    return (gap(tries) or 0.0) * (tries * 0.618034 % 1)


def _once_it_was_doubled(context: DeliveryContext) -> bool:
    return not context.after_duplicate


def _of(device: str, topic: str) -> str:
    """The same topic of another device, wherever the topics of devices begin: the id stands before the suffix."""
    return re.sub(r"[^/]+(?=/(?:config|state|events/pointset)$)", device, topic)


def _also_of(device: str, *topics: str) -> Callable[[str], tuple[str, ...]]:
    """Messages on topics that end so go out on those of the other device as well."""
    return lambda topic: (topic, _of(device, topic)) if topic.endswith(topics) else (topic,)


def _asking_for(filters: Callable[[str], tuple[str, ...]]) -> LinkRules:
    return LinkRules(filters=filters)


def _the_latest_sample(stored: Stored) -> Stored:
    return stored[-1:]


CONNECTIONS = (
    deviation(
        "speaks-mqtt-3.1",
        _connect_options(replace(CONNECT_OPTIONS, level=ProtocolLevel.MQTT_3_1)),
        breaks="connection.mqtt-3.1.1",
    ),
    deviation(
        "trusts-any-server",
        _connect_options(replace(CONNECT_OPTIONS, verifies=False)),
        breaks="connection.checks-the-certificate",
    ),
    deviation(
        "connects-anew-now-and-then",
        LinkRules(leaves_after=10.0),
        breaks="connection.stays-up",
        implies=("erroneous.is-logged", "erroneous.is-reported", "etag.stays-with-state"),
    ),
    deviation(
        "never-pings",
        LinkRules(pings=False, connect_options=replace(CONNECT_OPTIONS, keep_alive=5)),
        breaks="connection.keep-alive",
        implies=("connection.stays-up",),
    ),
    deviation(
        "never-comes-back",
        _trying(lambda _tries: None),
        breaks="connection.reconnects",
        implies=("connection.keeps-trying",),
    ),
    deviation("comes-back-once", _returning(1), breaks="connection.reconnects"),
    deviation("comes-back-twice", _returning(2), breaks="connection.reconnects"),
    deviation(
        "gives-up-after-ten-tries",
        _trying(lambda tries: gap(tries) if tries < _TEN else None),
        breaks="connection.keeps-trying",
    ),
    deviation("tries-every-ten-seconds", _trying(lambda _tries: 10.0), breaks="connection.backs-off"),
    deviation("tries-every-three-seconds", _trying(lambda _tries: 3.0), breaks="connection.backs-off"),
    deviation(
        "leaves-more-than-two-minutes",
        _trying(lambda tries: min(2.0 ** min(tries, 10), 240.0)),
        breaks="connection.gaps-of-two-minutes-at-most",
    ),
    deviation(
        "asks-for-configs-at-qos-0",
        _connect_options(replace(CONNECT_OPTIONS, subscribes_at=0)),
        breaks="connection.subscribes-at-qos-1",
    ),
    deviation(
        "acknowledges-nothing",
        _connect_options(replace(CONNECT_OPTIONS, acknowledges=False)),
        breaks="connection.acknowledges-configs",
    ),
    deviation(
        "acknowledges-every-second-config",
        _acknowledging(lambda count: 0.0 if count % 2 else None),
        breaks="connection.acknowledges-configs",
    ),
    replace(
        deviation(
            "acknowledges-nothing-beside-a-namesake",
            _connect_options(replace(CONNECT_OPTIONS, acknowledges=False)),
            breaks="connection.acknowledges-configs",
        ),
        namesake=SecondClient((300.0, 307.0), stays=60.0),
    ),
    quirk("acknowledges-4-s-later", _acknowledging(lambda _count: 4.0)),
    quirk("acknowledges-10-s-later", _acknowledging(lambda _count: 10.0)),
    deviation("chokes-on-a-duplicate", _heeding(_once_it_was_doubled), breaks="connection.duplicate-does-no-harm"),
    deviation("loses-what-it-measured-offline", _storing(lambda _telemetry: ()), breaks="connection.buffers-telemetry"),
    deviation(
        "heeds-nothing-retained-when-back",
        _heeding(lambda context: not (context.losses and context.retain)),
        breaks="connection.takes-up-what-changed",
    ),
    deviation(
        "heeds-only-what-is-retained-when-back",
        _heeding(_deaf_when_back),
        breaks="connection.takes-up-what-changed",
    ),
    deviation(
        "speaks-for-its-neighbour",
        LinkRules(topics=_also_of("AHU-2", "/events/pointset")),
        breaks="connection.keeps-to-its-own-topics",
    ),
    other_side(
        "publishes-at-qos-0", _connect_options(replace(CONNECT_OPTIONS, publishes_at=0)), shows="connection.manners"
    ),
    quirk("asks-for-all-that-is-its-own", _asking_for(lambda config: (config.removesuffix("config") + "#",))),
    quirk(
        "is-its-neighbours-gateway",
        replace(
            _asking_for(lambda config: (config, _of("AHU-2", config))),
            topics=_also_of("AHU-2", "/state", "/events/pointset"),
        ),
    ),
    quirk("has-topics-of-its-makers-too", LinkRules(topics=lambda topic: (topic, f"acme{topic}"))),
    quirk("keeps-its-session", _connect_options(replace(CONNECT_OPTIONS, clean_session=False))),
    quirk("leaves-a-will", _connect_options(replace(CONNECT_OPTIONS, will=Will("wills/AHU-1", 1, retain=False)))),
    quirk("keeps-alive-for-ten-minutes", _connect_options(replace(CONNECT_OPTIONS, keep_alive=600))),
    quirk("keeps-alive-for-ten-seconds", _connect_options(replace(CONNECT_OPTIONS, keep_alive=10))),
    quirk("promises-no-keep-alive", _connect_options(replace(CONNECT_OPTIONS, keep_alive=0))),
    quirk("jitters-its-gaps", _waiting(_jittered)),
    quirk("tries-at-once-and-then-backs-off", _trying(lambda tries: gap(tries - 1) if tries else 0.0)),
    quirk("leaves-two-minutes", _trying(lambda tries: min(15.0 * 2.0 ** min(tries, 10), 120.0))),
    quirk("keeps-only-its-latest-telemetry", _storing(_the_latest_sample)),
    contested("has-a-namesake", SecondClient(tuple(range(60, 3600, 40)), stays=10.0)),
    contested("has-a-namesake-that-asks-for-nothing", SecondClient((300.0, 307.0, 900.0), stays=60.0, asks=False)),
    quirk("remembers-how-often-it-was-cut-off", LinkRules(steady_after=3600.0)),
)
