"""Figures are told as people say them, and on the side of their limits on which they lie."""

import pytest

from harness.judging.verdicts.verdict import Verdict
from harness.report.figures import figure_words, measured_words, path_for_the_eye, seconds_for_the_eye, verdict_words
from harness.report.results import Measurement


def _figure(least: float, most: float, earliest: float | None, latest: float | None) -> Measurement:
    return Measurement("answered after", least, most, "as it should be", earliest, latest)


@pytest.mark.parametrize(
    ("seconds", "limits", "told"),
    [
        (4.5, (), "4.5"),
        (60.0, (), "60"),
        (4.523, (), "4.5"),
        (0.0, (), "0"),
        (0.04, (), "0.04"),
        (0.0004, (), "0"),
        (5.04, (5.0,), "5.04"),
        (4.96, (5.0,), "4.96"),
        (0.956, (1.0, None), "0.96"),
        (0.996, (1.0,), "0.996"),
        (5.0, (5.0,), "5"),
        (11.467, (0.0, 11.5), "11.47"),
    ],
)
def test_seconds_are_rounded_as_far_as_their_limits_let_them(
    seconds: float, limits: tuple[float | None, ...], told: str
) -> None:
    assert seconds_for_the_eye(seconds, *limits) == told


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (_figure(1.0, 1.0, 0, 5), "1 s"),
        (_figure(1.0, 2.0, 0, 5), "2 s"),
        (_figure(4.5, 5.5, 0, 5), "4.5 to 5.5 s, of which 1 s may be the network's"),
        (_figure(0.95, 1.05, 1, None), "0.95 to 1.05 s, of which 0.1 s may be the network's"),
        (_figure(0.956, 0.956, 1, None), "0.96 s, and the 0.04 s beyond the limit may be the network's"),
        (_figure(3, 3, None, None), "3 s"),
    ],
)
def test_share_of_the_network_is_told_where_it_decides(figure: Measurement, told: str) -> None:
    assert measured_words(figure, Verdict.PASS) == told


def test_figure_beyond_its_limit_that_was_not_let_pass_has_no_excuse() -> None:
    assert measured_words(_figure(7, 8, 0, 5), Verdict.FAIL) == "8 s"


def test_figure_of_an_open_clause_is_held_to_nothing() -> None:
    assert figure_words(_figure(20, 20, 55, 65), Verdict.OBSERVATION) == (
        "answered after 20 s; the text says as it should be"
    )


def test_what_has_no_field_was_not_reported() -> None:
    gone = Measurement("(absent) after", 0.0, 0.0, "within 5 s", 0, 5)

    assert figure_words(gone) == "not reported after 0 s; required within 5 s"
    assert path_for_the_eye(["     1.0 s  (absent)   <- here"]) == ["     1.0 s  not reported   <- here"]


def test_what_is_out_of_view_is_not_visible() -> None:
    assert verdict_words(Verdict.OUT_OF_VIEW) == "not visible"
    assert verdict_words(Verdict.COULD_NOT_TEST) == "could not test"
