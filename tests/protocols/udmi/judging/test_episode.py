"""The parts of an episode, as a judgement is given it, and the cutting of a trace into episodes."""

import pytest

from harness.judging.episode import given
from harness.judging.history import BrokenScenarioError
from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import CouldNotTest, Level, NotObserved, Undecided, Verdict, verdict_of
from harness.protocols.udmi.judging.episode import Episode, episodes_of
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.protocols.udmi.words.messages import PointState
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Began, Closed, Desired, Done, Ended, Opened, Received, Record, Sent
from harness.record.left_out import NotApplicable
from harness.record.lines import FORMAT
from tests.protocols.udmi.judging.history_builder import APPLIED, history, moment, whole_state
from tests.udmi_1_5 import encode

PROFILE = Profile("DEV-1", {"damper": Point("damper", PointKind.STUCK, (30.0,))}, 60.0, 0.25)
BEGAN = Began(moment(0), FORMAT, "0.1.0", Spec.UDMI_1_5, "virtual", "sim", PROFILE.as_dict())


def sent(label: str, at: float) -> Sent:
    """A config without a word in it."""
    return Sent(moment(at), "/devices/DEV-1/config", b"{}", label, {label: Desired("damper", 30.0)})


def heard(at: float) -> Received:
    """A state in which the damper's write is applied."""
    state = encode(whole_state({"damper": PointState(APPLIED)}))
    return Received(moment(at), "/devices/DEV-1/state", state, retain=False)


WHOLE: list[Record] = [
    BEGAN,
    sent("first contact", 0),
    heard(0),
    Opened(moment(1), "one"),
    sent("write", 1),
    Done(moment(1), 4),
    heard(2),
    Closed(moment(3)),
    heard(4),
    Opened(moment(5), "two"),
    Closed(moment(6), cut_short="waited in vain"),
    Ended(moment(7)),
]
BROKEN_OFF: list[Record] = [
    BEGAN,
    Opened(moment(1), "one"),
    sent("write", 1),
    Done(moment(1), 2),
    heard(2),
    Ended(moment(3), "interrupted"),
]


def test_write_is_found_by_its_label() -> None:
    write = history().sent("first", damper=30.0).sent("second", at=1, valve=50.0).closed(at=9).write("second")

    assert (write.point, write.value) == ("valve", 50.0)


def test_release_is_a_write_without_a_value() -> None:
    assert history().sent("release", damper=None).closed(at=9).write("release").value is None


def test_write_is_followed_up_to_the_next_word_of_its_point() -> None:
    told = history().sent("first", damper=30.0).sent("other", at=1, valve=50.0).sent("release", at=2, damper=None)
    episode = told.closed(at=9)

    write = episode.write("first")

    assert (write.end, write.end_time) == (episode.write("release").stimulus.place, moment(2))


def test_last_write_is_followed_up_to_the_end() -> None:
    episode = history().sent("first", damper=30.0).closed(at=9)

    assert (episode.write("first").end, episode.write("first").end_time) == (episode.history.end, moment(9))


def test_write_that_the_scenario_never_makes_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest, match="by_hand makes no write 'second'"):
        history().sent("first", damper=30.0).closed(at=9).write("second")


def test_write_that_the_scenario_did_not_come_to_could_not_be_tested_for_its_reason() -> None:
    with pytest.raises(CouldNotTest, match="waited in vain"):
        history().closed(at=9, cut_short="waited in vain").write("second")


def test_write_that_the_profile_has_no_point_for_is_not_applicable() -> None:
    with pytest.raises(NotApplicable, match="give one of them a fault"):
        history().lacked("faulty", "give one of them a fault").closed(at=9).write("faulty")


def test_scenario_that_does_not_concern_the_device_is_not_applicable() -> None:
    with pytest.raises(NotApplicable, match="no point is slow"):
        history().closed(at=0, not_applicable="no point is slow").write("late")


def test_scenario_that_fell_over_is_a_harness_error() -> None:
    with pytest.raises(BrokenScenarioError, match="ZeroDivisionError") as broken:
        history().closed(at=0, our_fault="ZeroDivisionError in scenario by_hand").write("late")

    assert verdict_of(broken.value, Level.MUST) is Verdict.HARNESS_ERROR


def test_config_is_found_by_its_label() -> None:
    assert history().sent("first").sent("second", at=1).closed(at=9).config("second").config.timestamp == moment(1)


def test_config_is_followed_up_to_the_next_one_whatever_that_is_about() -> None:
    episode = history().sent("first").sent("second", at=1).closed(at=9)

    assert episode.config("first").next == episode.config("second").stimulus.place


def test_config_that_was_never_sent_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest, match="sends no config 'second'"):
        history().sent("first").closed(at=9).config("second")


