"""The suites' law of an update, as the documents' diagrams have it."""

from collections.abc import Iterable
from typing import Any

import pytest

from harness.protocols.update.judging.law import (
    ACTIONS,
    ACTIONS_OF_A_DEVICE,
    DEVICE,
    FAILURES,
    SUCCESSES,
    SUCCESSES_OF_A_DEVICE,
    TAKES,
    TERMINAL,
    UNSUCCESSFUL,
    Transitions,
    rolled_up,
)
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus

DIAGRAM = ACTIONS[UpdateSpec.DIAGRAMS]
DRAWN = """
    start > IDENTIFIED
    IDENTIFIED > DOWNLOADING REMOVING
    DOWNLOADING > DOWNLOAD_SUCCESS DOWNLOAD_FAILURE
    DOWNLOAD_SUCCESS > UPDATING
    UPDATING > UPDATE_SUCCESS UPDATE_FAILURE
    UPDATE_SUCCESS > ACTIVATING
    ACTIVATING > ACTIVATION_SUCCESS ACTIVATION_FAILURE
    REMOVING > REMOVAL_SUCCESS REMOVAL_FAILURE
"""
KANTOS_AGENT = """
    start > IDENTIFIED
    IDENTIFIED > DOWNLOADING UPDATING ACTIVATING REMOVING
    DOWNLOADING > DOWNLOAD_SUCCESS DOWNLOAD_FAILURE
    DOWNLOAD_SUCCESS > UPDATING ACTIVATING
    UPDATING > UPDATE_SUCCESS UPDATE_FAILURE
    UPDATE_SUCCESS > UPDATING ACTIVATING REMOVAL_SUCCESS REMOVAL_FAILURE
    ACTIVATING > ACTIVATION_SUCCESS ACTIVATION_FAILURE
    ACTIVATION_SUCCESS > UPDATING
    ACTIVATION_FAILURE > UPDATING
    REMOVING > REMOVAL_SUCCESS REMOVAL_FAILURE
"""
KANTOS_DEVICE = """
    start > IDENTIFIED
    IDENTIFIED > DOWNLOADING UPDATING ACTIVATING REMOVING
    DOWNLOADING > DOWNLOAD_SUCCESS DOWNLOAD_FAILURE
    DOWNLOAD_SUCCESS > UPDATING ACTIVATING
    UPDATING > UPDATE_SUCCESS UPDATE_FAILURE
    UPDATE_SUCCESS > UPDATING ACTIVATING REMOVAL_SUCCESS REMOVAL_FAILURE
    UPDATE_FAILURE > UPDATING
    ACTIVATING > ACTIVATION_SUCCESS ACTIVATION_FAILURE
    ACTIVATION_SUCCESS > UPDATING
    ACTIVATION_FAILURE > UPDATING
    REMOVING > REMOVAL_SUCCESS REMOVAL_FAILURE
"""
_ANY = (
    "DOWNLOAD_COMPLETED DOWNLOAD_FAILED UPDATE_COMPLETED UPDATE_FAILED ACTIVATION_COMPLETED ACTIVATION_FAILED "
    "COMPLETED INCOMPLETE INCOMPLETE_INCONSISTENT SUPERSEDED"
)
WHOLE = f"""
    start > IDENTIFYING
    IDENTIFYING > IDENTIFIED IDENTIFICATION_FAILED
    IDENTIFIED > RUNNING COMPLETED
    RUNNING > {_ANY}
    DOWNLOAD_COMPLETED > RUNNING {_ANY}
    DOWNLOAD_FAILED > RUNNING {_ANY}
    UPDATE_COMPLETED > RUNNING {_ANY}
    UPDATE_FAILED > RUNNING {_ANY}
    ACTIVATION_COMPLETED > RUNNING {_ANY}
    ACTIVATION_FAILED > RUNNING {_ANY}
"""
TABLES: dict[str, tuple[Transitions[Any], str]] = {
    "an action, by the diagrams": (ACTIONS[UpdateSpec.DIAGRAMS], DRAWN),
    "an action of a device, by the diagrams": (ACTIONS_OF_A_DEVICE[UpdateSpec.DIAGRAMS], DRAWN),
    "an action of Kanto's agent": (ACTIONS[UpdateSpec.KANTO], KANTOS_AGENT),
    "an action of Kanto's device": (ACTIONS_OF_A_DEVICE[UpdateSpec.KANTO], KANTOS_DEVICE),
    "a device": (DEVICE, WHOLE),
}


