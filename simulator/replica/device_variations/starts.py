"""Devices that begin otherwise: they report nothing, or in another form, or ask for too little, or too late."""

from dataclasses import replace

from harness.mqtt.packets import Will
from simulator.link.link_rules import CONNECT_OPTIONS, LinkRules
from simulator.replica.device.rules import ConnectingRules, ReportRules
from simulator.replica.device_variations.variation import deviation, other_side

_SOON = 0.5  # seconds
_TAKES_DELTAS = (
    "change.is-reported",
    "change.beside-unknown-fields",
    "change.malformed",
    "change.removal",
    "change.converges",
    "return.by-delta-alone",
    "return.ends-at-the-last",
    "return.subscribes-again",
    "return.takes-up-what-changed",
    "version.equal-delta",
    "refusal.goes-on",
    "silence.goes-on",
)


def _but_for_deltas(inbox: str) -> tuple[str, ...]:
    root = inbox.removesuffix("/update/delta")
    return tuple(f"{root}/{one}" for one in ("update/accepted", "update/rejected", "get/accepted", "get/rejected"))


def _but_for_refusals_of_get(inbox: str) -> tuple[str, ...]:
    return (inbox, *(one for one in _but_for_deltas(inbox) if not one.endswith("get/rejected")))


_NO_REFUSALS = LinkRules(filters=_but_for_refusals_of_get)

STARTS = (
    deviation(
        "reports-nothing-at-its-start",
        ConnectingRules(reported=lambda _names, _again: (), creates=False),
        breaks="start.reports-its-state",
        implies=("refusal.creates", "start.reports-every-property"),
    ),
    deviation(
        "reports-a-part-at-its-start",
        ConnectingRules(reported=lambda names, _again: names[:2]),
        breaks="start.reports-every-property",
    ),
    deviation(
        "reports-without-a-section",
        ReportRules(state=lambda reported: reported),
        breaks="start.state-is-reported",
        implies=(
            "start.reports-every-property",
            "refusal.conflict",
            "refusal.no-hot-loop",
            "refusal.of-another",
            "refusal.creates",
            "report.own-change",
            "change.is-reported",
            *_TAKES_DELTAS,
            "return.by-get-alone",
        ),
    ),
    deviation(
        "asks-for-no-deltas",
        LinkRules(filters=_but_for_deltas),
        breaks="start.subscribes-to-deltas",
        implies=(*_TAKES_DELTAS, "change.all-and-nothing-else", "start.subscribes-first"),
    ),
    deviation("asks-for-no-refusals-of-get", _NO_REFUSALS, breaks="start.subscribes-first"),
    other_side("hears-no-refusals-of-get", _NO_REFUSALS, shows="start.subscribes-first"),
    deviation(
        "subscribes-late",
        LinkRules(subscribes_after=_SOON),
        breaks="start.subscribes-first",
        implies=("report.version", "version.late-get"),
    ),
    other_side(
        "leaves-a-last-will",
        LinkRules(connect_options=replace(CONNECT_OPTIONS, will=Will("wills/LAMP-1", 1, retain=False))),
        shows="start.will",
    ),
)
