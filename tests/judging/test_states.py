"""States: how far apart they come, whether each is whole, which words they use, and whether the device speaks up."""

from collections.abc import Sequence

import pytest

from harness.judging.states import States
from harness.judging.verdict import CouldNotTest, NotApplicable, NotObserved, Undecided
from harness.judging.window import within
from harness.wire.udmi import Field, Odd, PointState, State, SystemState, ValueState
from tests.judging.history_builder import APPLIED, OPENED, OVERRIDDEN, history, moment, whole_state
from tests.udmi_1_5 import VERSION

PERCENT, CELSIUS = PointState(units="Percent"), PointState(units="Degrees-Celsius")


@pytest.mark.parametrize("gap", [1.0, 0.999895, 0.9])
def test_states_on_the_limit_keep_it_whatever_the_jitter(gap: float) -> None:
    history().state(at=1).state(at=1 + gap).closed(at=9).states.keep_apart(1)


def test_states_closer_than_jitter_explains_are_accused() -> None:
    with pytest.raises(NotObserved, match=r"within 0\.900 s"):
        history().state(at=1).state(at=1.899999).closed(at=9).states.keep_apart(1)


@pytest.mark.parametrize(("allowance", "gap"), [(0.05, 0.9), (0.5, 0.5)])
def test_jitter_is_a_tenth_of_a_second_or_the_allowance_if_that_is_more(allowance: float, gap: float) -> None:
    history(allowance=allowance).state(at=1).state(at=1 + gap).closed(at=9).states.keep_apart(1)


def test_states_closer_than_the_allowance_explains_are_accused() -> None:
    with pytest.raises(NotObserved, match=r"within 0\.500 s"):
        history(allowance=0.5).state(at=1).state(at=1.499999).closed(at=9).states.keep_apart(1)


def crowd(*moments: float, stamped: Sequence[float] | None = None, allowance: float = 1.0) -> States:
    """States that came then, and say that they were made then, of a device a network away."""
    told = history(allowance=allowance)
    for at, made in zip(moments, stamped or moments, strict=True):
        told.message(State(moment(made), VERSION, SystemState(OPENED)), at=at)
    return told.closed(at=60).states


def test_more_states_than_the_way_explains_are_accused() -> None:
    with pytest.raises(NotObserved, match=r"but 3 came within 0\.900 s"):
        crowd(1, 1.5, 1.9).keep_apart(1)


@pytest.mark.parametrize(
    "moments",
    [(1, 1.0, 2.0), (1, 1.5, 2.0, 3.0), (1, 2, 3, 4, 4, 5, 6), tuple(n * 0.9999 for n in range(40))],
)
def test_states_that_one_message_held_up_explains_are_not_accused(moments: Sequence[float]) -> None:
    crowd(*moments).keep_apart(1)


def test_states_that_were_made_in_their_time_and_held_up_together_are_not_accused() -> None:
    crowd(9, 9.01, 9.02, 9.03, stamped=(1, 2, 3, 9)).keep_apart(1)


@pytest.mark.parametrize("stamp", [None, Odd("now")])
def test_states_that_do_not_say_when_they_were_made_are_not_accused_of_a_crowd(stamp: Field[float]) -> None:
    told = history(allowance=1.0)
    for at in (1, 1.1, 1.2, 1.3):
        told.message(State(stamp, VERSION, SystemState(OPENED + at)), at=at)

    told.closed(at=9).states.keep_apart(1)


def test_state_that_is_delivered_twice_counts_once_for_the_distance() -> None:
    told = history().message(whole_state({}), at=1).message(whole_state({}), at=1.1).state(at=2)

    told.closed(at=9).states.keep_apart(1)


def test_shortest_distance_of_all_decides() -> None:
    with pytest.raises(NotObserved, match=r"within 0\.200 s"):
        history().state(at=1).state(at=4).state(at=4.2).state(at=7).closed(at=9).states.keep_apart(1)


def test_single_state_has_no_distance() -> None:
    with pytest.raises(NotApplicable, match="no more to say than 1 of the 2 states"):
        history().state(at=1).closed(at=9).states.keep_apart(1)


def test_distance_in_a_scenario_that_was_cut_short_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest, match="in vain"):
        history().state(at=1).state(at=2).closed(at=9, cut_short="in vain").states.keep_apart(1)


def test_retained_state_does_not_count_for_the_distance() -> None:
    told = history().message(whole_state({}), at=1, retain=True).state(at=1.1).state(at=2.1)

    told.closed(at=9).states.keep_apart(1)


def test_whole_states_pass() -> None:
    history().state(at=1).state(at=2).closed(at=9).states.are_whole()


def test_wholeness_of_no_state_is_undecided() -> None:
    with pytest.raises(Undecided, match="no state came"):
        history().closed(at=9).states.are_whole()


def test_state_that_leaves_out_a_point_of_the_profile_is_accused() -> None:
    told = history().state(at=1).message(whole_state({"damper": PointState()}), at=2)

    with pytest.raises(NotObserved, match=r"one lacks valve, 2\.0 s into by_hand"):
        told.closed(at=9).states.are_whole()


def test_state_without_its_blocks_is_accused() -> None:
    with pytest.raises(NotObserved, match="lacks the system block, the pointset block"):
        history().state(at=1).message(State(moment(2)), at=2).closed(at=9).states.are_whole()


def test_payload_that_is_no_json_is_a_state_that_lacks_everything() -> None:
    states = history().state(at=1).state(at=2).payload(b"{", at=3).closed(at=9).states

    with pytest.raises(NotObserved, match="lacks the system block, the pointset block"):
        states.are_whole()


def test_words_that_are_known_pass() -> None:
    history().state(at=1, damper=APPLIED).closed(at=9).states.know_only([APPLIED])


def test_word_beside_them_is_accused() -> None:
    with pytest.raises(NotObserved, match="value_state of damper should be one of applied, but is overridden"):
        history().state(at=1, damper=OVERRIDDEN).closed(at=9).states.know_only([APPLIED])


@pytest.mark.parametrize("raw", ["busy", 7, "APPLIED"])
def test_word_that_no_schema_has_is_accused(raw: str | int) -> None:
    with pytest.raises(NotObserved, match=repr(raw)):
        history().state(at=1, damper=Odd(raw)).closed(at=9).states.know_only(set(ValueState))


def test_words_of_states_that_use_none_are_undecided() -> None:
    with pytest.raises(Undecided, match="no value_state was reported"):
        history().sent("write", damper=30.0).state(at=1).closed(at=9).states.know_only(set(ValueState))


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


def test_value_state_of_a_device_to_which_nothing_was_written_is_not_asked_for() -> None:
    episode = history().sent("write", no_such_point=1).state(at=1).state(at=3).closed(at=5)

    with pytest.raises(NotApplicable, match="no point of the profile is of a kind that by_hand writes to"):
        episode.states.know_only({ValueState.APPLIED})


def test_device_that_tells_no_units_owes_no_report_of_others() -> None:
    episode = history().state(at=1).state(at=3).closed(at=5)

    with pytest.raises(NotApplicable, match="tells no units of damper"):
        episode.states.tell_units("damper")


def test_device_that_tells_units_owes_a_report_of_others() -> None:
    episode = history().state(at=1, damper=PointState(units="Percent")).state(at=3).closed(at=5)

    episode.states.tell_units("damper")
