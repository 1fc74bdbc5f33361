"""Every status that points carried."""

from dataclasses import replace

import pytest

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.payload.values import IllTyped
from harness.protocols.udmi.words.messages import PointState, Status
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import FAILURE, OPENED, history

GOOD = Status("Point damper does not answer", "pointset.point.failure", 500, OPENED)


def failing(status: Status | IllTyped) -> PointState:
    """A point in failure that says so."""
    return PointState(FAILURE, status)


def test_message_of_one_line_passes() -> None:
    history().state(at=1, damper=failing(GOOD)).closed(at=9).statuses_beside().have_one_line_messages()


@pytest.mark.parametrize("message", ["Point damper\ndoes not answer", "", "   "])
def test_message_that_is_no_line_is_accused(message: str) -> None:
    told = history().state(at=1, damper=failing(GOOD)).state(at=2, damper=failing(replace(GOOD, message=message)))

    with pytest.raises(NotObserved, match="status of damper should have a message of one line, but it is"):
        told.closed(at=9).statuses_beside().have_one_line_messages()


@pytest.mark.parametrize("message", [None, IllTyped(["line"])])
def test_message_that_is_missing_is_told_of_by_one_clause_alone(message: IllTyped | None) -> None:
    told = history().state(at=1, damper=failing(replace(GOOD, message=message))).closed(at=9)

    for ask in (told.statuses_beside().have_one_line_messages, told.statuses_beside().name_their_points):
        with pytest.raises(NotApplicable, match=r"status\.is-complete"):
            ask()


def test_message_that_begins_with_its_point_passes() -> None:
    history().state(at=1, damper=failing(GOOD)).closed(at=9).statuses_beside().name_their_points()


@pytest.mark.parametrize("message", ["Point valve does not answer", "damper does not answer"])
def test_message_that_begins_otherwise_is_accused(message: str) -> None:
    told = history().state(at=1, damper=failing(replace(GOOD, message=message)))

    with pytest.raises(NotObserved, match="begins with its point's name"):
        told.closed(at=9).statuses_beside().name_their_points()


@pytest.mark.parametrize("category", ["device.filter.dirty", "pointset.pointless", None])
def test_message_of_another_category_may_begin_as_it_likes(category: str | None) -> None:
    dirty = replace(GOOD, message="The filter is dirty", category=category)
    told = history().state(at=1, damper=failing(GOOD)).state(at=2, valve=PointState(None, dirty))

    told.closed(at=9).statuses_beside().name_their_points()


@pytest.mark.parametrize("status", [None, IllTyped("broken")])
def test_statuses_that_nobody_has_could_not_be_tested(status: IllTyped | None) -> None:
    told = history().state(at=1, damper=PointState(FAILURE, status))

    with pytest.raises(CouldNotTest, match="no point ever carried a status"):
        told.closed(at=9).statuses_beside().have_one_line_messages()


def test_verdict_rests_on_every_state_with_a_status() -> None:
    told = history().state(at=1).state(at=2, damper=failing(GOOD)).state(at=3, valve=failing(GOOD))
    episode = told.closed(at=9)

    episode.statuses_beside().have_one_line_messages()

    assert episode.evidence.places == [heard.place for heard in episode.history.states[1:]]


def test_statuses_of_several_episodes_are_judged_together() -> None:
    good = history().state(at=1, damper=failing(GOOD)).closed(at=9)
    bad = history().state(at=1, valve=failing(GOOD)).closed(at=9)

    with pytest.raises(NotObserved, match="status of valve"):
        good.statuses_beside(bad).name_their_points()


def test_one_status_in_several_episodes_is_enough_to_judge() -> None:
    good = history().state(at=1, damper=failing(GOOD)).closed(at=9)

    history().closed(at=9).statuses_beside(good).have_one_line_messages()


def test_statuses_that_nobody_has_could_not_be_tested_where_a_scenario_was_cut_short() -> None:
    with pytest.raises(CouldNotTest, match="in vain"):
        history().closed(at=9).statuses_beside(history().closed(at=9, cut_short="in vain")).name_their_points()
