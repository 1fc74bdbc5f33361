"""A write: what the device says of itself meanwhile, and when the write expires."""

import pytest

from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.protocols.udmi.words.messages import Mode, PointState, State, SystemState
from tests.protocols.udmi.judging.history_builder import APPLIED, UPDATING, HistoryBuilder, history, moment, whole_state

UPDATED, PENDING = {"damper": PointState(APPLIED)}, {"damper": PointState(UPDATING)}


def pending(system: SystemState) -> HistoryBuilder:
    """A write on its way, while the device says this of itself."""
    return history().sent("write", damper=30.0).message(whole_state(PENDING, system), at=2)


@pytest.mark.parametrize(
    ("system", "flags"),
    [
        (SystemState(mode=Mode.UPDATING), "operation.mode"),
        (SystemState(updating=True), "system.updating"),
        (SystemState(updating=True, mode=Mode.UPDATING), "system.updating and operation.mode"),
    ],
)
def test_flag_is_written_down_wherever_it_stands(system: SystemState, flags: str) -> None:
    episode = pending(system).closed(at=9)

    episode.write("write").flags_the_device()

    assert episode.evidence.observed == [f"while a write is updating, the device flags {flags}"]


def test_write_that_updates_without_a_flag_is_accused() -> None:
    episode = pending(SystemState(updating=False, mode=Mode.ACTIVE)).closed(at=9)

    with pytest.raises(NotObserved, match="damper should come with a flag"):
        episode.write("write").flags_the_device()

    assert episode.evidence.observed == ["while a write is updating, the device flags nothing"]


def test_flag_of_a_write_that_never_updates_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest, match="damper was never updating"):
        history().sent("write", damper=30.0).state(at=1, damper=APPLIED).closed(at=9).write("write").flags_the_device()


def test_flag_that_is_gone_once_the_write_has_settled_passes() -> None:
    told = pending(SystemState(mode=Mode.UPDATING)).message(whole_state(UPDATED, SystemState(mode=Mode.ACTIVE)), at=4)

    told.closed(at=9).write("write").leaves_no_flag(within(5))


def test_flag_that_sticks_is_accused() -> None:
    told = pending(SystemState(mode=Mode.UPDATING)).message(whole_state(UPDATED, SystemState(mode=Mode.UPDATING)), at=4)

    with pytest.raises(NotObserved, match=r"it flags operation\.mode"):
        told.closed(at=9).write("write").leaves_no_flag(within(5))


def test_flag_that_was_not_watched_to_the_limit_is_undecided() -> None:
    told = pending(SystemState(mode=Mode.UPDATING)).message(whole_state(UPDATED, SystemState(mode=Mode.UPDATING)), at=4)

    with pytest.raises(Undecided, match=r"still flags operation\.mode, and was not watched for 5 s"):
        told.closed(at=8.999999).write("write").leaves_no_flag(within(5))


def test_state_without_a_system_block_flags_nothing() -> None:
    told = pending(SystemState(mode=Mode.UPDATING)).message(State(moment(4)), at=4)

    told.closed(at=9).write("write").leaves_no_flag(within(5))


def test_flag_after_the_last_state_is_undecided() -> None:
    with pytest.raises(Undecided, match="no state followed"):
        pending(SystemState(mode=Mode.UPDATING)).closed(at=9).write("write").leaves_no_flag(within(5))


def test_write_expires_when_its_config_says() -> None:
    expiry = history().sent("write", damper=30.0, expiry=3.5).closed(at=9).write("write").expiry

    assert (expiry.earliest, expiry.latest, str(expiry)) == (moment(3.5), moment(3.5), "its expiry")


def test_write_without_an_expiry_has_none_to_judge() -> None:
    with pytest.raises(CouldNotTest, match="the write to damper has no expiry"):
        _ = history().sent("write", damper=30.0, expiry=None).closed(at=9).write("write").expiry


def test_time_past_the_expiry_is_an_act_of_its_own() -> None:
    past = history().sent("write", damper=30.0, expiry=3.5).closed(at=9).write("write").past_expiry(5)

    assert (past.earliest, past.latest, str(past)) == (moment(8.5), moment(8.5), "5 s past its expiry")


@pytest.mark.parametrize("behind", [0.0, 29.0])
def test_write_whose_time_was_up_for_us_and_for_the_device_came_too_late(behind: float) -> None:
    told = history().sent("write", damper=30.0, expiry=-30).late_telemetry(1 - behind, at=1)

    told.closed(at=9).write("write").came_too_late()


@pytest.mark.parametrize(("expiry", "behind"), [(-30, 60.0), (-30, 31.0), (1, 0.0)])
def test_write_whose_time_was_not_up_for_the_device_came_in_time(expiry: float, behind: float) -> None:
    told = history().sent("write", damper=30.0, expiry=expiry).late_telemetry(1 - behind + 0.5, at=1)

    with pytest.raises(CouldNotTest, match="so the write to damper came in time for it"):
        told.closed(at=9).write("write").came_too_late()


def test_write_that_was_made_twice_is_the_later_one() -> None:
    told = history().sent("write", damper=30.0).sent("free", at=2, damper=None).sent("write", at=3, damper=30.0)

    assert told.closed(at=9).write("write").stimulus.earliest == moment(3)
