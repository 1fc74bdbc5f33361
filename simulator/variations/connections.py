"""Devices that are odd about their connection: deviations, open clauses, and quirks."""

import re
from collections.abc import Callable
from dataclasses import replace

from harness.wire.greeting import Greeting, Level
from harness.wire.seen import Will
from simulator.link_rules import GREETING, KEPT_LINK, Arrival, LinkRules, Stored, gap
from simulator.rules import KEPT, Rules
from simulator.variations.variation import deviation, other_side, quirk

_TEN = 10
_A_WHILE = 4.0  # seconds


def _linked(link: LinkRules) -> Rules:
    return replace(KEPT, link=link)


def _greeting(greeting: Greeting) -> Rules:
    return _linked(replace(KEPT_LINK, greeting=greeting))


def _waiting(gap_after: Callable[[int, int], float | None]) -> Rules:
    """So long after so many tries and losses."""
    return _linked(replace(KEPT_LINK, gap=gap_after))


def _trying(gap_after: Callable[[int], float | None]) -> Rules:
    return _waiting(lambda tries, _losses: gap_after(tries))


def _heeding(heeds: Callable[[Arrival], bool]) -> Rules:
    return _linked(replace(KEPT_LINK, heeds=heeds))


def _storing(stored: Callable[[Stored], Stored]) -> Rules:
    return _linked(replace(KEPT_LINK, stored=stored))


def _deaf_when_back(arrival: Arrival) -> bool:
    """But for what it finds, for a while."""
    return arrival.retain or not arrival.losses or arrival.up_for > _A_WHILE


def _returning(times: int) -> Rules:
    return _waiting(lambda tries, losses: gap(tries) if losses <= times else None)


def _jittered(tries: int, _losses: int) -> float:
    """Anything up to the gap that was due: by the golden ratio, which spreads evenly and repeats nothing."""
    return (gap(tries) or 0.0) * (tries * 0.618034 % 1)


def _once_it_was_doubled(arrival: Arrival) -> bool:
    return not arrival.after_duplicate


def _of(device: str, topic: str) -> str:
    """The same topic of another device."""
    return re.sub("/devices/[^/]+/", f"/devices/{device}/", topic)


def _also_of(device: str, *topics: str) -> Callable[[str], tuple[str, ...]]:
    """What goes out on topics that end so goes out on those of the other device as well."""
    return lambda topic: (topic, _of(device, topic)) if topic.endswith(topics) else (topic,)


def _asking_for(filters: Callable[[str], tuple[str, ...]]) -> Rules:
    return _linked(replace(KEPT_LINK, filters=filters))


def _the_latest_sample(stored: Stored) -> Stored:
    return stored[-1:]


CONNECTIONS = (
    deviation("speaks-mqtt-3.1", _greeting(replace(GREETING, level=Level.MQTT_3_1)), breaks="connection.mqtt-3.1.1"),
    deviation(
        "trusts-any-server",
        _greeting(replace(GREETING, verifies=False)),
        breaks="connection.checks-the-certificate",
    ),
    deviation(
        "connects-anew-now-and-then",
        _linked(replace(KEPT_LINK, leaves_after=10.0)),
        breaks="connection.stays-up",
        implies=("erroneous.is-logged", "erroneous.is-reported", "etag.stays-with-state"),
    ),
    deviation(
        "never-pings",
        _linked(replace(KEPT_LINK, pings=False, greeting=replace(GREETING, keep_alive=5))),
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
        _greeting(replace(GREETING, subscribes_at=0)),
        breaks="connection.subscribes-at-qos-1",
    ),
    deviation(
        "acknowledges-nothing",
        _greeting(replace(GREETING, acknowledges=False)),
        breaks="connection.acknowledges-configs",
    ),
    deviation("chokes-on-a-duplicate", _heeding(_once_it_was_doubled), breaks="connection.duplicate-does-no-harm"),
    deviation("loses-what-it-measured-offline", _storing(lambda _telemetry: ()), breaks="connection.buffers-telemetry"),
    deviation(
        "heeds-nothing-retained-when-back",
        _heeding(lambda arrival: not (arrival.losses and arrival.retain)),
        breaks="connection.takes-up-what-changed",
    ),
    deviation(
        "heeds-only-what-is-retained-when-back",
        _heeding(_deaf_when_back),
        breaks="connection.takes-up-what-changed",
    ),
    deviation(
        "speaks-for-its-neighbour",
        replace(KEPT, topics=_also_of("AHU-2", "/events/pointset")),
        breaks="connection.keeps-to-its-own-topics",
    ),
    other_side("publishes-at-qos-0", _greeting(replace(GREETING, publishes_at=0)), shows="connection.manners"),
    quirk("asks-for-all-that-is-its-own", _asking_for(lambda config: (config.removesuffix("config") + "#",))),
    quirk(
        "is-its-neighbours-gateway",
        replace(
            _asking_for(lambda config: (config, _of("AHU-2", config))),
            topics=_also_of("AHU-2", "/state", "/events/pointset"),
        ),
    ),
    quirk("has-topics-of-its-makers-too", replace(KEPT, topics=lambda topic: (topic, f"acme{topic}"))),
    quirk("keeps-its-session", _greeting(replace(GREETING, clean_session=False))),
    quirk("leaves-a-will", _greeting(replace(GREETING, will=Will("wills/AHU-1", 1, retain=False)))),
    quirk("keeps-alive-for-ten-minutes", _greeting(replace(GREETING, keep_alive=600))),
    quirk("keeps-alive-for-ten-seconds", _greeting(replace(GREETING, keep_alive=10))),
    quirk("promises-no-keep-alive", _greeting(replace(GREETING, keep_alive=0))),
    quirk("jitters-its-gaps", _waiting(_jittered)),
    quirk("tries-at-once-and-then-backs-off", _trying(lambda tries: gap(tries - 1) if tries else 0.0)),
    quirk("leaves-two-minutes", _trying(lambda tries: min(15.0 * 2.0 ** min(tries, 10), 120.0))),
    quirk("keeps-only-its-latest-telemetry", _storing(_the_latest_sample)),
    quirk("remembers-how-often-it-was-cut-off", _linked(replace(KEPT_LINK, steady_after=3600.0))),
)
