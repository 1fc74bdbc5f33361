"""What a device says of a time without a connection, once that is over."""

from collections.abc import Sequence

import pytest

from harness.judging.ledger import Ledger
from harness.judging.messages import Messages
from harness.judging.stamps import Stamps
from harness.judging.verdict import NotApplicable, NotObserved
from harness.wire.seen import Sight
from harness.wire.udmi import State, SystemState
from tests.judging.history_builder import HistoryBuilder, history, moment
from tests.udmi_1_5 import VERSION


def said(builder: HistoryBuilder, at: float, *made: float) -> HistoryBuilder:
    """States that come then, and say that they were made at these times."""
    for stamp in made:
        builder.message(State(moment(stamp), VERSION, SystemState(moment(0))), at=at)
    return builder


def away(*made: float, ahead: float = 0.0) -> HistoryBuilder:
    """A device that has no connection from 10 s to 100 s, and comes back with states that were made at these times."""
    told = said(history().connects(at=-5).opened(), 1, 1 + ahead)
    told.seen(Sight.LOST, at=10).connects(at=50, refused=True).connects(at=100)
    return said(told, 100, *(stamp + ahead for stamp in made))


@pytest.mark.parametrize("ahead", [0.0, 7200.0, -7200.0])
def test_states_of_an_absence_may_come_all_at_once(ahead: float) -> None:
    said(away(20, 40, 60, 80, ahead=ahead), 102, 102 + ahead).closed(at=110).states.keep_apart(1)


def test_state_of_an_absence_is_not_near_the_time_at_which_it_comes() -> None:
    def stamps(builder: HistoryBuilder) -> Stamps:
        return Stamps(Messages(builder.closed(at=110).history), Ledger())

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
        early.seen(Sight.LOST, at=10).connects(at=100).closed(at=110).states.keep_apart(1)


@pytest.mark.parametrize("made", [(20,), (20, 99)])
def test_device_that_says_nothing_but_what_was_held_up_cannot_be_asked(made: Sequence[float]) -> None:
    with pytest.raises(NotApplicable, match="no more to say than 1 of the 2"):
        away(*made).closed(at=110).states.keep_apart(1)


def test_without_packets_nobody_knows_of_an_absence() -> None:
    with pytest.raises(NotObserved, match=r"two came within"):
        said(said(history(), 1, 1), 100, 20, 40).closed(at=110).states.keep_apart(1)
