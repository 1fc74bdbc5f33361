"""A device without a connection, and how it comes back."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

import pytest

from harness.judging.connection.reconnection import Reconnection
from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.mqtt.packets import ObservedConnect, PacketKind
from harness.protocols.udmi.judging.episode import Episode
from harness.record.left_out import NotApplicable, OutOfView
from tests.protocols.udmi.judging.history_builder import HELLO, HistoryBuilder, history

TWO_MINUTES = within(125)
CONFIG = "/devices/DEV-1/config"


def cut_off(*, connected_for: float = 100.0) -> HistoryBuilder:
    """A device that loses its connection at 10 s."""
    return history().connects(at=10 - connected_for).opened().provoked("lost", at=10).seen(PacketKind.LOST, at=10)


def tries(gaps: Sequence[float], *, connected_for: float = 100.0, comes_back: bool = True) -> Reconnection:
    """The reconnection with these gaps; the last try is let in."""
    builder, at = cut_off(connected_for=connected_for), 10.0
    for number, gap in enumerate(gaps, start=1):
        at += gap
        last = comes_back and number == len(gaps)
        if last:
            builder.provoked("let in", at=at - gap / 2)
        builder.connects(at=at, refused=None if last else True)
    return builder.closed(at=at + 200).connection.reconnection("lost")


DOUBLING: list[float] = [1, 2, 4, 8, 16, 32, *[60] * 10]


def test_device_that_was_not_connected_cannot_be_cut_off() -> None:
    with pytest.raises(CouldNotTest, match="was not connected"):
        history().connects(at=-9).opened().provoked("lost", at=1).closed(at=9).connection.reconnection("lost")


def test_device_that_comes_back_in_time_has_come_back() -> None:
    reconnection = tries([1, 2, 4])

    reconnection.ends(TWO_MINUTES, since=reconnection.stimulus)
    reconnection.is_met(TWO_MINUTES)


def test_device_that_comes_back_too_late_is_told() -> None:
    reconnection = tries([150])

    with pytest.raises(NotObserved, match=r"connect again within 125 s of 'lost', but did after 150.0 s"):
        reconnection.ends(TWO_MINUTES, since=reconnection.stimulus)
    with pytest.raises(NotObserved, match=r"try to connect again within 125 s, but did after 150.0 s"):
        reconnection.is_met(TWO_MINUTES)


def test_first_try_that_our_machine_slept_through_is_undecided() -> None:
    slept = cut_off().connects(at=140).stalled(6, at=140).closed(at=200).connection.reconnection("lost")
    longer = cut_off().connects(at=142).stalled(6, at=142).closed(at=200).connection.reconnection("lost")

    with pytest.raises(Undecided, match=r"124\.000 to 130\.000 s.*our own machine stalled for 6\.0 s"):
        slept.is_met(TWO_MINUTES)
    with pytest.raises(NotObserved, match=r"did after 126\.0 to 132\.0 s"):
        longer.is_met(TWO_MINUTES)


def test_device_that_gave_up_is_told_with_its_last_try() -> None:
    reconnection = tries([1, 2], comes_back=False)

    with pytest.raises(NotObserved, match=r"but did not: its last try came 3.0 s after the loss"):
        reconnection.ends(TWO_MINUTES, since=reconnection.stimulus)


def test_device_that_never_tried_is_told() -> None:
    reconnection = cut_off().closed(at=200).connection.reconnection("lost")

    with pytest.raises(NotObserved, match="it never tried"):
        reconnection.ends(TWO_MINUTES, since=reconnection.stimulus)
    with pytest.raises(NotObserved, match="but never did"):
        reconnection.is_met(TWO_MINUTES)


def test_device_that_was_not_waited_for_long_enough_is_undecided() -> None:
    reconnection = cut_off().closed(at=50, cut_short="broken off").connection.reconnection("lost")

    with pytest.raises(CouldNotTest, match="broken off"):
        reconnection.ends(TWO_MINUTES, since=reconnection.stimulus)


@pytest.mark.parametrize(
    "gaps",
    [
        DOUBLING,
        [1, 2, 4, 8],
        [0, 0, 5, 10, 20, 20],
        [0.3, 1.9, 0.7, 5, 2, 20, 11, 50, 3],
        [60, 120, 120, 120],
    ],
)
def test_gaps_that_grow_somehow_are_growing(gaps: list[float]) -> None:
    tries(gaps).gaps_grow(connected_for=60)


@pytest.mark.parametrize("gaps", [[10, 10, 10, 10], [0, 10, 10, 10.4], [0.9] * 20, [5, 6, 7, 5, 6, 7, 8, 5, 9]])
def test_gaps_that_stay_the_same_are_told(gaps: list[float]) -> None:
    with pytest.raises(NotObserved, match="Gaps between tries should grow"):
        tries(gaps).gaps_grow(connected_for=60)


@pytest.mark.parametrize("gaps", [[30], [10, 10], [10, 12, 15]])
def test_few_gaps_say_nothing(gaps: list[float]) -> None:
    with pytest.raises(OutOfView, match="needs more time"):
        tries(gaps).gaps_grow(connected_for=60)


def test_device_that_was_cut_off_shortly_before_may_remember_it() -> None:
    with pytest.raises(OutOfView, match="after a connection of 5 s"):
        tries([60] * 10, connected_for=5).gaps_grow(connected_for=60)


def test_gap_of_more_than_two_minutes_is_told() -> None:
    tries(DOUBLING).gaps_stay_within(120, a_try=5, refused_for=600)
    tries([60, 120, 124.9, 120, 120, 120]).gaps_stay_within(120, a_try=5, refused_for=600)
    with pytest.raises(NotObserved, match=r"within 120 s, but one gap was of 180.0 s"):
        tries([60, 120, 180, 120, 120]).gaps_stay_within(120, a_try=5, refused_for=600)


def test_short_outage_shows_no_long_gap() -> None:
    with pytest.raises(OutOfView, match="needs more time"):
        tries([1, 2, 4]).gaps_stay_within(120, a_try=5, refused_for=600)


def called_anew(*, turned_away: ObservedConnect = HELLO) -> Reconnection:
    """A device with another id for each connection; so introduces itself who is turned away meanwhile."""
    builder = history().connects(at=-90, client="first").opened()
    builder.provoked("lost", at=10).seen(PacketKind.LOST, at=10, client="first")
    for number, at in enumerate(accumulate(DOUBLING, initial=10.0)):
        builder.connects(at=at + 1, client=f"try {number}", hello=turned_away, refused=True)
    return builder.connects(at=700, client="last").closed(at=720).connection.reconnection("lost")


def test_device_that_is_called_anew_each_time_is_known_by_its_words() -> None:
    reconnection = called_anew()

    reconnection.is_met(TWO_MINUTES)
    reconnection.gaps_grow(connected_for=60)
    reconnection.gaps_stay_within(120, a_try=5, refused_for=600)


def test_stranger_who_is_turned_away_is_not_the_device() -> None:
    with pytest.raises(NotObserved, match="one gap was of 690"):
        called_anew(turned_away=replace(HELLO, keep_alive=30)).gaps_stay_within(120, a_try=5, refused_for=600)


def test_device_whose_session_lasts_need_not_ask_again() -> None:
    back = cut_off().seen(PacketKind.CONNECT, at=12, hello=HELLO).closed(at=20)

    back.connection.reconnection("lost").ends(TWO_MINUTES, since=back.provocation("lost"))
    back.connection.asks_for_configs(qos=1)


def back(*, hello: ObservedConnect = HELLO) -> HistoryBuilder:
    """A device that is connected again at 12 s, and asks for nothing yet."""
    return cut_off().seen(PacketKind.CONNECT, at=12, hello=hello)


def asks_again(episode: Episode) -> None:
    """Within 20 s."""
    episode.connection.asks_again(episode.connection.reconnection("lost").end, at_most=20)


def test_device_that_does_not_ask_again_in_a_clean_session_is_told() -> None:
    asks_again(back().seen(PacketKind.SUBSCRIBE, at=30, topics=(CONFIG,), qos=(1,)).closed(at=40))
    with pytest.raises(NotObserved, match="should ask for its configs again; in 28 s it did not"):
        asks_again(back().closed(at=40))


def test_device_whose_session_lasts_is_not_told_to_ask_again() -> None:
    with pytest.raises(NotApplicable, match="a session that lasts"):
        asks_again(back(hello=replace(HELLO, clean_session=False)).closed(at=40))


def test_device_that_was_back_for_a_moment_may_have_asked_later() -> None:
    with pytest.raises(CouldNotTest, match="back for 8 s only, of 20"):
        asks_again(back().closed(at=20))
    with pytest.raises(CouldNotTest, match="back for 8 s only, of 20"):
        asks_again(back().seen(PacketKind.LOST, at=20).connects(at=50).closed(at=99))


def fooled_at(at: float) -> HistoryBuilder:
    """A device that met a stranger."""
    return cut_off().seen(PacketKind.HANDSHAKE, at=at)


def test_connect_to_a_stranger_is_told() -> None:
    fooled = fooled_at(11).connects(at=11).provoked("itself again", at=15).closed(at=20)
    wary = fooled_at(11).provoked("itself again", at=15).connects(at=16).closed(at=20)

    wary.connection.reconnection("lost").stays_away(until=wary.provocation("itself again"))
    with pytest.raises(NotObserved, match="should not trust"):
        fooled.connection.reconnection("lost").stays_away(until=fooled.provocation("itself again"))


def test_device_that_met_no_stranger_was_not_shown_to_be_wary() -> None:
    late = cut_off().provoked("itself again", at=15).connects(at=16).closed(at=20)

    with pytest.raises(CouldNotTest, match="did not meet the stranger"):
        late.connection.reconnection("lost").stays_away(until=late.provocation("itself again"))


def test_device_that_never_comes_back_was_not_shown_to_be_wary() -> None:
    gone = fooled_at(11).provoked("itself again", at=15).closed(at=20)

    with pytest.raises(CouldNotTest, match="did not come back"):
        gone.connection.reconnection("lost").stays_away(until=gone.provocation("itself again"))
