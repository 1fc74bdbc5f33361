"""The law of a simulated manager, edge by edge: one that changes fails a test here."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import pytest

from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import PHASES, Consent
from harness.protocols.update.words.status import ActionStatus as A
from harness.protocols.update.words.status import FeedbackStatus as F
from harness.protocols.update.words.status import PhaseCommand as P
from harness.protocols.update.words.topics import MessageKind
from simulator.update.device.law import AFTER, DONE, ENDS, FAILURES, SUCCESSES, TOLD_AS
from simulator.update.device.setup import ManagerSetup
from tests.simulator.update.device.stepped import OWN, SteppedDevice

# What an agent is at, its answer, and the command that follows; None: none does.
MOVES: tuple[tuple[F, F, P | None], ...] = (
    (F.IDENTIFYING, F.IDENTIFIED, P.DOWNLOAD),
    (F.IDENTIFYING, F.IDENTIFICATION_FAILED, None),
    (F.DOWNLOADING, F.DOWNLOAD_SUCCESS, P.UPDATE),
    (F.DOWNLOADING, F.DOWNLOAD_FAILURE, P.CLEANUP),
    (F.DOWNLOADING, F.INCOMPLETE, None),
    (F.UPDATING, F.UPDATE_SUCCESS, P.ACTIVATE),
    (F.UPDATING, F.UPDATE_FAILURE, P.CLEANUP),
    (F.UPDATING, F.INCOMPLETE, None),
    (F.ACTIVATING, F.ACTIVATION_SUCCESS, P.CLEANUP),
    (F.ACTIVATING, F.ACTIVATION_FAILURE, P.CLEANUP),
    (F.ACTIVATING, F.INCOMPLETE, None),
    (F.ROLLBACK, F.ROLLBACK_SUCCESS, P.CLEANUP),
    (F.ROLLBACK, F.ROLLBACK_FAILURE, P.CLEANUP),
    (F.ROLLBACK, F.INCOMPLETE, None),
    (F.CLEANUP, F.CLEANUP_SUCCESS, None),
    (F.CLEANUP, F.CLEANUP_FAILURE, None),
    (F.CLEANUP, F.COMPLETED, None),
    (F.CLEANUP, F.INCOMPLETE, None),
)
# The status of the whole behind each.
EDGES: tuple[tuple[F | None, F], ...] = (
    (None, F.IDENTIFYING),
    (F.IDENTIFYING, F.IDENTIFIED),
    (F.IDENTIFYING, F.IDENTIFICATION_FAILED),
    (F.IDENTIFYING, F.INCOMPLETE),
    (F.IDENTIFIED, F.RUNNING),
    (F.IDENTIFIED, F.COMPLETED),
    (F.RUNNING, F.RUNNING),
    (F.RUNNING, F.COMPLETED),
    (F.RUNNING, F.INCOMPLETE),
    (F.RUNNING, F.INCOMPLETE_INCONSISTENT),
    (F.RUNNING, F.SUPERSEDED),
)
_PLAYED = ManagerSetup(own=OWN, played=("lab",))
_ASKING = ManagerSetup(own=OWN, played=("lab",), consent=(P.UPDATE,))
_AT = tuple(dict.fromkeys(at for at, _, _ in MOVES))


@pytest.mark.parametrize(("at", "answer", "expected"), MOVES)
def test_answer_moves_an_agent_on(at: F, answer: F, expected: P | None) -> None:
    stepped = _brought_to(at)
    given = len(stepped.commands("lab"))
    stepped.agent("lab", answer, {"lab:one": A.IDENTIFIED} if at is F.IDENTIFYING else None)

    assert stepped.commands("lab")[given:] == ([expected] if expected else [])
    stepped.wait(1)
    asked_at_the_end = len(stepped.told_of(MessageKind.CURRENT_STATE_GET, "lab")) > 1
    assert (stepped.device.activity is None or asked_at_the_end) is (expected is None)


@pytest.mark.parametrize(
    ("at", "status"), [(at, one) for at in _AT for one in F if (at, one) not in [move[:2] for move in MOVES]]
)
def test_status_that_is_no_answer_moves_nobody_on(at: F, status: F) -> None:
    stepped = _brought_to(at)
    given, before = stepped.commands("lab"), stepped.device.status
    stepped.agent("lab", status)
    stepped.wait(1)

    assert stepped.commands("lab") == given
    assert stepped.device.status is before


def test_whole_has_these_edges() -> None:
    assert {(before, after) for before, all_after in AFTER.items() for after in all_after} == {*EDGES}


def test_every_edge_of_the_whole_is_gone_and_no_other() -> None:
    assert {edge for statuses in _lives() for edge in pairwise((None, *statuses))} == {*EDGES}


def test_ends_are_those_behind_which_nothing_comes() -> None:
    assert {after for _, after in EDGES if after not in AFTER} == ENDS


def test_failures_and_ends_of_an_agent_are_these() -> None:
    answers = {answer for _, answer, _ in MOVES}
    assert {one for one in answers if one.endswith(("_FAILURE", "_FAILED"))} | {F.INCOMPLETE} == FAILURES
    assert {F.CLEANUP_SUCCESS, F.CLEANUP_FAILURE, F.COMPLETED, F.INCOMPLETE} == DONE


@pytest.mark.parametrize("status", A)
def test_kanto_tells_of_activations_as_of_updates(status: A) -> None:
    told = TOLD_AS[UpdateSpec.KANTO].get(status, status)

    assert told == status.replace("ACTIVATING", "UPDATING").replace("ACTIVATION", "UPDATE")
    assert TOLD_AS[UpdateSpec.DIAGRAMS].get(status, status) is status


def test_successes_are_these() -> None:
    drawn = {A.ACTIVATION_SUCCESS, A.REMOVAL_SUCCESS}
    assert {UpdateSpec.DIAGRAMS: drawn, UpdateSpec.KANTO: {*drawn, A.UPDATE_SUCCESS}} == SUCCESSES


def _brought_to(at: F) -> SteppedDevice:
    """The agent of lab is at that."""
    stepped = SteppedDevice(_ASKING if at is F.ROLLBACK else _PLAYED)
    stepped.desire({"lab": {"one": "2"}})
    if at is F.IDENTIFYING:
        return stepped
    stepped.identify("lab")
    for command in (P.DOWNLOAD, P.UPDATE, P.ACTIVATE, P.CLEANUP):
        if PHASES[command].under_way is at:
            return stepped
        stepped.agent("lab", PHASES[command].success)
        if at is F.ROLLBACK:
            stepped.send(MessageKind.OWNER_CONSENT_FEEDBACK, {"status": Consent.DENIED})
            return stepped
    raise AssertionError(at)


def _lives() -> Iterator[Iterable[F]]:
    """The statuses of desired states that take every way."""
    for wanted in ({"apps": {"web": "1.1"}}, {"apps": {"web": "fails-update"}}, {"apps": {"web": "none"}}):
        yield _life(SteppedDevice(), wanted)
    yield _life(SteppedDevice(), {"nobody": {"web": "1"}})
    yield _life(SteppedDevice(), {"self-update": {"os": "20"}})
    replaced = SteppedDevice()
    replaced.desire({"apps": {"web": "1.1"}})
    replaced.desire({"apps": {"web": "1.0"}}, activity="b")
    replaced.wait()
    yield [one.status for one in replaced.of()]
    half = SteppedDevice(_PLAYED)
    half.shows("lab", {"one": "1"})
    half.desire({"lab": {"one": "2"}})
    half.identify("lab")
    half.agent("lab", F.DOWNLOAD_FAILURE)
    half.agent("lab", F.CLEANUP_SUCCESS)
    half.shows("lab", {"one": "half"})
    yield [one.status for one in half.of()]


def _life(stepped: SteppedDevice, wanted: dict[str, dict[str, str]]) -> list[F]:
    stepped.desire(wanted)
    stepped.wait()
    return [one.status for one in stepped.of()]
