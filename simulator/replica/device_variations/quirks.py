"""Devices that are odd and conform, each in another way; and those that say or show nothing."""

import json
from collections.abc import Mapping
from dataclasses import replace

from harness.payload.values import JSON
from simulator.link.link_rules import CONNECT_OPTIONS, LinkRules, gap
from simulator.link.network_conditions import one_after_the_other, repeated, slow
from simulator.replica.device.declared import DeviceFile
from simulator.replica.device.rules import (
    AnswerRules,
    ConnectingRules,
    Content,
    DeltaRules,
    Order,
    ReportRules,
    compact,
)
from simulator.replica.device_variations.variation import Remake, mute, quirk


def _written(**how: object) -> ReportRules:
    return ReportRules(encode=lambda content: json.dumps(content, **how).encode())  # type: ignore[arg-type]


def _turned(content: Content) -> bytes:
    """The keys of every object in the other order."""

    def turned(part: JSON) -> JSON:
        return {name: turned(part[name]) for name in reversed(part)} if isinstance(part, dict) else part

    return compact(turned(content))


def _as_floats(values: Mapping[str, JSON], _wanted: Mapping[str, JSON]) -> Mapping[str, JSON]:
    """As of a library that has no integers."""
    return {n: float(v) if isinstance(v, int) and not isinstance(v, bool) else v for n, v in values.items()}


def _allowing(seconds: float) -> Remake:
    def remade(file: DeviceFile) -> DeviceFile:
        return replace(file, profile=replace(file.profile, network_allowance=seconds))

    return remade


def _slower(seconds: float) -> Remake:
    def remade(file: DeviceFile) -> DeviceFile:
        return replace(file, properties=tuple(replace(one, settles_after=seconds) for one in file.properties))

    return remade


def _link(**changes: object) -> LinkRules:
    return replace(LinkRules(), connect_options=replace(CONNECT_OPTIONS, **changes))  # type: ignore[arg-type]


_OFTEN = 4  # times
_WHOLE = ReportRules(names=lambda _changed, every: every)

QUIRKS = (
    quirk("reports-first", ConnectingRules(order=Order.REPORT_FIRST)),
    quirk("gets-and-reports-at-once", ConnectingRules(order=Order.AT_ONCE)),
    quirk("waits-long-for-get", ConnectingRules(waits=12.0)),
    quirk("always-reports-all", _WHOLE),
    quirk("reports-all-every-four-seconds", ReportRules(beats=4.0)),
    quirk("reports-all-every-second", ReportRules(beats=1.0), AnswerRules(gap=lambda _tries: None)),
    quirk("writes-keys-in-another-order", ReportRules(encode=_turned)),
    quirk("sorts-its-keys", _written(sort_keys=True)),
    quirk("indents", _written(indent=2)),
    quirk("writes-spaces", _written(separators=(" , ", " : "))),
    quirk(
        "escapes-what-is-not-ascii",
        ReportRules(beside={"note": "25 °C"}, encode=lambda content: json.dumps(content).encode()),
    ),
    quirk("writes-utf-8", ReportRules(beside={"note": "25 °C"})),
    quirk("ends-with-a-newline", ReportRules(encode=lambda content: compact(content) + b"\n")),
    quirk("has-no-integers", ReportRules(says=_as_floats)),
    quirk("adds-fields-at-the-top", ReportRules(beside={"firmware": "2.1", "uptime": 17})),
    quirk("adds-nulls-at-the-top", ReportRules(beside={"error": None})),
    quirk("reports-more-than-it-declares", ReportRules(says=lambda values, _wanted: {**values, "rssi": -61})),
    quirk("reports-null-for-what-it-lacks", ReportRules(says=lambda values, _wanted: {**values, "alarm": None})),
    quirk("clears-what-is-desired", ReportRules(state=lambda reported: {"reported": reported, "desired": None})),
    quirk("sends-no-token", ReportRules(token=lambda _device, _number: None)),
    quirk("has-a-token-of-64-bytes", ReportRules(token=lambda _device, number: f"{number:064}")),
    quirk("has-a-token-of-odd-letters", ReportRules(token=lambda _device, number: f"→ {number} \"'\\ ü")),
    quirk("sends-no-version", ReportRules(version=lambda _seen: None)),
    quirk(
        "writes-null-for-token-and-version",
        ReportRules(
            token=lambda _device, _number: None,
            version=lambda _seen: None,
            beside={"clientToken": None, "version": None},
            get=lambda content: compact({**content, "clientToken": None}),
        ),
    ),
    quirk("gets-with-an-empty-message", ReportRules(token=lambda _device, _number: None, get=lambda _content: b"")),
    quirk("gets-with-fields-of-its-own", ReportRules(get=lambda content: compact({**content, "why": "start"}))),
    quirk("reports-late-but-in-time", ReportRules(waits=6.0)),
    quirk("performs-slowly", device=_slower(7.0)),
    quirk("does-all-at-once", device=_slower(0.0)),
    quirk("never-repeats", AnswerRules(gap=lambda _tries: None, retries=lambda _code, _tries: None)),
    quirk("repeats-every-ten-seconds", AnswerRules(gap=lambda tries: 10.0 if tries < _OFTEN else None)),
    quirk("retries-whatever-was-refused", AnswerRules(retries=lambda _code, tries: 4.0 * 2**tries)),
    quirk("forgets-a-replica-that-was-deleted", AnswerRules(recreates=False)),
    quirk("goes-by-the-versions-of-deltas", DeltaRules(notes_accepted=False)),
    quirk("asks-by-a-wildcard", LinkRules(filters=lambda inbox: (f"{inbox.removesuffix('/update/delta')}/+/+",))),
    quirk("asks-for-all-below-its-id", LinkRules(filters=lambda inbox: (f"{inbox.removesuffix('/update/delta')}/#",))),
    quirk("asks-everything-twice", network=repeated("/update", "/get")),
    quirk("far-from-its-replica", network=slow((0.3,), (0.3,)), device=_allowing(0.5)),
    quirk("very-far-from-its-replica", network=slow((0.9,), (0.9,)), device=_allowing(1.0)),
    quirk("uneven-road-to-its-replica", network=slow((0.0, 0.3, 0.05, 0.25), (0.15, 0.0, 0.3)), device=_allowing(0.5)),
    quirk(
        "far-away-and-twice",
        network=one_after_the_other(repeated("/update"), slow((0.2,), (0.2,))),
        device=_allowing(0.5),
    ),
    quirk("has-a-clock-of-its-own", ahead=7200.0),
    quirk("reports-at-qos-0", _link(publishes_at=0)),
    quirk("asks-for-deltas-at-qos-0", _link(subscribes_at=0)),
    quirk("comes-back-to-its-session", _link(clean_session=False)),
    quirk("sets-no-keep-alive", _link(keep_alive=0)),
    quirk(
        "comes-back-with-jitter",
        LinkRules(gap=lambda tries, losses: (gap(tries, losses) or 1.0) * (0.6 + tries % 3 * 0.2)),
    ),
)

MUTE = (
    mute(
        "asks-for-nothing",
        ReportRules(topics=lambda _topic: ()),
        ConnectingRules(gets=lambda _again: False),
    ),
)
