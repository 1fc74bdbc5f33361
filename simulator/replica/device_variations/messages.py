"""Devices whose messages are otherwise than they should be."""

import re

from harness.payload.values import JSON
from simulator.replica.device.rules import Content, ReportRules, compact
from simulator.replica.device_variations.variation import deviation, other_side

_LARGE = ReportRules(beside={"note": "x" * 9000})


def _deeper(reported: Content) -> JSON:
    inner: JSON = 1
    for _ in range(8):
        inner = {"in": inner}
    return {"reported": {**reported, "diagnostics": inner}}


def _not_quite(content: Content) -> bytes:
    """Reports of the temperature have no number in it, as a sensor has that is not there."""
    return _TEMPERATURE.sub(rb'"temperature":NaN', compact(content))


def _in_latin_1(content: Content) -> bytes:
    """Those have a sign that is not UTF-8."""
    text = compact(content)
    return text[:-1] + b',"unit":"\xb0C"}' if _TEMPERATURE.search(text) else text


_TEMPERATURE = re.compile(rb'"temperature":[0-9.]+')
_OF_THE_WHOLE = ("start.reports-every-property", "start.state-is-reported", "refusal.creates", "report.own-change")

MESSAGES = (
    deviation(
        "writes-what-is-desired",
        ReportRules(state=lambda reported: {"reported": reported, "desired": reported}),
        breaks="report.only-reported",
        implies=("change.converges",),
    ),
    deviation("writes-nan", ReportRules(encode=_not_quite), breaks="report.is-json", implies=_OF_THE_WHOLE),
    deviation("writes-latin-1", ReportRules(encode=_in_latin_1), breaks="report.is-json", implies=_OF_THE_WHOLE),
    deviation("writes-too-much", _LARGE, breaks="report.is-small-enough"),
    other_side("writes-much", _LARGE, shows="report.is-small-enough"),
    deviation("writes-too-deep", ReportRules(state=_deeper), breaks="report.is-small-enough"),
    deviation("sends-the-first-version-ever-after", ReportRules(version=lambda _seen: 1), breaks="report.version"),
    deviation("sends-a-version-of-its-own", ReportRules(version=lambda seen: seen + 7), breaks="report.version"),
    deviation(
        "has-one-token",
        ReportRules(token=lambda device, _number: device),
        breaks="report.token",
        implies=("refusal.of-another",),
    ),
    deviation(
        "has-a-long-token", ReportRules(token=lambda device, number: f"{device}-{number:070}"), breaks="report.token"
    ),
    deviation("has-a-number-for-a-token", ReportRules(token=lambda _device, number: number), breaks="report.token"),
    deviation(
        "reports-for-another-device",
        ReportRules(topics=lambda topic: (topic, topic.replace("LAMP-1", "LAMP-2"))),
        breaks="report.own-topics",
    ),
    deviation(
        "accepts-its-own-updates",
        ReportRules(topics=lambda topic: (topic, f"{topic}/accepted")),
        breaks="report.no-answers",
        implies=("refusal.conflict",),  # it hears itself accept what the service refuses a moment later
    ),
)