def test_provocation_is_found_by_its_label() -> None:
    assert history().provoked("let go", at=3).closed(at=9).provocation("let go").earliest == moment(3)


def test_provocation_that_the_target_offers_no_way_for_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest, match="add the line release"):
        history().lacked("let go", "add the line release", provocation=True).closed(at=9).provocation("let go")


def test_provocation_of_a_point_that_the_profile_does_not_have_is_not_applicable() -> None:
    with pytest.raises(NotApplicable, match="no point is faulty"):
        history().lacked("mended", "no point is faulty").closed(at=9).provocation("mended")


def test_provocation_that_the_scenario_never_makes_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest, match="provokes nothing 'let go'"):
        history().closed(at=9).provocation("let go")


def test_control_that_holds_lets_the_judgement_go_on() -> None:
    write = history().sent("write", damper=30.0).state(at=1, damper=APPLIED).closed(at=9).write("write")

    with given("the write is applied"):
        report = write.becomes(APPLIED, within(5))

    assert report.value_state is APPLIED


def test_control_that_does_not_hold_could_not_be_tested() -> None:
    write = history().sent("write", damper=30.0).state(at=1).closed(at=9).write("write")

    with pytest.raises(CouldNotTest, match="It needs that it is applied; but: damper should"), given("it is applied"):
        write.becomes(APPLIED, within(5))


def test_control_that_is_a_bare_assertion_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest, match="It needs that it changed; but: it stayed 'a'"), given("it changed"):
        raise AssertionError("it stayed 'a'")


@pytest.mark.parametrize("kind", [Undecided, CouldNotTest, NotApplicable, ZeroDivisionError])
def test_control_that_ends_otherwise_ends_the_judgement_so(kind: type[Exception]) -> None:
    with pytest.raises(kind, match="why"), given("it holds"):
        raise kind("why")


def test_what_a_control_measures_is_not_what_the_judgement_measured() -> None:
    episode = history().sent("write", damper=30.0).state(at=1, damper=APPLIED).closed(at=9)

    with given("the write is applied"):
        episode.write("write").becomes(APPLIED, within(5))

    assert episode.evidence.measured == []


def test_observation_is_written_down() -> None:
    episode = history().closed(at=9)

    episode.observe("a write without etag is ignored")

    assert episode.evidence.observed == ["a write without etag is ignored"]


def test_views_of_one_history_have_ledgers_of_their_own() -> None:
    episode = history().sent("write", damper=30.0).state(at=1, damper=APPLIED).closed(at=9)

    Episode(episode.history).write("write").becomes(APPLIED, within(5))

    assert episode.evidence.places == []


def test_trace_is_cut_into_its_scenarios() -> None:
    assert list(episodes_of(WHOLE)) == ["one", "two"]


def test_episode_holds_what_passed_from_its_opening_to_its_close() -> None:
    assert episodes_of(WHOLE)["one"].history.records == WHOLE[3:8]


def test_places_of_an_episode_are_lines_of_the_trace() -> None:
    episode = episodes_of(WHOLE)["one"]

    assert (episode.write("write").stimulus.place, [state.place for state in episode.history.states]) == (4, [6])


def test_episode_knows_the_profile_that_was_driven() -> None:
    assert episodes_of(WHOLE)["two"].history.profile == PROFILE


def test_episode_knows_how_its_scenario_ended() -> None:
    assert episodes_of(WHOLE)["two"].history.closed == Closed(moment(6), cut_short="waited in vain")


def test_trace_of_a_run_without_a_scenario_has_no_episodes() -> None:
    assert episodes_of(WHOLE[:3]) == {}


def test_run_that_broke_off_closes_its_last_episode() -> None:
    episode = episodes_of(BROKEN_OFF)["one"]

    assert episode.history.closed == Closed(moment(3), cut_short="the run broke off here")


def test_run_that_broke_off_still_decides_what_it_can() -> None:
    episode = episodes_of(BROKEN_OFF)["one"]

    assert episode.write("write").becomes(APPLIED, within(5)).value_state is APPLIED


def test_run_that_broke_off_accuses_nobody_of_what_it_did_not_see() -> None:
    episode = episodes_of(BROKEN_OFF)["one"]

    with pytest.raises(CouldNotTest, match="the run broke off here"):
        episode.write("write").becomes(None, within(5))


def test_trace_that_was_cut_off_in_the_middle_of_a_scenario_is_closed_at_its_last_record() -> None:
    assert episodes_of(WHOLE[:7])["one"].history.closed.time == moment(2)


def test_accusation_from_a_cut_trace_is_the_same_as_from_the_whole() -> None:
    late: list[Record] = [BEGAN, Opened(moment(1), "one"), sent("write", 1), Done(moment(1), 2), heard(9)]

    with pytest.raises(NotObserved, match="within 5 s"):
        episodes_of(late)["one"].write("write").becomes(APPLIED, within(5))
