"""States: how far apart they come, whether each is whole, which words they use, and whether the device speaks up."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace

import pytest

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.payload.values import Field, IllTyped
from harness.protocols.udmi.judging.states.states import States
from harness.protocols.udmi.words.messages import Mode, PointState, State, SystemState, ValueState
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import APPLIED, OPENED, OVERRIDDEN, history, moment, whole_state
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
    crowd(1, 1 + gap, stamped=(0, 1), allowance=allowance).keep_apart(1)


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
        crowd(-9.3, 1, 1.5, 1.9, stamped=(-9.3, 0.4, 0.9, 1.3)).keep_apart(1)


@pytest.mark.parametrize(
    ("moments", "stamped"),
    [
        ((1, 1.0, 2.0), (0.1, 1.1, 2.1)),
        ((1, 1.5, 2.0, 3.0), (0.1, 1.1, 2.1, 3.1)),
        ((1, 2, 3, 4, 4, 5, 6), None),
        (tuple(n * 0.9999 for n in range(40)), None),
    ],
)
def test_states_that_one_message_held_up_explains_are_not_accused(
    moments: Sequence[float], stamped: Sequence[float] | None
) -> None:
    crowd(*moments, stamped=stamped).keep_apart(1)


STARTED = SystemState(OPENED, mode=Mode.ACTIVE, last_start=moment(-100), restart_count=1)
STARTS = (
    (STARTED, replace(STARTED, restart_count=2)),
    (replace(STARTED, restart_count=None), replace(STARTED, restart_count=None, last_start=moment(1.1))),
    (SystemState(OPENED, mode=Mode.RESTART), SystemState(OPENED, mode=Mode.INITIAL)),
)


def around_a_start(before: SystemState, after: SystemState, *moments: float, allowance: float) -> States:
    """Two states of the start before, the second at 1; the others are of the start after it."""
    told = history(allowance=allowance).message(State(moment(-5), VERSION, before), at=-5)
    told.message(State(moment(1), VERSION, before), at=1)
    for at in moments:
        told.message(State(moment(at), VERSION, after), at=at)
    return told.closed(at=60).states


@pytest.mark.parametrize("allowance", [0.0, 1.0])
@pytest.mark.parametrize(("before", "after"), STARTS)
def test_state_of_a_new_start_keeps_no_distance_from_those_before(
    before: SystemState, after: SystemState, allowance: float
) -> None:
    around_a_start(before, after, 1.3, 2.3, allowance=allowance).keep_apart(1)

    with pytest.raises(NotObserved, match=r"within 0\.4"):
        around_a_start(before, after, 1.3, 1.7, 2.7, allowance=allowance).keep_apart(1)


@pytest.mark.parametrize("allowance", [0.0, 1.0])
def test_power_that_we_cut_is_a_start_of_a_device_that_tells_none(allowance: float) -> None:
    told = history(allowance=allowance).state(at=0.1).state(at=2.2)

    told.power_cut(at=2.3).state(at=2.5).state(at=3.6).closed(at=60).states.keep_apart(1)


def test_states_each_of_another_start_are_held_against_nothing() -> None:
    told = history().state(at=1).power_cut(at=1.1).state(at=1.4)

    with pytest.raises(NotApplicable, match="without a start between them"):
        told.closed(at=60).states.keep_apart(1)


def test_states_that_left_together_by_their_own_stamps_are_accused_however_far_apart_they_came() -> None:
    with pytest.raises(NotObserved, match=r"by their own timestamps two left within 0\.40"):
        crowd(1.2, 3.2, 3.6, stamped=(1.2, 3.1986, 3.2), allowance=1.0).keep_apart(1)


def test_state_that_was_made_at_once_and_sent_in_its_time_is_not_accused() -> None:
    crowd(1.2, 3.2, 4.2, stamped=(1.2, 3.2, 3.2014), allowance=1.0).keep_apart(1)
    crowd(1.2, 4.1, 4.2, stamped=(1.2, 3.2, 3.2014), allowance=1.0).keep_apart(1)


def test_stamps_of_whole_seconds_tell_nothing_of_one() -> None:
    crowd(1.2, 3.2, 3.9, stamped=(1, 3, 3), allowance=1.0).keep_apart(1)


def test_stamps_of_a_clock_that_is_put_back_accuse_nobody() -> None:
    crowd(1.5, 3.5, 4.6, stamped=(1.4, 3.4, 3.5), allowance=1.0).keep_apart(1)


def test_states_that_were_made_in_their_time_and_held_up_together_are_not_accused() -> None:
    crowd(9, 9.01, 9.02, 9.03, stamped=(1, 2, 3, 9)).keep_apart(1)


@pytest.mark.parametrize("stamp", [None, IllTyped("now")])
def test_states_that_do_not_say_when_they_were_made_are_not_accused_of_a_crowd(stamp: Field[float]) -> None:
    told = history(allowance=1.0)
    for at in (1, 1.1, 1.2, 1.3):
        told.message(State(stamp, VERSION, SystemState(OPENED + at)), at=at)

    told.closed(at=9).states.keep_apart(1)


def test_state_that_is_delivered_twice_counts_once_for_the_distance() -> None:
    told = history().message(whole_state({}), at=1).message(whole_state({}), at=1.1).state(at=2)

    told.closed(at=9).states.keep_apart(1)


@pytest.mark.parametrize(("copies", "is_too_many"), [(3, False), (4, True)])
def test_state_that_comes_many_times_over_is_said_each_time(copies: int, *, is_too_many: bool) -> None:
    told = history().state(at=1)
    for number in range(copies):
        told.message(whole_state({}), at=3 + 0.1 * number)

    with pytest.raises(NotObserved, match=r"two came within 0\.[0-9]00 s") if is_too_many else nullcontext():
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
        history().state(at=1, damper=IllTyped(raw)).closed(at=9).states.know_only(set(ValueState))


def test_words_of_states_that_use_none_are_undecided() -> None:
    with pytest.raises(Undecided, match="no value_state was reported"):
        history().sent("write", damper=30.0).state(at=1).closed(at=9).states.know_only(set(ValueState))


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
