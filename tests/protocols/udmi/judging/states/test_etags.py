"""The form of etags, and whether they follow their pointset."""

import json
from dataclasses import replace

import pytest

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.payload.timestamps import rfc3339
from harness.payload.values import JSON, IllTyped
from harness.protocols.udmi.judging.episode import Episode
from harness.protocols.udmi.words.messages import PointsetState, PointState, State, Status, SystemState, ValueState
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import APPLIED, FAILURE, INVALID, history, moment


def test_states_that_all_carry_an_etag_pass() -> None:
    history().state(at=1, etag="a").state(at=2, etag="b").closed(at=9).etags.are_there()


def test_one_state_without_an_etag_is_accused() -> None:
    with pytest.raises(NotObserved, match="one has none"):
        history().state(at=1, etag="a").state(at=2, etag=None).closed(at=9).etags.are_there()


def test_state_without_a_pointset_needs_no_etag() -> None:
    history().state(at=1, etag="a").message(State(moment(2)), at=2).closed(at=9).etags.are_there()


def test_etag_of_no_state_is_undecided() -> None:
    with pytest.raises(Undecided, match="no state with a pointset came"):
        history().telemetry(at=1, damper=0.0).closed(at=9).etags.are_there()


def test_etag_of_no_state_could_not_be_tested_where_the_scenario_was_cut_short() -> None:
    with pytest.raises(CouldNotTest, match="in vain"):
        history().closed(at=9, cut_short="in vain").etags.are_there()


@pytest.mark.parametrize("etag", ["a", "x" * 32])
def test_etag_of_up_to_32_characters_passes(etag: str) -> None:
    history().state(at=1, etag=etag).closed(at=9).etags.are_short_strings(at_most=32)


@pytest.mark.parametrize("etag", ["x" * 33, IllTyped(17), IllTyped(["a"])])
def test_etag_that_is_no_short_string_is_accused(etag: str | IllTyped) -> None:
    with pytest.raises(NotObserved, match="a string of at most 32 characters"):
        history().state(at=1, etag="a").state(at=2, etag=etag).closed(at=9).etags.are_short_strings(at_most=32)


def test_length_of_no_etag_does_not_concern_the_device() -> None:
    with pytest.raises(NotApplicable, match="the device sends no etags; that it should is another clause's question"):
        history().state(at=1, etag=None).closed(at=9).etags.are_short_strings(at_most=32)


def test_states_that_differ_have_different_etags() -> None:
    history().state(at=1, etag="a").state(at=2, etag="b", damper=APPLIED).closed(at=9).etags.tell_states_apart()


def test_one_etag_for_two_value_states_is_accused() -> None:
    told = history().state(at=1, etag="a", damper=FAILURE).state(at=2, etag="a", damper=APPLIED)

    with pytest.raises(NotObserved, match=r"'a' names two: damper was failure in \(absent\), then applied"):
        told.closed(at=9).etags.tell_states_apart()


def test_one_etag_for_two_units_is_accused() -> None:
    told = history().state(at=1, etag="a", damper=PointState(units="Percent"))

    with pytest.raises(NotObserved, match="'a' names two"):
        told.state(at=2, etag="a", damper=PointState(units="Degrees-Celsius")).closed(at=9).etags.tell_states_apart()


def test_etag_that_comes_back_for_another_state_is_accused() -> None:
    told = history().state(at=1, etag="a").state(at=2, etag="b", damper=APPLIED)

    with pytest.raises(NotObserved, match="'a' names two"):
        told.state(at=3, etag="a", damper=FAILURE).closed(at=9).etags.tell_states_apart()


def test_etag_that_stays_when_a_write_is_refused_is_left_open() -> None:
    told = history().state(at=1, etag="a").state(at=2, etag="a", damper=INVALID)

    told.state(at=3, etag="b", damper=APPLIED).closed(at=9).etags.tell_states_apart()


def test_etags_of_a_state_that_never_changed_are_undecided() -> None:
    with pytest.raises(Undecided, match="never changed"):
        history().state(at=1, etag="a").state(at=2, etag="b").closed(at=9).etags.tell_states_apart()


def test_etags_that_are_no_strings_cannot_be_compared() -> None:
    told = history().state(at=1, etag=IllTyped(17)).state(at=2, etag=IllTyped(17), damper=APPLIED)

    with pytest.raises(CouldNotTest, match="no state carried an etag that is a string"):
        told.closed(at=9).etags.tell_states_apart()


@pytest.mark.parametrize("later", [None, APPLIED])
def test_what_etags_tell_does_not_concern_a_device_that_sends_none(later: ValueState | None) -> None:
    etags = history().state(at=1, etag=None, damper=None).state(at=2, etag=None, damper=later).closed(at=9).etags

    with pytest.raises(NotApplicable, match="the device sends no etags"):
        etags.tell_states_apart()
    with pytest.raises(NotApplicable, match="the device sends no etags"):
        etags.stay_with_their_state()


def test_silence_is_no_device_without_etags() -> None:
    with pytest.raises(CouldNotTest, match="in vain"):
        history().closed(at=9, cut_short="in vain").etags.stay_with_their_state()


def test_etag_that_stays_with_its_state_passes() -> None:
    history().state(at=1, etag="a").state(at=2, etag="a").closed(at=9).etags.stay_with_their_state()


