"""How often telemetry came under a config."""

import pytest

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.protocols.udmi.judging.telemetry.sample_rate import SampledConfig
from harness.protocols.udmi.words.messages import PointState, Status
from harness.record.left_out import NotApplicable, OutOfView
from tests.protocols.udmi.judging.history_builder import HistoryBuilder, history

FAULT = Status("is broken", "pointset.point.failure", 500, 0.0)


def sampled(*times: float, allowance: float = 0.0) -> HistoryBuilder:
    """Complete telemetry at these times, after a config at the start."""
    told = history(allowance=allowance).asked("config")
    for time in times:
        told.telemetry(at=time, damper=1.0, valve=2.0)
    return told


def pace(told: HistoryBuilder, *, until: float = 20, cut_short: str | None = None) -> SampledConfig:
    """The config's, in a history that closes then."""
    return told.closed(at=until, cut_short=cut_short).pace("config")


def test_complete_telemetry_on_the_rate_is_in_time() -> None:
    pace(sampled(3, 7, 11), until=12).is_complete_every(4, give_or_take=1.5)


def test_complete_telemetry_may_come_more_often() -> None:
    pace(sampled(1, 2, 3, 4), until=5).is_complete_every(4, give_or_take=1.5)


def test_complete_telemetry_beyond_all_tolerance_is_too_late() -> None:
    with pytest.raises(NotObserved, match=r"5\.7 s passed between two"):
        pace(sampled(1, 6.7, 10), until=11).is_complete_every(4, give_or_take=1.5)


def test_tolerance_and_jitter_are_in_favour_of_the_device() -> None:
    pace(sampled(1, 6.6, 10), until=11).is_complete_every(4, give_or_take=1.5)


def test_way_to_us_is_in_favour_of_the_device() -> None:
    pace(sampled(2, 8.5, 12, allowance=1), until=13).is_complete_every(4, give_or_take=1.5)


def test_first_telemetry_may_follow_the_rate_before() -> None:
    pace(sampled(12, 16, 20)).is_complete_every(4, give_or_take=1.5)


def test_silence_at_the_end_is_too_long_as_well() -> None:
    with pytest.raises(NotObserved, match=r"followed by none for 12\.0 s"):
        pace(sampled(4, 8)).is_complete_every(4, give_or_take=1.5)


def test_no_telemetry_at_all_in_a_long_time_is_an_accusation() -> None:
    with pytest.raises(NotObserved, match=r"in 20\.0 s none did"):
        pace(sampled()).is_complete_every(4, give_or_take=1.5)


def test_no_telemetry_in_a_short_time_is_undecided() -> None:
    with pytest.raises(Undecided, match="no complete telemetry followed"):
        pace(sampled(), until=5).is_complete_every(4, give_or_take=1.5)


def test_single_telemetry_has_no_distance() -> None:
    with pytest.raises(Undecided, match="only one"):
        pace(sampled(3), until=5).is_complete_every(4, give_or_take=1.5)


def test_single_telemetry_of_a_scenario_that_was_cut_short_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest, match="in vain"):
        pace(sampled(3), until=5, cut_short="in vain").is_complete_every(4, give_or_take=1.5)


def test_parts_do_not_count_as_complete() -> None:
    told = sampled(2).part(at=6, damper=3.0).telemetry(at=10, damper=3.0, valve=2.0)

    with pytest.raises(NotObserved, match=r"8\.0 s passed between two"):
        pace(told, until=11).is_complete_every(4, give_or_take=1.5)


def test_point_in_trouble_need_not_be_shown() -> None:
    told = history().asked("config").point_list(at=1, damper=PointState(status=FAULT), valve=PointState())

    pace(told.telemetry(at=2, valve=2.0).telemetry(at=6, valve=2.0), until=7).is_complete_every(4, give_or_take=1.5)


def test_time_in_which_we_ourselves_were_deaf_does_not_count() -> None:
    told = sampled(2).stalled(4, at=9).telemetry(at=9, damper=1.0, valve=2.0)

    pace(told, until=10).is_complete_every(4, give_or_take=1.5)


