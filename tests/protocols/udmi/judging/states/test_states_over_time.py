"""States over time: changes that nobody asked for, and the configs that they name."""

import pytest

from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.protocols.udmi.words.messages import PointState
from tests.protocols.udmi.judging.history_builder import APPLIED, history

PERCENT, CELSIUS = PointState(units="Percent"), PointState(units="Degrees-Celsius")


def test_device_that_reports_a_change_by_itself_passes() -> None:
    told = history().state(at=0, damper=PERCENT).provoked("units", at=1).state(at=2, damper=CELSIUS)
    episode = told.closed(at=9)

    episode.states.speak_up(within(5), since=episode.provocation("units"), about="damper")


def test_device_that_reports_a_change_too_late_is_accused() -> None:
    told = history().state(at=0, damper=PERCENT).provoked("units", at=1).state(at=6.000001, damper=CELSIUS)
    episode = told.closed(at=9)

    with pytest.raises(NotObserved, match=r"should be reported within 5 s, without a config, but was after 5\.0 s"):
        episode.states.speak_up(within(5), since=episode.provocation("units"), about="damper")


def test_device_that_reports_a_change_only_when_it_gets_a_config_is_accused() -> None:
    told = history().state(at=0, damper=PERCENT).provoked("units", at=1).sent("idle", at=2)
    episode = told.state(at=3, damper=CELSIUS).closed(at=9)

    with pytest.raises(NotObserved, match="without a config"):
        episode.states.speak_up(within(5), since=episode.provocation("units"), about="damper")


def test_change_that_a_config_asked_for_is_no_word_of_the_device_itself() -> None:
    told = history().state(at=0).provoked("units", at=1).sent("write", at=2, damper=30.0)
    episode = told.state(at=3, damper=APPLIED).closed(at=9)

    with pytest.raises(CouldNotTest, match="nothing changed about damper since 'units'"):
        episode.states.speak_up(within(5), since=episode.provocation("units"), about="damper")


def test_change_that_never_shows_could_not_be_tested() -> None:
    told = history().state(at=0, damper=PERCENT).provoked("units", at=1).state(at=2, damper=PERCENT)
    episode = told.closed(at=9)

    with pytest.raises(CouldNotTest, match="nothing changed about damper since 'units'"):
        episode.states.speak_up(within(5), since=episode.provocation("units"), about="damper")


def test_change_of_another_point_is_no_matter() -> None:
    told = history().state(at=0, damper=PERCENT).provoked("units", at=1).state(at=2, damper=PERCENT, valve=CELSIUS)
    episode = told.closed(at=9)

    with pytest.raises(CouldNotTest, match="nothing changed about damper since 'units'"):
        episode.states.speak_up(within(5), since=episode.provocation("units"), about="damper")


def test_change_without_a_state_before_it_is_undecided() -> None:
    episode = history().provoked("units", at=1).state(at=2).closed(at=9)

    with pytest.raises(Undecided, match="no state came before 'units'"):
        episode.states.speak_up(within(5), since=episode.provocation("units"), about="damper")


def test_states_that_go_on_naming_configs_pass_even_older_ones() -> None:
    told = history().sent("first").state(at=1, last_config=0).sent("second", at=2).state(at=3, last_config=0)

    told.state(at=4, last_config=2).closed(at=9).states.go_on_naming_configs()


@pytest.mark.parametrize(("later", "what"), [(None, r"\(absent\)"), (3.5, "2026-01-01T00:00:03.5")])
def test_state_that_no_longer_names_a_config_is_accused(later: float | None, what: str) -> None:
    told = history().sent("first").state(at=1, last_config=0).state(at=4, last_config=later)

    with pytest.raises(NotObserved, match=f"but last_config became {what}"):
        told.closed(at=9).states.go_on_naming_configs()


def test_state_that_names_a_config_before_it_was_sent_is_accused() -> None:
    told = history().sent("first").state(at=1, last_config=0).state(at=2, last_config=3).sent("second", at=3)

    with pytest.raises(NotObserved, match="but last_config became"):
        told.closed(at=9).states.go_on_naming_configs()


def test_states_before_the_first_that_names_a_config_are_no_matter() -> None:
    told = history().state(at=0).sent("first", at=1).state(at=2, last_config=1).state(at=3, last_config=1)

    told.closed(at=9).states.go_on_naming_configs()


def test_states_of_a_device_that_never_names_a_config_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest, match="no state but the last named a config"):
        history().sent("first").state(at=1).state(at=2, last_config=0).closed(at=9).states.go_on_naming_configs()
