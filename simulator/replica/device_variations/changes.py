"""Devices that make otherwise of a delta: they leave it, or a part of it, or do more than it says."""

from simulator.link.link_rules import LinkRules
from simulator.replica.device.properties import Values
from simulator.replica.device.rules import AnswerRules, DeltaRules, ReportRules
from simulator.replica.device_variations.variation import deviation

_EVERY_CHANGE = (
    "change.beside-unknown-fields",
    "change.all-and-nothing-else",
    "change.malformed",
    "change.removal",
    "change.converges",
    "return.by-delta-alone",
    "return.by-get-alone",
    "return.ends-at-the-last",
    "return.takes-up-what-changed",
    "version.equal-delta",
    "refusal.goes-on",
    "refusal.conflict",
    "silence.goes-on",
)


def _one_field(wanted: Values, _present: Values) -> Values:
    return dict([*wanted.items()][:1])


def _anew(wanted: Values, present: Values) -> Values:
    """An object is replaced as a whole, as by a map that is assigned: what it does not name is as from the factory."""
    objects = {name.split(".")[0] for name in wanted if "." in name}
    reset = {name: 0 for name in present if name.split(".")[0] in objects and name not in wanted}
    return {**reset, **wanted}


def _but_falsy(wanted: Values, _present: Values) -> Values:
    return {name: value for name, value in wanted.items() if value}


def _everybodys(inbox: str) -> tuple[str, ...]:
    """Its own answers, and everybody's deltas: the id is the level behind `state`, or behind `things`."""
    levels = inbox.split("/")
    place = 2 if inbox.startswith("$") else 1
    root = inbox.removesuffix("/update/delta")
    answers = ("update/accepted", "update/rejected", "get/accepted", "get/rejected")
    return ("/".join((*levels[:place], "+", *levels[place + 1 :])), *(f"{root}/{one}" for one in answers))


CHANGES = (
    deviation(
        "heeds-no-delta",
        DeltaRules(heeds=lambda _so_far: False),
        breaks="change.is-reported",
        implies=_EVERY_CHANGE,
    ),
    deviation(
        "performs-and-says-nothing",
        ReportRules(of_changes=False, on_present=False),
        breaks="change.is-reported",
        implies=_EVERY_CHANGE,
    ),
    deviation(
        "performs-very-late",
        DeltaRules(takes=lambda _known: 25.0),
        breaks="change.is-reported",
        implies=(*_EVERY_CHANGE, "return.by-get-alone", "refusal.of-another"),
    ),
    deviation(
        "reports-very-late",
        ReportRules(waits=12.5),
        breaks="change.is-reported",
        implies=(*_EVERY_CHANGE, "report.own-change"),
    ),
    deviation(
        "performs-the-first-field-alone",
        DeltaRules(fields=_one_field),
        breaks="change.all-and-nothing-else",
        implies=("return.by-get-alone", "return.ends-at-the-last"),
    ),
    deviation(
        "resets-siblings",
        DeltaRules(fields=_anew, admits=lambda _known, _value: True),
        breaks="change.all-and-nothing-else",
        implies=("change.impossible-value", "change.converges", "silence.no-hot-loop"),
    ),
    deviation(
        "leaves-a-delta-with-an-unknown-field",
        DeltaRules(heeds=lambda so_far: not so_far.unknown),
        breaks="change.beside-unknown-fields",
    ),
    deviation(
        "takes-impossible-values",
        DeltaRules(admits=lambda _known, _value: True),
        breaks="change.impossible-value",
    ),
    deviation(
        "argues-without-end",
        ReportRules(on_refused=True, damps=0.2),
        breaks="change.impossible-value",
    ),
    deviation("executes-duplicates", DeltaRules(merges=False), breaks="change.executed-once"),
    deviation(
        "executes-what-is-so",
        DeltaRules(acts_on_present=True),
        breaks="change.already-so",
        implies=("change.executed-once",),
    ),
    deviation(
        "takes-anybodys-deltas",
        DeltaRules(takes_any_device=True),
        LinkRules(filters=_everybodys),
        breaks="change.of-another-device",
        implies=("report.version",),
    ),
    deviation(
        "dies-of-malformed-deltas",
        DeltaRules(heeds=lambda so_far: not so_far.malformed),
        breaks="change.malformed",
        implies=(
            "return.takes-up-what-changed",
            "return.by-get-alone",
            "return.by-delta-alone",
            "return.ends-at-the-last",
        ),
    ),
    deviation(
        "dies-of-a-removal",
        DeltaRules(heeds=lambda so_far: not so_far.removals),
        breaks="change.removal",
    ),
    deviation(
        "leaves-falsy-values",
        DeltaRules(fields=_but_falsy),
        breaks="change.all-and-nothing-else",
        implies=("change.converges",),
    ),
    deviation(
        "leaves-deltas-after-its-own-reports",
        DeltaRules(heeds=lambda so_far: not so_far.is_echo),
        breaks="change.converges",
    ),
    deviation("changes-in-secret", ReportRules(of_own_changes=False), breaks="report.own-change"),
    deviation(
        "believes-answers-to-others",
        AnswerRules(believes=True),
        breaks="refusal.of-another",
    ),
)
