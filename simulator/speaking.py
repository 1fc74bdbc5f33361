"""What a device decides where it speaks one spec: its rules, as far as that spec has words for them."""

from dataclasses import replace

from harness.wire.dialect import DIALECTS
from harness.wire.spec import Spec
from harness.wire.udmi import Config, Value, ValueState
from simulator.attempt import GIVES_UP_AFTER, Plan, Step
from simulator.points import Condition, Point
from simulator.rules import PlanOf, Rules
from simulator.term import Term


def rules_under(spec: Spec, rules: Rules, time_to_failure: float | None = None) -> Rules:
    """The same rules without what the spec does not know; `time_to_failure`: what the device's maker documents."""
    dialect = DIALECTS[spec]
    if dialect.expiry is None:
        rules = replace(rules, term=_for_good)
    if dialect.state_etag is None:
        rules = replace(rules, is_stale=lambda _config, _standing: False)
    if spec is Spec.WRITEBACK_DRAFT and time_to_failure is not None:
        rules = replace(rules, plan=_gives_up(rules.plan, time_to_failure - GIVES_UP_AFTER))
    return rules


def _for_good(_config: Config, _now: float) -> Term:
    """A write whose config cannot say when it ends."""
    return Term()


def _gives_up(plan: PlanOf, later: float) -> PlanOf:
    """So many seconds later than after the minute that the other specs set; what is a failure at once stays one."""

    def as_documented(point: Point, condition: Condition, value: Value, telemetry_in: float) -> Plan:
        steps = plan(point, condition, value, telemetry_in)
        return tuple(replace(step, after=max(0.0, step.after + later)) if _is_late(step) else step for step in steps)

    return as_documented


def _is_late(step: Step) -> bool:
    return step.state is ValueState.FAILURE and step.after > 0
