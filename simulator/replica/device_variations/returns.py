"""Devices that come back otherwise, mix up what came late, or take refusals and silence otherwise."""

from simulator.link.link_rules import LinkRules
from simulator.replica.device.rules import AnswerRules, ConnectingRules, DeltaRules, Remedy
from simulator.replica.device_variations.variation import deviation

_DEAF = ("return.by-get-alone", "return.by-delta-alone", "return.ends-at-the-last")
_A_GAP = 2.0  # seconds
_CONFLICT, _FEW, _MANY = 409, 3, 20

RETURNS = (
    deviation(
        "takes-nothing-up-when-back",
        ConnectingRules(gets=lambda again: not again, reported=lambda names, again: () if again else names),
        LinkRules(subscribes=lambda losses: losses == 0),
        breaks="return.takes-up-what-changed",
        implies=(*_DEAF, "return.subscribes-again", "report.version"),
    ),
    deviation(
        "never-gets",
        ConnectingRules(gets=lambda _again: False),
        breaks="return.by-get-alone",
        implies=("report.version",),
    ),
    deviation(
        "leaves-what-get-says",
        ConnectingRules(takes_get=lambda _again: False),
        breaks="return.by-get-alone",
        implies=("report.version",),
    ),
    deviation(
        "waits-for-get-before-deltas",
        DeltaRules(heeds=lambda so_far: so_far.got),
        breaks="return.by-delta-alone",
    ),
    deviation("acts-by-get-alone", DeltaRules(are_bells=True), breaks="return.by-delta-alone"),
    deviation(
        "stops-at-the-first-of-several",
        DeltaRules(heeds=lambda so_far: not so_far.is_busy),
        breaks="return.ends-at-the-last",
    ),
    deviation("comes-back-in-even-gaps", LinkRules(gap=lambda _tries, _losses: _A_GAP), breaks="return.backs-off"),
    deviation(
        "subscribes-the-first-time-alone",
        LinkRules(subscribes=lambda losses: losses == 0),
        breaks="return.subscribes-again",
        implies=(*_DEAF, "return.takes-up-what-changed", "report.version"),
    ),
    deviation(
        "takes-late-deltas",
        DeltaRules(is_late=lambda _version, _seen: False),
        breaks="version.late-delta",
    ),
    deviation(
        "leaves-deltas-of-the-accepted-version",
        DeltaRules(is_late=lambda version, seen: version <= seen),
        breaks="version.equal-delta",
    ),
    deviation(
        "takes-late-answers-to-get",
        DeltaRules(is_late_get=lambda _version, _seen: False),
        breaks="version.late-get",
    ),
    deviation("creates-nothing", ConnectingRules(creates=False), breaks="refusal.creates"),
    deviation(
        "repeats-what-was-refused-at-once",
        AnswerRules(retries=lambda _code, _tries: 0.5),
        breaks="refusal.no-hot-loop",
    ),
    *(
        deviation(
            f"dies-of-{code}",
            DeltaRules(heeds=lambda so_far, code=code: code not in so_far.refusals),  # type: ignore[misc]
            breaks="refusal.goes-on",
        )
        for code in (400, 413, 429, 500)
    ),
    deviation(
        "gives-up-after-a-conflict",
        AnswerRules(remedy=lambda _code: Remedy.NONE),
        breaks="refusal.conflict",
    ),
    deviation(
        "repeats-a-conflict-without-a-get",
        AnswerRules(
            remedy=lambda _code: Remedy.NONE,
            retries=lambda code, tries: _A_GAP if code == _CONFLICT and tries < _FEW else None,
        ),
        breaks="refusal.conflict",
    ),
    deviation(
        "waits-for-its-answer",
        DeltaRules(heeds=lambda so_far: not so_far.unanswered),
        AnswerRules(gap=lambda tries: 5.0 if tries < _MANY else None),
        breaks="silence.goes-on",
        implies=("change.converges",),
    ),
    deviation(
        "repeats-what-nobody-answered-at-once",
        AnswerRules(gap=lambda _tries: 1.0),
        breaks="silence.no-hot-loop",
    ),
)
