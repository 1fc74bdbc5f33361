"""A device without a connection, and how it comes back."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

import pytest

from harness.judging.outage import Outage
from harness.judging.verdict import CouldNotTest, NotApplicable, NotObserved, OutOfView, Undecided
from harness.judging.window import within
from harness.wire.seen import Hello, Sight
from tests.judging.history_builder import HELLO, HistoryBuilder, history

TWO_MINUTES = within(125)


def cut_off(*, connected_for: float = 100.0) -> HistoryBuilder:
    """A device that loses its connection at 10 s."""
    return history().connects(at=10 - connected_for).opened().provoked("lost", at=10).seen(Sight.LOST, at=10)


def tries(gaps: Sequence[float], *, connected_for: float = 100.0, comes_back: bool = True) -> Outage:
    """What follows from these gaps; the last try is let in."""
    builder, at = cut_off(connected_for=connected_for), 10.0
    for number, gap in enumerate(gaps, start=1):
        at += gap
        last = comes_back and number == len(gaps)
        if last:
            builder.provoked("let in", at=at - gap / 2)
        builder.connects(at=at, refused=None if last else True)
    return builder.closed(at=at + 200).connection.outage("lost")


DOUBLING: list[float] = [1, 2, 4, 8, 16, 32, *[60] * 10]


def test_device_that_was_not_connected_cannot_be_cut_off() -> None:
    with pytest.raises(CouldNotTest, match="was not connected"):
        history().connects(at=-9).opened().provoked("lost", at=1).closed(at=9).connection.outage("lost")


def test_device_that_comes_back_in_time_has_come_back() -> None:
    outage = tries([1, 2, 4])

    outage.ends(TWO_MINUTES, since=outage.act)
    outage.is_met(TWO_MINUTES)


def test_device_that_comes_back_too_late_is_told() -> None:
    outage = tries([150])

    with pytest.raises(NotObserved, match=r"connect again within 125 s of 'lost', but did after 150.0 s"):
        outage.ends(TWO_MINUTES, since=outage.act)
    with pytest.raises(NotObserved, match=r"try to connect again within 125 s, but did after 150.0 s"):
        outage.is_met(TWO_MINUTES)


def test_first_try_that_our_machine_slept_through_is_undecided() -> None:
    slept = cut_off().connects(at=140).stalled(6, at=140).closed(at=200).connection.outage("lost")
    longer = cut_off().connects(at=142).stalled(6, at=142).closed(at=200).connection.outage("lost")

    with pytest.raises(Undecided, match=r"124\.000 to 130\.000 s.*our own machine stalled for 6\.0 s"):
        slept.is_met(TWO_MINUTES)
    with pytest.raises(NotObserved, match=r"did after 126\.0 to 132\.0 s"):
        longer.is_met(TWO_MINUTES)


def test_device_that_gave_up_is_told_with_its_last_try() -> None:
    outage = tries([1, 2], comes_back=False)

    with pytest.raises(NotObserved, match=r"but did not: its last try came 3.0 s after the loss"):
        outage.ends(TWO_MINUTES, since=outage.act)


def test_device_that_never_tried_is_told() -> None:
    outage = cut_off().closed(at=200).connection.outage("lost")

    with pytest.raises(NotObserved, match="it never tried"):
        outage.ends(TWO_MINUTES, since=outage.act)
    with pytest.raises(NotObserved, match="but never did"):
        outage.is_met(TWO_MINUTES)


def test_device_that_was_not_waited_for_long_enough_is_undecided() -> None:
    outage = cut_off().closed(at=50, cut_short="broken off").connection.outage("lost")

    with pytest.raises(CouldNotTest, match="broken off"):
        outage.ends(TWO_MINUTES, since=outage.act)


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
    tries(gaps).gaps_grow()


@pytest.mark.parametrize("gaps", [[10, 10, 10, 10], [0, 10, 10, 10.4], [0.9] * 20, [5, 6, 7, 5, 6, 7, 8, 5, 9]])
def test_gaps_that_stay_the_same_are_told(gaps: list[float]) -> None:
    with pytest.raises(NotObserved, match="Gaps between tries should grow"):
        tries(gaps).gaps_grow()


@pytest.mark.parametrize("gaps", [[30], [10, 10], [10, 12, 15]])
def test_few_gaps_say_nothing(gaps: list[float]) -> None:
    with pytest.raises(OutOfView, match="needs more time"):
        tries(gaps).gaps_grow()


def test_device_that_was_cut_off_shortly_before_may_remember_it() -> None:
    with pytest.raises(OutOfView, match="after a connection of 5 s"):
        tries([60] * 10, connected_for=5).gaps_grow()


def test_gap_of_more_than_two_minutes_is_told() -> None:
    tries(DOUBLING).gaps_stay_within(120)
    tries([60, 120, 124.9, 120, 120, 120]).gaps_stay_within(120)
    with pytest.raises(NotObserved, match=r"within 120 s, but one gap was of 180.0 s"):
        tries([60, 120, 180, 120, 120]).gaps_stay_within(120)


def test_short_outage_shows_no_long_gap() -> None:
    with pytest.raises(OutOfView, match="needs more time"):
        tries([1, 2, 4]).gaps_stay_within(120)


def called_anew(*, turned_away: Hello = HELLO) -> Outage:
    """A device with another id for each connection; so introduces itself who is turned away meanwhile."""
    builder = history().connects(at=-90, client="first").opened()
    builder.provoked("lost", at=10).seen(Sight.LOST, at=10, client="first")
    for number, at in enumerate(accumulate(DOUBLING, initial=10.0)):
        builder.connects(at=at + 1, client=f"try {number}", hello=turned_away, refused=True)
    return builder.connects(at=700, client="last").closed(at=720).connection.outage("lost")


def test_device_that_is_called_anew_each_time_is_known_by_its_words() -> None:
    outage = called_anew()

    outage.is_met(TWO_MINUTES)
    outage.gaps_grow()
    outage.gaps_stay_within(120)


def test_stranger_who_is_turned_away_is_not_the_device() -> None:
    with pytest.raises(NotObserved, match="one gap was of 690"):
        called_anew(turned_away=replace(HELLO, keep_alive=30)).gaps_stay_within(120)


def test_device_whose_session_lasts_need_not_ask_again() -> None:
    back = cut_off().seen(Sight.CONNECT, at=12, hello=HELLO).closed(at=20)

    back.connection.outage("lost").ends(TWO_MINUTES, since=back.provocation("lost"))
    back.connection.asks_for_configs(qos=1)


SAMPLES = [2.0, 4.0, 6.0, 8.0]


def returned(*stamps: float, at: float = 20, samples: Sequence[float] = SAMPLES, behind: float = 0) -> Outage:
    """A device that is back after 10 s, with telemetry of these moments."""
    builder = history().connects(at=-90).opened()
    for sample in samples:
        builder.late_telemetry(sample - behind, at=sample, damper=1)
    builder.provoked("lost", at=10).seen(Sight.LOST, at=10).connects(at=at)
    for stamp in stamps:
        builder.late_telemetry(stamp - behind, at=at, damper=1)
    return builder.closed(at=at + 5).connection.outage("lost")


@pytest.mark.parametrize("behind", [0, 3600, -7200])
def test_telemetry_of_the_outage_is_brought_whatever_the_clock(behind: float) -> None:
    returned(12, 14, 16, 21, behind=behind).brings_what_was_measured()


def test_device_that_keeps_no_telemetry_is_told() -> None:
    with pytest.raises(NotObserved, match="none of 2 telemetries that came then is of those 10 s"):
        returned(20, 22).brings_what_was_measured()


def test_device_whose_return_was_not_watched_to_its_end_may_have_kept_telemetry() -> None:
    builder = history().connects(at=-90).opened().late_telemetry(2, at=2, damper=1).late_telemetry(4, at=4, damper=1)
    builder.provoked("lost", at=10).seen(Sight.LOST, at=10).connects(at=20).late_telemetry(20, at=20, damper=1)

    with pytest.raises(CouldNotTest, match="broken off"):
        builder.closed(at=25, cut_short="broken off").connection.outage("lost").brings_what_was_measured()


def test_device_that_rarely_samples_has_nothing_to_bring() -> None:
    with pytest.raises(NotApplicable, match="telemetry comes every 6 s, and the device was away for 10 s"):
        returned(22, samples=[2.0, 8.0]).brings_what_was_measured()


def test_device_that_says_nothing_afterwards_is_undecided() -> None:
    with pytest.raises(CouldNotTest, match="no telemetry came after"):
        returned().brings_what_was_measured()


def fooled_at(at: float) -> HistoryBuilder:
    """A device that met a stranger."""
    return cut_off().seen(Sight.HANDSHAKE, at=at)


def test_connect_to_a_stranger_is_told() -> None:
    fooled = fooled_at(11).connects(at=11).provoked("itself again", at=15).closed(at=20)
    wary = fooled_at(11).provoked("itself again", at=15).connects(at=16).closed(at=20)

    wary.connection.outage("lost").stays_away(until=wary.provocation("itself again"))
    with pytest.raises(NotObserved, match="should not trust"):
        fooled.connection.outage("lost").stays_away(until=fooled.provocation("itself again"))


def test_device_that_met_no_stranger_was_not_shown_to_be_wary() -> None:
    late = cut_off().provoked("itself again", at=15).connects(at=16).closed(at=20)

    with pytest.raises(CouldNotTest, match="did not meet the stranger"):
        late.connection.outage("lost").stays_away(until=late.provocation("itself again"))


def test_device_that_never_comes_back_was_not_shown_to_be_wary() -> None:
    gone = fooled_at(11).provoked("itself again", at=15).closed(at=20)

    with pytest.raises(CouldNotTest, match="did not come back"):
        gone.connection.outage("lost").stays_away(until=gone.provocation("itself again"))