def test_etag_that_changes_while_nothing_does_is_accused() -> None:
    with pytest.raises(NotObserved, match="went from 'a' to 'b'"):
        history().state(at=1, etag="a").state(at=2, etag="b").closed(at=9).etags.stay_with_their_state()


def test_etag_may_change_with_the_echo_of_a_write() -> None:
    told = history().state(at=1, etag="a", damper=APPLIED).sent("write", at=2, damper=50.0)

    with pytest.raises(Undecided, match="no two states in a row"):
        told.state(at=3, etag="b", damper=APPLIED).closed(at=9).etags.stay_with_their_state()


def test_config_that_writes_nothing_is_no_reason_for_a_new_etag() -> None:
    told = history().state(at=1, etag="a").sent("idle", at=2).state(at=3, etag="b")

    with pytest.raises(NotObserved, match="went from 'a' to 'b'"):
        told.closed(at=9).etags.stay_with_their_state()


def test_etags_of_states_that_all_differ_are_undecided() -> None:
    told = history().state(at=1, etag="a").state(at=2, etag="b", damper=APPLIED)

    with pytest.raises(Undecided, match="no two states in a row"):
        told.closed(at=9).etags.stay_with_their_state()


def test_one_etag_may_name_two_states_of_other_points_where_one_is_asked_for() -> None:
    told = history().state(at=1, etag="a").state(at=2, etag="b", damper=APPLIED, valve=FAILURE)

    told.state(at=3, etag="b", damper=APPLIED).closed(at=9).etags.tell_states_apart(about="damper")


def test_etag_of_a_state_that_never_changes_over_a_run_has_nothing_to_tell_apart() -> None:
    with pytest.raises(NotApplicable, match="never changed"):
        history().state(at=1, etag="a").state(at=2, etag="b").closed(at=9).etags.never_name_two_states()


def test_etag_that_names_two_states_of_a_run_is_accused() -> None:
    told = history().state(at=1, etag="a").state(at=2, etag="a", damper=APPLIED)

    with pytest.raises(NotObserved, match=r"damper was without value_state and units, then applied in \(absent\)"):
        told.closed(at=9).etags.never_name_two_states()


def test_etag_may_change_when_a_write_is_taken_back_that_no_state_spoke_of() -> None:
    told = history().sent("write", at=1, damper=50.0).state(at=2, etag="a").sent("rest", at=3, damper=None)

    with pytest.raises(Undecided, match="no two states in a row"):
        told.state(at=4, etag="b").closed(at=9).etags.stay_with_their_state()


def test_etag_may_change_while_a_state_leaves_points_out() -> None:
    told = history().message(State(moment(1), pointset=PointsetState("a")), at=1)

    with pytest.raises(Undecided, match="no two states in a row"):
        told.message(State(moment(2), pointset=PointsetState("b")), at=2).closed(at=9).etags.stay_with_their_state()


@pytest.mark.parametrize(
    "status", [Status("Point damper is warm", "device.bearing.warm", 300, 1.0), Status(detail="now with more")]
)
def test_etag_may_change_with_a_status(status: Status) -> None:
    calm, told = PointState(units="Percent"), PointState(status=status, units="Percent")
    episode = (
        history()
        .message(_named("a", calm), at=1)
        .message(_named("b", told), at=2)
        .message(_named("b", told), at=3)
        .closed(at=9)
    )

    episode.etags.stay_with_their_state()


def test_etag_may_change_with_the_status_of_the_whole_pointset() -> None:
    points = {name: PointState() for name in ("damper", "valve")}
    one = State(moment(1), system=SystemState(moment(0)), pointset=PointsetState("a", points))
    other = replace(one, timestamp=moment(2), pointset=PointsetState("b", points, Status("All is well", level=200)))

    with pytest.raises(Undecided, match="no two states in a row"):
        history().message(one, at=1).message(other, at=2).closed(at=9).etags.stay_with_their_state()


def test_etag_may_change_with_a_field_that_no_specification_knows() -> None:
    with pytest.raises(Undecided, match="no two states in a row"):
        _told_with({"x_vendor": 1}, {"x_vendor": 2}).etags.stay_with_their_state()


def test_etag_that_changes_while_all_is_said_as_before_is_accused() -> None:
    with pytest.raises(NotObserved, match="went from 'a' to 'b'"):
        _told_with({"x_vendor": 1}, {"x_vendor": 1}).etags.stay_with_their_state()


def test_one_etag_beside_another_status_is_an_etag_that_stays() -> None:
    told = PointState(status=Status("Point damper is warm", "device.bearing.warm", 300, 1.0))

    history().message(_named("a", PointState()), at=1).message(_named("a", told), at=2).closed(
        at=9
    ).etags.stay_with_their_state()


def _named(etag: str, damper: PointState) -> State:
    points = {"damper": damper, "valve": PointState()}
    return State(system=SystemState(moment(0)), pointset=PointsetState(etag, points))


def _told_with(*others: dict[str, JSON]) -> Episode:
    """Two states of the pointset under two etags, with these fields in each."""
    told = history()
    for number, (etag, other) in enumerate(zip("ab", others, strict=True), start=1):
        pointset = {"state_etag": etag, "points": {"damper": {**other}, "valve": {}}}
        told = told.payload(
            json.dumps({"timestamp": rfc3339(moment(number)), "pointset": pointset}).encode(), at=number
        )
    return told.closed(at=9)
