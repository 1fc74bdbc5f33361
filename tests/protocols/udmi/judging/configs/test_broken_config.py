"""The consequences of a config that cannot be worked on."""

import pytest

from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.payload.values import Value
from harness.protocols.udmi.judging.configs.broken_config import BrokenConfig
from harness.protocols.udmi.words.messages import PointState, Status, SystemState, Telemetry
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import APPLIED, INVALID, HistoryBuilder, history, moment
from tests.udmi_1_5 import VERSION

PARSE = "system.config.parse"
STANDS = PointState(APPLIED)
ERROR = Status("It is broken", PARSE, 500, moment(10))


def after_a_good_one(*, allowance: float = 0.0, rate: float | None = None) -> HistoryBuilder:
    """The damper is written at 0, and that is reported; then, at 10, comes one that cannot be worked on."""
    told = history(allowance=allowance).sent("write", at=0, damper=30.0).state(at=1, last_config=0, damper=APPLIED)
    return told.telemetry(at=9, damper=30.0).broken("broken", at=10, stamped=9, rate=rate, damper=50.0)


def complaining(
    *, at: float, status: Status | None = ERROR, last_config: float = 0.0, damper: PointState = STANDS
) -> HistoryBuilder:
    """The state that follows."""
    system = SystemState(moment(last_config), status=status)
    return after_a_good_one().system(system, at=at, damper=damper)


def broken(told: HistoryBuilder, *, at: float = 30) -> BrokenConfig:
    """The config called so, in a history that closes then."""
    return told.closed(at=at).broken_config("broken")


def reported(config: BrokenConfig) -> None:
    """The question that most of these tests ask."""
    config.is_reported(within(10), category=PARSE, level=500)


def test_error_on_the_limit_is_reported_in_time() -> None:
    reported(broken(complaining(at=20)))


def test_error_beyond_the_limit_is_reported_late() -> None:
    with pytest.raises(NotObserved, match=r"within 10 s, but it took 10\.0 s"):
        reported(broken(complaining(at=20.000001)))


def test_error_that_is_not_reported_is_an_accusation_once_it_was_watched_for() -> None:
    with pytest.raises(NotObserved, match=r"The config 'broken' cannot be worked on; .* tells of no error"):
        reported(broken(after_a_good_one(), at=20))
    with pytest.raises(Undecided, match=r"watched for 9\.0 s only"):
        reported(broken(after_a_good_one(), at=19))


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (Status("x", "system.config", 500, moment(10)), "'system.config' of level 500"),
        (Status("x", PARSE, 400, moment(10)), "of level 400"),
    ],
)
def test_error_in_other_words_is_not_the_right_one(status: Status, found: str) -> None:
    with pytest.raises(NotObserved, match=found):
        reported(broken(complaining(at=11, status=status)))


def test_last_config_that_stays_is_left_alone() -> None:
    broken(complaining(at=11)).is_not_named()


@pytest.mark.parametrize("last_config", [9, 11, -1e6])
def test_last_config_that_moves_is_an_accusation(last_config: float) -> None:
    with pytest.raises(NotObserved, match="should not move with the config 'broken'"):
        broken(complaining(at=11, last_config=last_config)).is_not_named()


def test_last_config_of_a_device_that_names_none_could_not_be_tested() -> None:
    told = history().sent("write", at=0, damper=30.0).state(at=1).broken("broken", at=10)

    with pytest.raises(CouldNotTest, match="no state ever named a config"):
        broken(told.state(at=11)).is_not_named()


def test_error_on_a_point_that_was_not_there_before_is_an_accusation() -> None:
    blamed = PointState(APPLIED, ERROR)

    with pytest.raises(NotObserved, match="an error on damper"):
        broken(complaining(at=11, damper=blamed)).touches_no_other_status()


def test_error_on_the_pointset_that_was_not_there_before_is_an_accusation() -> None:
    told = after_a_good_one().system(SystemState(moment(0), status=ERROR), at=11, pointset=ERROR, damper=APPLIED)

    with pytest.raises(NotObserved, match="an error on the pointset"):
        broken(told).touches_no_other_status()


def test_notice_on_a_point_is_no_error() -> None:
    noticed = PointState(APPLIED, Status("The filter should be changed", "device.filter.dirty", 300, moment(10)))

    broken(complaining(at=11, damper=noticed)).touches_no_other_status()


@pytest.mark.parametrize("instead", [None, INVALID])
def test_write_that_does_not_stay_is_an_accusation(instead: object) -> None:
    episode = complaining(at=11, damper=PointState(INVALID if instead else None)).closed(at=30)

    with pytest.raises(NotObserved, match="After the config 'broken' damper should stay as the config before left it"):
        episode.broken_config("broken").leaves_in_force(episode.write("write"))


