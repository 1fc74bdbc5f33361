"""Devices whose profile is wrong about the kind of a point: what each is accused of, and what the story then says."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest

from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import SCENARIOS
from harness.judging.verdicts.finding import Finding
from harness.judging.verdicts.verdict import Verdict
from harness.payload.values import Value
from harness.protocols.udmi.judging.whole_run import whole_run_of
from harness.protocols.udmi.profile import PointKind
from harness.protocols.udmi.words.messages import ValueState
from harness.record.trace import Recorder
from harness.target import Variant
from simulator.udmi import write_progress
from simulator.udmi.declared.points import (
    Behaviour,
    Condition,
    Faulty,
    Overridden,
    ReadOnly,
    SimulatedPoint,
    Slow,
    Stuck,
    Writable,
)
from simulator.udmi.rules import KEPT, PointRules, Rules, WriteRules, kept_but
from simulator.udmi.target import SimTarget
from simulator.udmi.variations.variation import Variation
from simulator.udmi.write_progress import Plan, ProgressStep
from tests.altered.judgement import judgements

MINUTE = "writeback/test_value_state::test_unsettled_write_is_a_failure_after_a_minute"
TIME_TO_FAILURE = "writeback/test_value_state::test_time_to_failure_is_written_down"
NOT_SHOWN = "writeback/test_telemetry::test_write_that_never_settles_is_not_shown"
READ_ONLY = "writeback/test_value_state::test_write_to_a_read_only_point_is_invalid"
HELD = "writeback/test_value_state::test_write_to_a_held_point_is_overridden"
FAULTY = "writeback/test_value_state::test_write_to_a_faulty_point_is_a_failure"
APPLIED = "writeback/test_value_state::test_write_of_a_good_value_is_applied"
KINDS: Mapping[PointKind, str] = {
    PointKind.WRITABLE: "supply_air_temperature_setpoint",
    PointKind.STUCK: "damper_position",
    PointKind.READ_ONLY: "supply_air_temperature",
    PointKind.OVERRIDDEN: "fan_run_command",
    PointKind.FAULTY: "pump_mode",
}


def _boasts(point: SimulatedPoint, condition: Condition, value: Value, telemetry_in: float) -> Plan:
    """A write that never settles is called applied after four seconds."""
    if not isinstance(point.behaviour, Stuck):
        return write_progress.plan(point, condition, value, telemetry_in)
    return (ProgressStep(min(2.0, telemetry_in), ValueState.UPDATING), ProgressStep(4.0, ValueState.APPLIED))


def _in_force(point: SimulatedPoint, step: ProgressStep) -> bool:
    return step.state is ValueState.APPLIED and not isinstance(point.behaviour, Stuck)


def never_failing(point: SimulatedPoint, condition: Condition, value: Value, telemetry_in: float) -> Plan:
    """However long it takes."""
    steps = write_progress.plan(point, condition, value, telemetry_in)
    return tuple(
        step for step in steps if step.state is not ValueState.FAILURE or not isinstance(point.behaviour, Slow)
    )


BOASTS = kept_but(WriteRules(plan=_boasts), PointRules(is_in_force=_in_force))

PATIENT = kept_but(WriteRules(plan=never_failing))


@cache
def found(declared: PointKind, behaviour: Behaviour, rules: Rules = KEPT) -> Mapping[str, Finding]:
    """The verdicts on a device one of whose points behaves so, and is declared otherwise."""
    known = judgements()
    target, recorder = SimTarget.from_option(""), Recorder()
    points = tuple(replace(p, behaviour=behaviour) if p.name == KINDS[declared] else p for p in target.file.points)
    file = replace(target.file, points=points)
    changed = replace(target, file=file, variation=Variation(Variant("by hand"), rules))
    drive_target(
        RunPlan(changed, [SCENARIOS["plain_write"], SCENARIOS["many_points"]], Clock.VIRTUAL), recorder, Unseen()
    )
    run = whole_run_of(recorder.records)
    histories = {name: episode.history for name, episode in run.scenes.items()}
    asked = [one for one in known if one.scenarios <= histories.keys() and not one.is_of_the_run]
    return {judgement.id: judgement.judge(histories) for judgement in asked}


@pytest.mark.parametrize("seconds", [0.0, 4.0, 8.0, 58.0])
@pytest.mark.parametrize("judgement", [MINUTE, TIME_TO_FAILURE])
def test_point_that_settles_after_all_is_no_stuck_one(judgement: str, seconds: float) -> None:
    behaviour = Slow(seconds) if seconds else Writable()

    finding = found(PointKind.STUCK, behaviour)[judgement]

    assert finding.verdict is Verdict.COULD_NOT_TEST
    assert 'its kind is another than "stuck", so correct that line of the profile' in finding.story


def test_value_of_a_point_that_settles_after_all_may_show() -> None:
    assert found(PointKind.STUCK, Slow(12.0))[NOT_SHOWN].verdict is Verdict.PASS


def test_point_that_settles_after_its_minute_should_have_failed() -> None:
    finding = found(PointKind.STUCK, Slow(66.0), PATIENT)[MINUTE]

    assert finding.verdict is Verdict.FAIL


def test_stuck_point_that_is_called_applied_and_does_not_show_it_is_accused() -> None:
    finding = found(PointKind.STUCK, Stuck(), BOASTS)[MINUTE]

    assert finding.verdict is Verdict.FAIL
    assert "Telemetry does not show 30.0, so nothing speaks for another kind." in finding.story


def test_stuck_point_that_fails_at_once_may_be_a_faulty_one() -> None:
    finding = found(PointKind.STUCK, Faulty())[MINUTE]

    assert finding.verdict is Verdict.FAIL
    assert 'A point that fails at once is "faulty": is it one?' in finding.story


@pytest.mark.parametrize(
    ("declared", "judgement", "kind"),
    [
        (PointKind.READ_ONLY, READ_ONLY, "read_only"),
        (PointKind.OVERRIDDEN, HELD, "overridden"),
        (PointKind.FAULTY, FAULTY, "faulty"),
    ],
)
def test_point_that_takes_what_its_kind_refuses_is_accused_and_its_kind_is_doubted(
    declared: PointKind, judgement: str, kind: str
) -> None:
    finding = found(declared, Writable())[judgement]

    assert finding.verdict is Verdict.FAIL
    assert f'The profile says kind = "{kind}". Telemetry shows' in finding.story
    assert "if the point can be written after all, correct that line." in finding.story


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [(ReadOnly(), "read_only"), (Overridden(), "overridden"), (Faulty(), "faulty"), (Stuck(), "stuck")],
)
def test_writable_point_that_is_never_applied_is_accused_and_its_kind_is_doubted(
    behaviour: Behaviour, kind: str
) -> None:
    finding = found(PointKind.WRITABLE, behaviour)[APPLIED]

    assert finding.verdict is Verdict.FAIL
    assert f'The profile says kind = "writable". If the point is {kind}, correct that line.' in finding.story
