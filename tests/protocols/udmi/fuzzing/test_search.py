"""A planted fault is found, made short, and can be pasted; a device that conforms is accused of nothing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest

from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import SCENARIOS, Scenario
from harness.judging.requirements.requirement import Catalogue
from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.counterpart import AfterTimestamp, In
from harness.protocols.udmi.driving.device import Device
from harness.protocols.udmi.fuzzing.course import Course
from harness.protocols.udmi.fuzzing.invariants import INVARIANTS
from harness.protocols.udmi.fuzzing.scenario_text import scenario_text
from harness.protocols.udmi.fuzzing.search import Accusation, Search
from harness.protocols.udmi.fuzzing.step import Garbage, Happens, Redeliver, Rests, SayAgain, Step, Wait, WriteStep
from harness.protocols.udmi.judging.episode import episodes_of
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.device_events import (
    NAMES,
    Break,
    ChangeUnits,
    DeviceEvent,
    Mend,
    Override,
    Release,
    Restart,
)
from harness.protocols.udmi.words.messages import State
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Provoked
from harness.record.trace import Recorder
from harness.target import Stepped, Variant
from simulator.udmi.rules import StateRules, kept_but
from simulator.udmi.target import SimTarget
from simulator.udmi.variations.narrowing import with_system
from simulator.udmi.variations.variation import Variation

ENOUGH = 300  # sequences

# Each breaks the clause, or one that goes with it; the fuzzer is given the device, and not told.
PLANTED = (
    ("neighbours-applied", "writeback.absent-without-set-value"),
    ("rounds-telemetry", "writeback.telemetry-follows"),
    ("updating-late", "writeback.updating-in-time"),
    ("takes-what-is-of-the-wrong-type", "writeback.unfit-value-is-invalid"),
    ("busy-first", "writeback.value-state-is-known"),
    ("shows-held-value", "writeback.refused-value-is-not-shown"),
    ("no-etag-in-trouble", "etag.is-reported"),
    ("long-etag", "etag.is-a-short-string"),
    ("etag-without-value-states", "etag.changes-with-state"),
    ("etag-per-message", "etag.stays-with-state"),
    ("states-in-bursts", "config.at-most-one-state-a-second"),
    ("own-clock-as-last-config", "config.last-config-is-its-timestamp"),
    ("answers-after-5-1-s", "config.is-answered-in-5-s"),
    ("never-expires", "expiry.ends-the-write"),
    ("no-status-when-held", "status.error-states-explain-themselves"),
    ("two-hours-ahead", "config.state-carries-its-time"),
    ("steps-back-in-trouble", "config.state-carries-its-time"),
    ("telemetry-without-offset", "message.timestamp-is-utc"),
)
ODD = (
    "takes-four-seconds",
    "works-each-config-anew",
    "finds-obstacles-late",
    "leaves-more-room-between-states",
    "repeats-its-state",
    "tells-of-changes-at-once",
    "ends-writes-four-seconds-late",
    "etag-follows-the-work",
    "has-a-dirty-filter",
    "keeps-last-good-value",
    "whole-numbers-where-it-can",
    "answers-at-the-last-moment",
    "notices-new-units-late",
    "keeps-etag-when-it-refuses",
    "wants-an-etag",
    "clock-a-second-ahead",
    "clock-four-seconds-ahead",
    "clock-four-seconds-behind",
    "ten-minutes-behind",
    "tells-no-start",
)

HAPPENINGS: Sequence[DeviceEvent] = (
    Override("damper_position"),
    Release("damper_position"),
    Break("pump_mode"),
    Mend("pump_mode"),
    ChangeUnits("supply_air_temperature_setpoint", "Degrees-Fahrenheit", "Degrees-Celsius"),
    Restart(),
)
_WRITES = (
    WriteStep((("supply_air_temperature_setpoint", 21.5), ("damper_position", 30.0)), Rests.LATEST, In(3600)),
    WriteStep((("static_pressure_setpoint", 300),), Rests.FIRST, AfterTimestamp(-10)),
    WriteStep((("damper_position", None),), Rests.NONE, None),
)
_STEPS: Sequence[Step] = (*_WRITES, SayAgain(), Redeliver(), Garbage(b"{"), *map(Happens, HAPPENINGS))
EVERYTHING = [step for one in _STEPS for step in (one, Wait(6))]


def _target(variant: str | None) -> SimTarget:
    device = SimTarget.from_option("")
    varied = device.varied(variant) if variant else device
    assert isinstance(varied, SimTarget)
    return varied


def _search(variant: str | None) -> Search:
    target = _target(variant)
    return Search(target.machine, target.profile, codec_of(Spec.UDMI_1_5))


def _found(variant: str) -> Accusation:
    found = _search(variant).run(ENOUGH, seed=0)
    assert found is not None
    return found


def test_simulated_device_can_be_told_the_time() -> None:
    assert isinstance(SimTarget.from_option(""), Stepped)


def test_healthy_device_is_accused_of_nothing() -> None:
    search = _search(None)

    assert search.run(ENOUGH, seed=0) is None
    assert search.played == ENOUGH


@pytest.mark.parametrize("variant", ODD)
def test_odd_device_that_conforms_is_accused_of_nothing(variant: str) -> None:
    assert _search(variant).run(60, seed=1) is None


@pytest.mark.parametrize(("variant", "requirement"), PLANTED)
def test_planted_deviation_is_found(variant: str, requirement: str) -> None:
    assert _found(variant).requirement == requirement


def test_what_only_a_restart_brings_out_is_found() -> None:
    """Once it has been started anew, it names the config that it was given, an hour late."""

    def said(state: State, _before: State | None) -> State:
        count = state.system.restart_count if state.system else None
        named = state.last_config if isinstance(count, int) and count > 1 else None
        wrong = named - 3600 if isinstance(named, int | float) and named else None
        return with_system(state, lambda system: replace(system, last_config=wrong)) if wrong else state

    target = replace(_target(None), variation=Variation(Variant("forgetful"), kept_but(StateRules(say=said))))
    found = Search(target.machine, target.profile, codec_of(Spec.UDMI_1_5)).run(ENOUGH, seed=0)

    assert found is not None
    assert found.requirement == "config.last-config-is-its-timestamp"
    assert Happens(Restart()) in found.script


def test_what_is_found_is_made_short() -> None:
    script = _found("rounds-telemetry").script

    assert len([step for step in script if not isinstance(step, Wait)]) == 1


def test_same_seed_finds_the_same() -> None:
    assert _found("never-expires") == _found("never-expires")


def test_same_sequence_gives_the_same_accusation() -> None:
    found = _found("shows-held-value")

    assert _search("shows-held-value").accuse(found.script) == found
    assert _search(None).accuse(found.script) is None


def test_invariants_name_clauses_of_the_catalogue() -> None:
    known = {requirement.id for requirement in Catalogue.read()}

    assert {invariant.requirement for invariant in INVARIANTS} <= known


@pytest.mark.parametrize("variant", ["shows-held-value", "never-expires", "updating-late"])
def test_printed_scenario_brings_it_out_on_the_stage(variant: str) -> None:
    found = _found(variant)
    recorder = Recorder()

    drive_target(RunPlan(_target(variant), [_pasted(scenario_text(found))], Clock.VIRTUAL), recorder, Unseen())

    course = Course(episodes_of(recorder.records)["fuzzed"].history)
    assert found.requirement in _broken(course)


def test_printed_scenario_goes_all_the_way_whatever_is_in_it() -> None:
    """One step of each kind, and of each provocation, pasted and driven: all of them come to pass."""
    recorder = Recorder()

    text = scenario_text(Accusation("a.clause", "", EVERYTHING))
    drive_target(RunPlan(_target(None), [_pasted(text)], Clock.VIRTUAL), recorder, Unseen())

    episode = episodes_of(recorder.records)["fuzzed"]
    provoked = [record.name for record in episode.history.records if isinstance(record, Provoked)]
    assert episode.history.closed.cut_short is None
    assert provoked[: len(HAPPENINGS)] == [NAMES[type(what)].replace("_", " ") for what in HAPPENINGS]
    assert _broken(Course(episode.history)) == set()


def test_printed_scenario_knows_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines of any step that can be drawn are Python, and of names that suites have."""
    steps: set[type] = set()
    search = _search(None)
    accuse = search.accuse

    def looked_at(script: Sequence[Step]) -> Accusation | None:
        steps.update(map(type, script))
        compile(scenario_text(Accusation("a.clause", "", list(script))), "<pasted>", "exec")
        return accuse(script)

    monkeypatch.setattr(search, "accuse", looked_at)
    search.run(100, seed=0)

    assert steps == set(get_args(Step))


def _pasted(text: str) -> Scenario:
    names: dict[str, object] = {"__name__": "pasted"}
    exec(text, names)  # noqa: S102 - what was printed to be pasted
    known = SCENARIOS.pop("fuzzed")
    assert {"Cloud", "Device"} <= names.keys()
    assert known.drive.__annotations__ == {"cloud": Cloud, "device": Device, "return": None}
    return known


def _broken(course: Course) -> set[str]:
    broken = set()
    for invariant in INVARIANTS:
        try:
            invariant.ask(course)
        except NotObserved:
            broken.add(invariant.requirement)
        except Undecided:
            continue
    return broken