@pytest.mark.parametrize(("value", "right"), [(30.0, True), (50.0, False), (0.0, True)])
def test_value_of_a_broken_config_is_never_shown(value: Value, *, right: bool) -> None:
    episode = complaining(at=11).telemetry(at=12, damper=value).closed(at=30)
    config, write = episode.broken_config("broken"), episode.write("write")

    if right:
        config.leaves_in_force(write)
    else:
        with pytest.raises(NotObserved, match=r"should go on showing 30\.0, but shows 50\.0"):
            config.leaves_in_force(write)


def test_state_alone_does_not_tell_which_value_is_in_force() -> None:
    episode = complaining(at=11).closed(at=30)

    with pytest.raises(Undecided, match="no telemetry told which value of damper"):
        episode.broken_config("broken").leaves_in_force(episode.write("write"))


def test_telemetry_of_another_point_alone_says_nothing_of_the_write() -> None:
    partial = Telemetry(moment(12), VERSION, {"valve": 1.0}, partial=True)
    episode = complaining(at=11).message(partial, at=12).closed(at=30)

    with pytest.raises(Undecided, match="no telemetry told which value of damper"):
        episode.broken_config("broken").leaves_in_force(episode.write("write"))


def test_complaint_in_flight_with_a_good_config_counts_all_the_same() -> None:
    told = after_a_good_one(allowance=1).system(SystemState(moment(0), status=ERROR), at=10.1, damper=PointState())
    episode = told.closed(at=30)

    with pytest.raises(NotObserved, match="damper should stay"):
        episode.broken_config("broken").leaves_in_force(episode.write("write"))


def test_state_that_may_have_been_on_its_way_is_not_held_against_the_device() -> None:
    told = after_a_good_one(allowance=1).state(at=10.1, last_config=0).state(at=13, last_config=0, damper=APPLIED)
    episode = told.telemetry(at=14, damper=30.0).closed(at=30)

    episode.broken_config("broken").leaves_in_force(episode.write("write"))


def test_telemetry_that_goes_on_at_its_rate_is_no_pause() -> None:
    told = after_a_good_one()
    for at in (11, 13, 15, 17, 19):
        told.telemetry(at=at, damper=30.0)

    broken(told, at=20).holds_nothing_up(sample_rate=2, give_or_take=1.5)


def test_telemetry_that_pauses_is_an_accusation() -> None:
    with pytest.raises(NotObserved, match=r"every 2 s at least, but paused for 9\.0 s"):
        broken(after_a_good_one().telemetry(at=18, damper=30.0), at=20).holds_nothing_up(
            sample_rate=2, give_or_take=1.5
        )


@pytest.mark.parametrize(("named", "shown"), [(9.0, 30.0), (0.0, 50.0)])
def test_pause_of_a_device_that_took_the_config_is_no_second_accusation(named: float, shown: float) -> None:
    told = after_a_good_one(rate=30).state(at=11, last_config=named, damper=APPLIED).telemetry(at=12, damper=shown)

    with pytest.raises(NotApplicable, match="the device took the config up, and with it its sample_rate_sec of 30"):
        broken(told, at=30).holds_nothing_up(sample_rate=2, give_or_take=1.5)


def test_pause_of_a_device_that_did_not_take_the_config_is_an_accusation() -> None:
    told = after_a_good_one(rate=30).state(at=11, last_config=0, damper=APPLIED).telemetry(at=12, damper=30.0)

    with pytest.raises(NotObserved, match=r"paused for 18\.0 s\. The config asked for telemetry every 30 s"):
        broken(told, at=30).holds_nothing_up(sample_rate=2, give_or_take=1.5)


def test_pause_beyond_the_rate_of_a_config_that_was_taken_is_an_accusation() -> None:
    told = after_a_good_one(rate=10).state(at=11, last_config=9, damper=APPLIED).telemetry(at=12, damper=30.0)

    with pytest.raises(NotObserved, match=r"paused for 18\.0 s\.$"):
        broken(told, at=30).holds_nothing_up(sample_rate=2, give_or_take=1.5)


def test_pause_that_was_usual_before_is_none() -> None:
    told = history().state(at=0).telemetry(at=0, damper=0.0).telemetry(at=6, damper=0.0).broken("broken", at=7)

    broken(told.telemetry(at=12, damper=0.0), at=17).holds_nothing_up(sample_rate=2, give_or_take=1.5)


def test_error_is_over_with_the_state_that_no_longer_tells_of_it() -> None:
    told = complaining(at=11).sent("good", at=12).state(at=13, last_config=12)

    told.closed(at=30).odd_config("good").is_over(within(10))


def test_error_that_is_told_of_after_a_good_config_still_is_an_accusation() -> None:
    told = complaining(at=11).sent("good", at=12).system(SystemState(moment(12), status=ERROR), at=13)

    with pytest.raises(NotObserved, match="but it still does"):
        told.closed(at=30).odd_config("good").is_over(within(10))
