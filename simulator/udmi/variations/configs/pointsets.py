"""Devices that break a clause on which points are reported, and how; and one that keeps units to itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from harness.protocols.udmi.words.messages import Status, Telemetry
from simulator.udmi.rules import PointRules, StateRules, TelemetryRules
from simulator.udmi.rules.reported_points import ReportedPoints, members
from simulator.udmi.variations.narrowing import each_status
from simulator.udmi.variations.variation import deviation, other_side
from simulator.udmi.write_progress import Cause, StateReason

_FEW = 2  # points, of more that it has


def _reporting(
    alter: Callable[[ReportedPoints, Mapping[str, object] | None, ReportedPoints], ReportedPoints],
) -> PointRules:
    """Other members than follow from the list; `alter` is given those, the list, and the members before."""

    def altered(listed: Mapping[str, object] | None, own: Sequence[str], before: ReportedPoints) -> ReportedPoints:
        return alter(members(listed, own, before), listed, before)

    return PointRules(members=altered)


def _all_but_one_of_a_few(
    right: ReportedPoints, listed: Mapping[str, object] | None, _before: ReportedPoints
) -> ReportedPoints:
    return replace(right, reported=right.reported[:-1]) if listed and len(listed) <= _FEW else right


def _never_takes_one_back(
    right: ReportedPoints, listed: Mapping[str, object] | None, before: ReportedPoints
) -> ReportedPoints:
    """A dropped point is reported again only when there is no list at all."""
    kept = [name for name in right.reported if name in before.reported]
    return right if listed is None else replace(right, reported=kept)


def _keeps_the_unknown(
    right: ReportedPoints, listed: Mapping[str, object] | None, before: ReportedPoints
) -> ReportedPoints:
    """As long as the list is no short one."""
    kept = dict.fromkeys((*right.unknown, *before.unknown))
    return right if listed is None or len(listed) <= _FEW else replace(right, unknown=tuple(kept))


def _nothing_without_a_list(
    right: ReportedPoints, listed: Mapping[str, object] | None, _before: ReportedPoints
) -> ReportedPoints:
    return ReportedPoints(()) if listed is None else right


def _every_point(listed: Mapping[str, object] | None, own: Sequence[str], before: ReportedPoints) -> ReportedPoints:
    return replace(members(listed, own, before), reported=own)


def _unknown(alter: Callable[[Status], Status]) -> StateRules:
    """Another status for a point that nobody knows."""
    return each_status(lambda status, why: alter(status) if why.cause is Cause.UNKNOWN_POINT else status)


def _with_an_empty_unknown(telemetry: Telemetry, unknown: Sequence[str]) -> Telemetry:
    return replace(telemetry, readings={**telemetry.readings, **dict.fromkeys(unknown)})


def _with_zero_for_the_unknown(telemetry: Telemetry, unknown: Sequence[str]) -> Telemetry:
    return replace(telemetry, readings={**telemetry.readings, **dict.fromkeys(unknown, 0)})


def _quotes_a_zero(telemetry: Telemetry) -> Telemetry:
    quoted = {n: "0.0" if isinstance(v, float) and v == 0 else v for n, v in telemetry.readings.items()}
    return replace(telemetry, readings=quoted)


def _with_a_third_decimal(telemetry: Telemetry) -> Telemetry:
    """Of a value that nobody writes."""
    exact = {n: v + 0.001 if isinstance(v, float) and v == _SENSED else v for n, v in telemetry.readings.items()}
    return replace(telemetry, readings=exact)


def _keeps_units_to_itself(status: Status, why: StateReason) -> Status | None:
    return None if why.cause is Cause.OTHER_UNITS else status


_SENSED = 19.0  # degrees: what the air handling unit senses by itself

POINTSETS = (
    deviation(
        "forgets-one-of-a-few-points",
        _reporting(_all_but_one_of_a_few),
        breaks="pointset.configured-points-are-reported",
    ),
    deviation(
        "reports-every-point",
        PointRules(members=_every_point),
        breaks="pointset.other-points-are-dropped",
    ),
    deviation(
        "ignores-an-unknown-point",
        _reporting(lambda right, _listed, _before: replace(right, unknown=())),
        breaks="pointset.unknown-point-has-an-error",
    ),
    deviation(
        "plays-down-an-unknown-point",
        _unknown(lambda status: replace(status, level=300)),
        breaks="pointset.unknown-point-has-an-error",
        implies=("status.level-fits-category",),
    ),
    deviation(
        "unknown-point-in-category-failure",
        _unknown(lambda status: replace(status, category="pointset.point.failure")),
        breaks="pointset.unknown-point-is-invalid",
    ),
    deviation(
        "unknown-point-at-level-600",
        _unknown(lambda status: replace(status, level=600)),
        breaks="pointset.unknown-point-is-invalid",
        implies=("status.level-fits-category",),
    ),
    deviation(
        "shows-an-unknown-point-empty",
        TelemetryRules(shows=_with_an_empty_unknown),
        breaks="pointset.unknown-point-is-not-shown",
        implies=("message.telemetry-is-valid",),
    ),
    deviation(
        "shows-an-unknown-point-as-zero",
        TelemetryRules(shows=_with_zero_for_the_unknown),
        breaks="pointset.unknown-point-is-not-shown",
    ),
    deviation("keeps-an-unknown-point", _reporting(_keeps_the_unknown), breaks="pointset.unknown-point-is-forgotten"),
    deviation(
        "never-takes-a-point-back",
        _reporting(_never_takes_one_back),
        breaks="pointset.dropped-point-comes-back",
        implies=("telemetry.complete-every-rate",),
    ),
    deviation(
        "reports-nothing-without-a-list",
        _reporting(_nothing_without_a_list),
        breaks="pointset.device-decides-without-a-list",
    ),
    deviation(
        "ignores-units-of-a-config",
        PointRules(takes_units=lambda _point, _asked: False),
        breaks="pointset.units-follow-config",
    ),
    deviation(
        "relabels-units",
        PointRules(converts=lambda value, _units, _to: value),
        breaks="pointset.units-follow-config",
    ),
    deviation("quotes-a-zero", TelemetryRules(tell=_quotes_a_zero), breaks="pointset.numbers-are-numbers"),
    other_side("keeps-unknown-units-to-itself", each_status(_keeps_units_to_itself), shows="pointset.unknown-units"),
    other_side("third-decimal", TelemetryRules(tell=_with_a_third_decimal), shows="pointset.two-decimals"),
)
