"""A service that answers nothing to updates that cannot be costs one long wait, and a slow one is not accused."""

from collections.abc import Callable
from dataclasses import replace

import pytest

import suites.replica.service.conftest  # noqa: F401 - makes the scenarios known
from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import SCENARIOS
from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import NotObserved
from harness.protocols.replica.judging.service.episode import ServiceEpisode, run_of
from harness.protocols.replica.judging.service.exchange import Exchange
from harness.protocols.replica.judging.service.service_run import ServiceRun
from harness.protocols.replica.words.topics import Scheme
from harness.record.kinds import Closed, Opened, Record
from harness.record.trace import Recorder
from harness.target import Variant
from simulator.replica.rules import KEPT
from simulator.replica.service import Message, Reply
from simulator.replica.service_variations.telling import Says, without
from simulator.replica.service_variations.variation import BrokerHabits, ServiceVariation
from simulator.replica.targets.service import SimulatedService
from suites.replica.service.scenarios.refusals import WRONG, WRONG_TOKENS

LATE = 4.5  # seconds: in time, as 5 s are asked for
TOO_LATE = 5.5
REFUSED = "update/rejected"


def _silent_once() -> Says:
    """The first rejection of an update is never said."""
    lost = list[Message]()

    def says(_reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        refusals = [one for one in messages if one.topic.endswith(REFUSED)]
        if refusals and not lost:
            lost.extend(refusals)
            return tuple(one for one in messages if one not in lost)
        return messages

    return says


def _late(seconds: float) -> Callable[[Message], float]:
    return lambda one: seconds if one.topic.endswith(REFUSED) else 0.0


def _driven(says: Says, delays: float = 0.0) -> list[Record]:
    variation = ServiceVariation(
        Variant("of a test"), replace(KEPT, says=says), replace(BrokerHabits(), delays=_late(delays))
    )
    recorder = Recorder()
    scenarios = [SCENARIOS["wrong_updates"], SCENARIOS["token_lengths"]]
    service = SimulatedService(scheme=Scheme.AWS, variation=variation)
    drive_target(RunPlan(service, scenarios, Clock.VIRTUAL, spec="replica-aws"), recorder, Unseen())
    return recorder.records


def _seconds(records: list[Record], scenario: str) -> float:
    began = next(one for one in records if isinstance(one, Opened) and one.scenario == scenario)
    return next(one.time for one in records if isinstance(one, Closed) and one.time >= began.time) - began.time


def _asked(run: ServiceRun, scenario: str, label: str) -> Exchange:
    episode = run.scenes[scenario]
    assert isinstance(episode, ServiceEpisode)
    return episode.request(label)


def _refuse(run: ServiceRun, scenario: str, *labels: str) -> list[str]:
    """The labels of those that were refused in time."""
    refused = []
    for label in labels:
        try:
            _asked(run, scenario, label).is_refused(within(5))
        except NotObserved:
            continue
        refused.append(label)
    return refused


def test_silence_costs_one_long_wait_and_each_wrong_update_is_told_as_unanswered() -> None:
    records = _driven(without(REFUSED))

    run = run_of(records)
    assert _seconds(records, "wrong_updates") < 30
    assert _seconds(records, "token_lengths") < 15
    for wrong in WRONG:
        with pytest.raises(NotObserved, match="no answer came"):
            _asked(run, "wrong_updates", wrong.name).is_refused(within(5))


@pytest.mark.parametrize("delays", [0.0, LATE])
def test_service_that_was_silent_once_and_is_slow_is_accused_of_that_once(delays: float) -> None:
    run = run_of(_driven(_silent_once(), delays))

    assert _refuse(run, "wrong_updates", *(one.name for one in WRONG)) == [one.name for one in WRONG[1:]]
    assert _refuse(run, "token_lengths", *WRONG_TOKENS) == [*WRONG_TOKENS]


def test_answer_that_comes_too_late_is_told_as_late() -> None:
    run = run_of(_driven(_silent_once(), TOO_LATE))

    with pytest.raises(NotObserved, match=r"should be answered within 5 s, but was after 5\.5"):
        _asked(run, "wrong_updates", WRONG[-1].name).is_refused(within(5))
