"""The messages of a device about a time without a connection, once that is over."""

from collections.abc import Sequence

import pytest

from harness.judging.connection.offline_periods import OfflinePeriods
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.verdict import NotObserved
from harness.mqtt.packets import PacketKind
from harness.protocols.udmi.judging.messages.messages import Messages
from harness.protocols.udmi.judging.messages.stamps import Stamps
from harness.protocols.udmi.words.messages import State, SystemState
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import HistoryBuilder, history, moment
from tests.udmi_1_5 import VERSION


def said(builder: HistoryBuilder, at: float, *made: float) -> HistoryBuilder:
    """States that come then, and say that they were made at these times."""
    for stamp in made:
        builder.message(State(moment(stamp), VERSION, SystemState(moment(0))), at=at)
    return builder


def away(*made: float, ahead: float = 0.0) -> HistoryBuilder:
    """A device that has no connection from 10 s to 100 s, and comes back with states that were made at these times."""
    told = said(history().connects(at=-5).opened(), 1, 1 + ahead)
    told.seen(PacketKind.LOST, at=10).connects(at=50, refused=True).connects(at=100)
    return said(told, 100, *(stamp + ahead for stamp in made))


@pytest.mark.parametrize("ahead", [0.0, 7200.0, -7200.0])
def test_states_of_an_absence_may_come_all_at_once(ahead: float) -> None:
    said(away(20, 40, 60, 80, ahead=ahead), 102, 102 + ahead).closed(at=110).states.keep_apart(1)


def test_state_of_an_absence_is_not_near_the_time_at_which_it_comes() -> None:
    def stamps(builder: HistoryBuilder) -> Stamps:
        return Stamps(Messages(builder.closed(at=110).history), Evidence())

    stamps(away(20, 95)).are_near_now(60)
    with pytest.raises(NotObserved, match="should be near the time at which it is sent"):
        stamps(said(away(20, 95), 103, 5)).are_near_now(60)


def test_states_from_before_it_or_after_it_still_keep_apart() -> None:
    with pytest.raises(NotObserved, match=r"two came within 0\.000 s"):
        away(5, 8).closed(at=110).states.keep_apart(1)
    with pytest.raises(NotObserved, match=r"two came within 0\.200 s"):
        said(said(away(20, 40), 103, 103), 103.2, 103.2).closed(at=110).states.keep_apart(1)


def test_state_of_the_future_was_made_in_no_absence() -> None:
    early = said(said(history().connects(at=-5).opened(), 2, 50), 2, 60)

    with pytest.raises(NotObserved, match=r"two came within"):
        early.seen(PacketKind.LOST, at=10).connects(at=100).closed(at=110).states.keep_apart(1)


@pytest.mark.parametrize("made", [(20,), (20, 99)])
def test_device_that_says_nothing_but_what_was_held_up_cannot_be_asked(made: Sequence[float]) -> None:
    with pytest.raises(NotApplicable, match="no more to say than 1 of the 2"):
        away(*made).closed(at=110).states.keep_apart(1)


def test_without_packets_nobody_knows_of_an_absence() -> None:
    with pytest.raises(NotObserved, match=r"two came within"):
        said(said(history(), 1, 1), 100, 20, 40).closed(at=110).states.keep_apart(1)


@pytest.mark.parametrize("thousandths", range(12))
@pytest.mark.parametrize("ahead", [0.143, 0.571, 7.714])
def test_limits_of_an_absence_are_exact_to_the_microsecond(thousandths: int, ahead: float) -> None:
    lost, back = round(10 + thousandths / 1000, 6), round(100 + thousandths / 1000, 6)
    told = said(history().connects(at=-5).opened(), 1, round(1 + ahead, 6))
    absences = OfflinePeriods(told.seen(PacketKind.LOST, at=lost).connects(at=back).closed(at=200).history)
    late = 100  # the place of what came when it was over

    def held_up(made: float) -> bool:
        return absences.held_up(late, moment(round(made + ahead, 6)))

    assert held_up(round(lost - 1, 6))
    assert not held_up(round(lost - 1.000001, 6))
    assert held_up(round(back - 0.000001, 6))
    assert not held_up(back)
