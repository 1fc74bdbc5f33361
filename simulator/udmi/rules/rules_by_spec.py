"""The decisions of a device for one spec: its rules, as far as that spec has words for them."""

from dataclasses import replace

from harness.payload.values import Value
from harness.protocols.udmi.words.field_layout import FIELD_LAYOUTS
from harness.protocols.udmi.words.messages import Config, ValueState
from harness.protocols.udmi.words.spec import Spec
from simulator.udmi.declared.points import Condition, SimulatedPoint
from simulator.udmi.rules import PlanOf, Rules
from simulator.udmi.rules.write_expiry import WriteExpiry
from simulator.udmi.write_progress import GIVES_UP_AFTER, Plan, ProgressStep


def rules_under(spec: Spec, rules: Rules, time_to_failure: float | None = None) -> Rules:
    """The same rules without what the spec does not know; `time_to_failure`: what the device's maker documents."""
    layout = FIELD_LAYOUTS[spec]
    if layout.expiry is None:
        rules = replace(rules, configs=replace(rules.configs, write_expiry=_for_good))
    if layout.state_etag is None:
        rules = replace(rules, configs=replace(rules.configs, is_stale=lambda _config, _standing: False))
    if spec is Spec.WRITEBACK_DRAFT and time_to_failure is not None:
        plan = _gives_up(rules.writes.plan, time_to_failure - GIVES_UP_AFTER)
        rules = replace(rules, writes=replace(rules.writes, plan=plan))
    return rules


def _for_good(_config: Config, _now: float) -> WriteExpiry:
    """A write whose config cannot say when it ends."""
    return WriteExpiry()


def _gives_up(plan: PlanOf, later: float) -> PlanOf:
    """So many seconds later than after the minute that the other specs set; what is a failure at once stays one."""

    def as_documented(point: SimulatedPoint, condition: Condition, value: Value, telemetry_in: float) -> Plan:
        steps = plan(point, condition, value, telemetry_in)
        return tuple(replace(step, after=max(0.0, step.after + later)) if _is_late(step) else step for step in steps)

    return as_documented


def _is_late(step: ProgressStep) -> bool:
    return step.state is ValueState.FAILURE and step.after > 0
