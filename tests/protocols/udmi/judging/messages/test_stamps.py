"""When messages say that they were made."""

import pytest

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.payload.timestamps import rfc3339
from harness.payload.values import JSON
from harness.protocols.udmi.words.schemas import MessageKind
from tests.protocols.udmi.judging.history_builder import moment
from tests.protocols.udmi.judging.whole_runs import RunBuilder, run
from tests.protocols.udmi.words.good_messages import LACKING, altered

STATE, TELEMETRY = MessageKind.STATE, MessageKind.TELEMETRY


def made(at: float) -> dict[str, JSON]:
    """A state that says that it was made then."""
    return altered(STATE, "timestamp", rfc3339(moment(at)))


def states(*made_at: float) -> RunBuilder:
    """States that come a second apart, and say that they were made at these times."""
    told = run()
    for number, at in enumerate(made_at, start=1):
        told.said(STATE, made(at), at=number)
    return told


@pytest.mark.parametrize("stamp", ["2026-01-01T00:00:01Z", "2026-01-01T00:00:01.5+00:00", "2026-01-01t00:00:01z"])
def test_utc_passes(stamp: str) -> None:
    run().said(STATE, altered(STATE, "timestamp", stamp), at=1).ended().stamps.are_utc()


@pytest.mark.parametrize(
    "stamp",
    ["2026-01-01T01:00:01+01:00", "2026-01-01T00:00:01", "2026-13-01T00:00:01Z", "Z", None, 1767225601, LACKING],
)
@pytest.mark.parametrize("kind", [STATE, TELEMETRY, MessageKind.SYSTEM_EVENT])
def test_stamp_that_is_no_time_in_utc_is_accused(kind: MessageKind, stamp: JSON) -> None:
    told = run().said(STATE, at=1).said(kind, altered(kind, "timestamp", stamp), at=2)

    with pytest.raises(NotObserved, match="should be an RFC 3339 time in UTC"):
        told.ended().stamps.are_utc()


def test_payload_without_a_stamp_that_can_be_read_is_accused() -> None:
    with pytest.raises(NotObserved, match=r"but is \(absent\)"):
        run().said(STATE, b"\xff", at=1).ended().stamps.are_utc()


def test_stamps_of_a_silent_device_are_undecided() -> None:
    with pytest.raises(Undecided):
        run().ended().stamps.are_utc()


@pytest.mark.parametrize("off", [-1200, -3, 0, 3, 1200])
def test_state_of_about_now_passes(off: float) -> None:
    states(1 + off).ended().stamps.are_near_now(1200)


@pytest.mark.parametrize("off", [-1201, 7200])
def test_state_of_another_time_is_accused(off: float) -> None:
    with pytest.raises(NotObserved, match="near the time at which it is sent"):
        states(1, 2 + off).ended().stamps.are_near_now(1200)


def test_state_that_was_long_on_its_way_is_not_accused() -> None:
    run(allowance=5).said(STATE, made(-1204), at=1).ended().stamps.are_near_now(1200)


def test_states_without_a_stamp_have_no_distance_from_now() -> None:
    with pytest.raises(Undecided, match="no state had a timestamp"):
        run().said(STATE, altered(STATE, "timestamp", LACKING), at=1).ended().stamps.are_near_now(1200)


@pytest.mark.parametrize("made_at", [(1, 2, 3), (1, 2, 2), (5, 4.5, 4)])
def test_states_that_go_forward_pass_and_a_clock_may_be_set_right(made_at: tuple[float, ...]) -> None:
    states(*made_at).ended().stamps.never_go_back(by=1)


def test_state_of_before_the_one_before_is_accused() -> None:
    with pytest.raises(NotObserved, match="one of 2026-01-01T00:00:08Z came after one of 2026-01-01T00:00:10Z"):
        states(1, 10, 8).ended().stamps.never_go_back(by=1)


def test_states_that_go_back_step_by_step_are_accused() -> None:
    with pytest.raises(NotObserved, match="should go forward"):
        states(10, 9.5, 9, 8.5).ended().stamps.never_go_back(by=1)


def test_state_that_is_delivered_again_does_not_go_back() -> None:
    states(1, 5, 1).ended().stamps.never_go_back(by=1)


def test_single_state_goes_nowhere() -> None:
    with pytest.raises(Undecided, match="fewer than two"):
        states(1).ended().stamps.never_go_back(by=1)


def test_direction_of_a_run_that_was_broken_off_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest):
        states(1, 2).ended(broken_off="interrupted").stamps.never_go_back(by=1)