def test_telemetry_in_flight_when_the_config_left_is_not_looked_at() -> None:
    told = history(allowance=1).asked("config").telemetry(at=0.5, damper=1.0, valve=2.0)

    pace(told.telemetry(at=3, damper=1.0, valve=2.0).telemetry(at=6, damper=1.0, valve=2.0)).keeps_apart(3)


def test_telemetry_before_the_config_is_named_is_not_looked_at() -> None:
    told = sampled(0.5, 1.0).state(at=1.5, last_config=0)

    pace(told.telemetry(at=4, damper=1.0, valve=2.0).telemetry(at=8, damper=1.0, valve=2.0)).keeps_apart(3)


def test_telemetry_within_the_limit_is_too_close() -> None:
    with pytest.raises(NotObserved, match=r"came within 1\.800 s"):
        pace(sampled(2, 3.8)).keeps_apart(2)


def test_telemetry_just_within_the_limit_may_be_jitter() -> None:
    pace(sampled(2, 3.95)).keeps_apart(2)


def test_parts_keep_the_limit_too() -> None:
    with pytest.raises(NotObserved, match=r"came within 0\.500 s"):
        pace(sampled(2).part(at=2.5, damper=3.0)).keeps_apart(2)


def test_part_without_the_flag_should_say_so() -> None:
    with pytest.raises(NotObserved, match="without valve should say partial_update"):
        pace(sampled(2).part(at=4, flag=None, damper=3.0)).flags_its_parts()


def test_part_with_the_flag_says_so() -> None:
    pace(sampled(2).part(at=4, damper=3.0)).flags_its_parts()


def test_device_that_sends_no_parts_need_not_flag_them() -> None:
    with pytest.raises(NotApplicable, match="no telemetry of a part"):
        pace(sampled(2, 4)).flags_its_parts()


def test_silence_of_a_device_that_answered_is_silence() -> None:
    pace(sampled().state(at=1, last_config=0)).is_silent()


def test_silence_of_a_device_that_did_not_answer_says_nothing() -> None:
    with pytest.raises(CouldNotTest, match="did not answer"):
        pace(sampled()).is_silent()


def test_telemetry_breaks_the_silence() -> None:
    with pytest.raises(NotObserved, match=r"the first came after 4\.0 s: 2 telemetries"):
        pace(sampled(4, 8).state(at=9)).is_silent()


def test_device_that_shows_any_point_goes_on() -> None:
    pace(history().asked("config", points=None).telemetry(at=3, other=1)).goes_on()


def test_device_that_shows_no_point_does_not_go_on() -> None:
    with pytest.raises(NotObserved, match=r"in 20 s it showed no point"):
        pace(history().asked("config", points=None).telemetry(at=3)).goes_on()


def test_what_was_left_out_is_out_of_view() -> None:
    with pytest.raises(OutOfView, match="--long"):
        history().closed(at=1, out_of_view="it takes 11 minutes: --long drives it").pace("config")


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ((), "no telemetry came in 20.0 s"),
        ((10.0,), "one telemetry came in 20.0 s"),
        ((1.0, 11.0), "2 telemetries came in 10.0 s, 6 a minute"),
        (tuple(round(1 + number / 10, 1) for number in range(61)), "61 telemetries came in 6.0 s, 600 a minute"),
    ],
)
def test_rate_of_telemetry_that_nobody_asked_for_is_written_down(times: tuple[float, ...], words: str) -> None:
    asked = pace(sampled(*times))

    asked.observes_its_rate()

    assert asked.evidence.observed == [f"at a sample_rate_sec of 10, {words}"]


def test_telemetry_that_should_not_come_is_told_of_with_its_rate() -> None:
    told = sampled(4, 14).state(at=1)

    with pytest.raises(NotObserved, match=r"first came after 4\.0 s: 2 telemetries came in 10\.0 s, 6 a minute\."):
        pace(told).is_silent()
