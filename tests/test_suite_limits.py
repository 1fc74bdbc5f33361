"""A profile stretches limits of the suites: found by the subject, refused by name, and decided by."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import SCENARIOS
from harness.errors import UsageError
from harness.judging.verdicts.verdict import NotObserved
from harness.protocol import Subject
from harness.protocols.udmi.judging.episode import episodes_of
from harness.protocols.udmi.plug import DEVICE, UDMI
from harness.protocols.udmi.words.messages import State, ValueState
from harness.record.kinds import Began, Closed, Received, Record, Sent
from harness.record.trace import Recorder
from harness.suite_limits import NoLimits, limits_in_force, limits_of
from simulator.udmi.rules import StateRules, kept_but
from simulator.udmi.target import SimTarget
from simulator.udmi.variations import VARIATIONS
from simulator.udmi.variations.variation import HEALTHY
from suites.udmi.limits import Limits
from suites.udmi.scenarios import writes
from suites.udmi.writeback.test_value_state import test_value_that_the_point_cannot_take_is_invalid as is_refused
from tests.udmi_1_5 import decode_config

[REFUSED] = {"refused_values"} & set(writes.__all__)
PROFILE = 'id = "AHU-1"\n\n[limits]\n{line}\n'


def test_limits_are_found_beside_the_suites_of_their_subject() -> None:
    assert limits_of(DEVICE) is Limits


@pytest.mark.parametrize("suites", ["tests", "no_such_package.suites"])
def test_suites_may_have_no_limits(suites: str) -> None:
    subject = Subject("lamp", suites, DEVICE.reader, DEVICE.counterparts, DEVICE.doctor)

    assert limits_of(subject) is NoLimits


@pytest.mark.parametrize("profile", [{}, {"limits": {}}, {"limits": None}])
def test_profile_that_stretches_nothing_is_held_to_the_usual_limits(profile: Mapping[str, Any]) -> None:
    assert limits_in_force(DEVICE, profile) == Limits()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"answer": 9}, "limits.answer = 9: it is set by UDMI 1.5, config sequence, so no"),
        ({"in_time": 1e400}, "limits.in_time = inf: expected seconds"),
        ("in_time", "the profile's limits are no table"),
        ({"\x1b[2J": 9}, r"limits.\\x1b\[2J = 9: there is no such limit"),
    ],
)
def test_record_that_stretches_what_it_may_not_is_refused(asked: object, words: str) -> None:
    with pytest.raises(UsageError, match=words.replace(".", "[.]")):
        limits_in_force(DEVICE, {"limits": asked})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("answer = 9", "line 4: limits.answer: it is set by UDMI 1.5, config sequence, so no profile stretches it"),
        ("keep_alives = 3", "line 4: limits.keep_alives: it is set by MQTT 3.1.1, 3.1.2.10, so no"),
        ("queued = 3", "line 4: limits.queued: it is set by this suite, in configs and not in seconds, so no"),
        ("in_tim = 40", "line 4: limits.in_tim: there is no such limit; did you mean 'in_time'?"),
        ("in_time = 19", "line 4: limits.in_time: expected seconds, from the usual 20"),
    ],
)
def test_profile_that_stretches_what_it_may_not_is_refused_with_the_line(tmp_path: Path, line: str, words: str) -> None:
    file = tmp_path / "acme.toml"
    file.write_text(PROFILE.format(line=line), encoding="utf-8")

    with pytest.raises(UsageError) as refused:
        UDMI.read_profile(file)

    assert words in str(refused.value)


def test_profile_stretches_what_no_source_sets(tmp_path: Path) -> None:
    file = tmp_path / "acme.toml"
    file.write_text(PROFILE.format(line="in_time = 40"), encoding="utf-8")

    assert limits_in_force(DEVICE, UDMI.read_profile(file).profile.as_dict()) == Limits(in_time=40)


@pytest.mark.parametrize("stretched", [{}, {"in_time": 29}])
def test_device_that_refuses_after_half_a_minute_is_accused(stretched: Mapping[str, float]) -> None:
    with pytest.raises(NotObserved):
        _judge(_refusing_after_half_a_minute(stretched))


def test_device_that_refuses_after_half_a_minute_keeps_a_limit_that_is_stretched() -> None:
    records = _refusing_after_half_a_minute({"in_time": 40})

    _judge(records)

    assert max(record.time for record in records if isinstance(record, Received)) > 30


def test_write_outlives_the_longest_watch_of_a_limit_that_is_stretched() -> None:
    """A device that has no more to say once a write has failed is waited for in vain, again and again."""
    target, recorder = SimTarget.from_option(""), Recorder()
    file = replace(target.file, profile=replace(target.file.profile, limits={"in_time": 320}))
    rules = kept_but(StateRules(say=lambda state, said: said if said and _has_failed(said) else state))
    target = replace(target, file=file, variation=replace(HEALTHY, rules=rules))

    drive_target(RunPlan(target, [SCENARIOS["many_points"]], Clock.VIRTUAL), recorder, Unseen())

    [sent] = [one for one in recorder.records if isinstance(one, Sent) and one.label == "write"]
    [closed] = [one for one in recorder.records if isinstance(one, Closed)]
    pointset = decode_config(sent.payload).pointset
    assert pointset is not None
    assert isinstance(pointset.set_value_expiry, int | float)
    assert 5 * 320 < closed.time - sent.time < pointset.set_value_expiry - sent.time


def _has_failed(state: State) -> bool:
    return state.points["damper_position"].value_state is ValueState.FAILURE


def _refusing_after_half_a_minute(limits: Mapping[str, float]) -> Sequence[Record]:
    [late] = [one for one in VARIATIONS if one.variant.id == "refuses-after-half-a-minute-and-says-so"]
    target, recorder = SimTarget.from_option(""), Recorder()
    file = replace(target.file, profile=replace(target.file.profile, limits=limits))
    target = replace(target, file=file, variation=late)
    drive_target(RunPlan(target, [SCENARIOS[REFUSED]], Clock.VIRTUAL), recorder, Unseen())
    return recorder.records


def _judge(records: Sequence[Record]) -> None:
    """By the limits that the record itself says are in force, as when it is judged again later."""
    limits = limits_in_force(DEVICE, next(record for record in records if isinstance(record, Began)).profile)
    assert isinstance(limits, Limits)

    is_refused(episodes_of(records)[REFUSED], "out of range", limits)
