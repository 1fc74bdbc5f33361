"""Windows admit what surely lies inside, refuse what surely lies outside, and leave open what lies astride."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.judging.timing.window import Elapsed, Window, at, within
from harness.protocols.udmi.judging.telemetry_window import before_telemetry_or

SECONDS = st.floats(0, 1000, allow_nan=False)


@pytest.mark.parametrize(
    ("elapsed", "admitted"),
    [
        (Elapsed(0, 0), True),
        (Elapsed(5, 5), True),
        (Elapsed(5.000001, 5.000001), False),
        (Elapsed(4, 5), True),
        (Elapsed(4, 5.000001), None),
        (Elapsed(5, 6), None),
        (Elapsed(5.000001, 6), False),
    ],
)
def test_deadline_is_kept_up_to_its_last_microsecond(elapsed: Elapsed, *, admitted: bool | None) -> None:
    assert within(5).admits(elapsed) is admitted


@pytest.mark.parametrize(
    ("elapsed", "admitted"),
    [
        (Elapsed(55, 55), True),
        (Elapsed(65, 65), True),
        (Elapsed(54.999999, 54.999999), False),
        (Elapsed(65.000001, 65.000001), False),
        (Elapsed(54, 55), None),
        (Elapsed(54, 54.999999), False),
        (Elapsed(50, 70), None),
    ],
)
def test_window_around_a_time_includes_both_its_ends(elapsed: Elapsed, *, admitted: bool | None) -> None:
    assert at(60, give_or_take=5).admits(elapsed) is admitted


@settings(derandomize=True, deadline=None, database=None)
@given(least=SECONDS, width=SECONDS, earliest=SECONDS, latest=SECONDS)
def test_what_is_admitted_or_refused_is_so_wherever_in_the_span_it_happened(
    least: float, width: float, earliest: float, latest: float
) -> None:
    window = Window(earliest, latest, "then")

    verdict = window.admits(Elapsed(least, least + width))

    ends = {window.admits(Elapsed(end, end)) for end in (least, least + width)}
    assert verdict is None or ends == {verdict}


def test_window_before_telemetry_is_closed_by_the_next_one() -> None:
    assert before_telemetry_or(5).until_next == "telemetry"


def test_other_windows_do_not_care_for_telemetry() -> None:
    assert not within(5).until_next


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (within(5), "within 5 s"),
        (at(60, give_or_take=5), "at 60 s, give or take 5"),
        (before_telemetry_or(5), "within 5 s and before the next telemetry"),
    ],
)
def test_window_says_what_it_asks(window: Window, words: str) -> None:
    assert str(window) == words


@pytest.mark.parametrize(
    ("elapsed", "words"),
    [(Elapsed(2, 2), "2.0 s"), (Elapsed(2, 2.04), "2.0 s"), (Elapsed(2, 3.5), "2.0 to 3.5 s")],
)
def test_elapsed_time_is_a_span_only_where_that_shows(elapsed: Elapsed, words: str) -> None:
    assert str(elapsed) == words
