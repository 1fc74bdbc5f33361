"""The suites' law of an update, as the documents' diagrams have it."""

import pytest

from harness.protocols.update.judging.law import (
    ACTIONS,
    ACTIONS_OF_A_DEVICE,
    DEVICE,
    FAILURES,
    SUCCESSES,
    TERMINAL,
    Transitions,
    rolled_up,
)
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus

DIAGRAM = ACTIONS[UpdateSpec.DIAGRAMS]


def _legal(table: Transitions[ActionStatus]) -> tuple[int, int]:
    """Of all ordered pairs of its statuses, how many may follow at once, and how many can be reached."""
    pairs = [(one, other) for one in table.statuses for other in table.statuses]
    return sum(table.allows(*pair) for pair in pairs), sum(table.reaches(*pair) for pair in pairs)


def test_diagram_of_actions_has_as_many_edges_and_ways_as_it_draws() -> None:
    assert len(DIAGRAM.statuses) == len(ActionStatus)
    assert _legal(DIAGRAM) == (12 + 13, 38 + 13)


def test_actions_end_where_the_diagram_ends() -> None:
    assert {status for status in ActionStatus if DIAGRAM.ends_in(status)} == SUCCESSES | FAILURES


@pytest.mark.parametrize("spec", UpdateSpec)
def test_device_that_has_ended_says_nothing_else(spec: UpdateSpec) -> None:
    assert {status for status in DEVICE.statuses if DEVICE.ends_in(status)} == TERMINAL
    assert ACTIONS_OF_A_DEVICE[spec].first == {ActionStatus.IDENTIFIED}


def test_device_of_kanto_tells_of_no_activation() -> None:
    statuses = ACTIONS_OF_A_DEVICE[UpdateSpec.KANTO].statuses

    assert not [status for status in statuses if status.startswith("ACTIVAT")]


def test_observer_who_missed_a_status_accuses_nobody() -> None:
    assert not DIAGRAM.allows(ActionStatus.IDENTIFIED, ActionStatus.UPDATE_SUCCESS)
    assert DIAGRAM.reaches(ActionStatus.IDENTIFIED, ActionStatus.UPDATE_SUCCESS)
    assert DIAGRAM.reaches(None, ActionStatus.ACTIVATION_SUCCESS)
    assert not DIAGRAM.reaches(ActionStatus.UPDATE_SUCCESS, ActionStatus.DOWNLOADING)
    assert not DIAGRAM.reaches(ActionStatus.REMOVAL_SUCCESS, ActionStatus.REMOVAL_FAILURE)


def test_one_failure_makes_the_whole_incomplete() -> None:
    good, bad = ActionStatus.ACTIVATION_SUCCESS, ActionStatus.DOWNLOAD_FAILURE

    assert rolled_up([good, good], SUCCESSES) == {FeedbackStatus.COMPLETED}
    assert rolled_up([], SUCCESSES) == {FeedbackStatus.COMPLETED}
    assert rolled_up([good, bad], SUCCESSES) == {FeedbackStatus.INCOMPLETE, FeedbackStatus.INCOMPLETE_INCONSISTENT}
    assert FeedbackStatus.COMPLETED not in rolled_up([good, ActionStatus.UPDATE_SUCCESS], SUCCESSES)