def _edges(table: Transitions[Any]) -> set[tuple[str, str]]:
    """All of a table, and those from its start."""
    inner = {(str(one), str(other)) for one, after in table.edges.items() for other in after}
    return inner | {("start", str(one)) for one in table.first}


def _written(text: str) -> set[tuple[str, str]]:
    lines = (line.split(" > ") for line in text.strip().splitlines())
    return {(before.strip(), one) for before, after in lines for one in after.split()}


@pytest.mark.parametrize("name", TABLES)
def test_table_has_these_edges_and_no_other(name: str) -> None:
    table, text = TABLES[name]

    assert _edges(table) == _written(text)


@pytest.mark.parametrize("name", TABLES)
def test_every_edge_that_is_changed_shows(name: str) -> None:
    table, text = TABLES[name]
    changed = 0
    for one in table.statuses:
        for other in table.statuses:
            after = table.after(one) ^ {other}
            assert _edges(Transitions(table.first, {**table.edges, one: after})) != _written(text)
            changed += 1
        assert _edges(Transitions(table.first ^ {one}, table.edges)) != _written(text)

    assert changed == len(table.statuses) ** 2


def test_ends_successes_and_failures_are_these() -> None:
    assert _names(SUCCESSES) == "ACTIVATION_SUCCESS REMOVAL_SUCCESS"
    assert _names(SUCCESSES_OF_A_DEVICE[UpdateSpec.DIAGRAMS]) == "ACTIVATION_SUCCESS REMOVAL_SUCCESS"
    assert _names(SUCCESSES_OF_A_DEVICE[UpdateSpec.KANTO]) == "ACTIVATION_SUCCESS REMOVAL_SUCCESS UPDATE_SUCCESS"
    assert _names(FAILURES) == "ACTIVATION_FAILURE DOWNLOAD_FAILURE REMOVAL_FAILURE UPDATE_FAILURE"
    assert _names(TERMINAL) == "COMPLETED IDENTIFICATION_FAILED INCOMPLETE INCOMPLETE_INCONSISTENT SUPERSEDED"
    assert _names(UNSUCCESSFUL) == "INCOMPLETE INCOMPLETE_INCONSISTENT"


def test_commands_are_taken_behind_these_statuses_and_cleanup_behind_all() -> None:
    assert {str(command): _names(behind) for command, behind in TAKES.items()} == {
        "DOWNLOAD": "IDENTIFIED",
        "UPDATE": "DOWNLOAD_SUCCESS",
        "ACTIVATE": "UPDATE_SUCCESS",
        "ROLLBACK": "ACTIVATION_FAILURE ACTIVATION_SUCCESS DOWNLOAD_SUCCESS UPDATE_SUCCESS",
    }


def _names(statuses: Iterable[Any]) -> str:
    return " ".join(sorted(statuses))


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
    assert {status for status in DEVICE.statuses if DEVICE.ends_in(status)} == {*TERMINAL}
    assert ACTIONS_OF_A_DEVICE[spec].first == {ActionStatus.IDENTIFIED}


def test_device_of_kanto_may_tell_of_an_activation_as_such_or_as_of_an_update() -> None:
    table = ACTIONS_OF_A_DEVICE[UpdateSpec.KANTO]

    assert table.reaches(ActionStatus.UPDATE_SUCCESS, ActionStatus.UPDATING)
    assert table.reaches(ActionStatus.UPDATE_SUCCESS, ActionStatus.ACTIVATION_SUCCESS)
    assert not DIAGRAM.reaches(ActionStatus.UPDATE_SUCCESS, ActionStatus.UPDATING)


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
