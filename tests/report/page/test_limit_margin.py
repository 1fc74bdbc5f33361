"""How near to its limit a figure came."""

import pytest

from harness.report.page.limit_margin import margin_of, tightest, words_of_margin
from harness.report.results import Measurement


def _figure(least: float, most: float, earliest: float | None, latest: float | None) -> Measurement:
    return Measurement("after", least, most, "as it should be", earliest, latest)


@pytest.mark.parametrize(
    ("figure", "kept"),
    [
        (_figure(2, 2, 0, 5), True),
        (_figure(5, 5, 0, 5), True),
        (_figure(5.1, 5.1, 0, 5), False),
        (_figure(54.9, 54.9, 55, 65), False),
        (_figure(4, 5.5, 0, 5), False),
        (_figure(1, 1, 1, None), True),
        (_figure(0.2, 0.2, 1, None), False),
        (_figure(9, 9, 1, None), True),
        (_figure(0, 0, 0, 0), True),
    ],
)
def test_bar_shows_what_is_allowed_and_whether_it_was_kept(figure: Measurement, *, kept: bool) -> None:
    margin = margin_of(figure)

    assert margin is not None
    assert margin.kept is kept
    assert 0 <= margin.allowed[0] <= margin.allowed[1] <= 1
    assert 0 <= margin.measured[0] <= margin.measured[1] <= 1


def test_figure_without_limits_has_no_bar() -> None:
    assert margin_of(_figure(2, 2, None, None)) is None


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (_figure(2, 2, 0, 5), "2 s of 5 s"),
        (_figure(0.4, 1.4, 0, 5), "1.4 s of 5 s"),
        (_figure(4.4, 5.4, 0, 5), "4.4 to 5.4 s, of which 1 s may be the network's, of 5 s"),
        (_figure(60, 60, 55, 65), "60 s; required as it should be"),
        (_figure(1, 1, 1, None), "1 s; required as it should be"),
        (_figure(1, 1, None, None), "1 s; required as it should be"),
    ],
)
def test_figure_is_told_with_its_limit(figure: Measurement, words: str) -> None:
    assert words_of_margin(figure) == words


def test_tightest_figure_is_the_nearest_to_a_limit() -> None:
    figures = [_figure(1, 1, 0, 5), _figure(18, 18, 0, 20), _figure(60, 60, 55, 65), _figure(1, 1, None, None)]

    assert tightest(figures) == figures[1]
    assert tightest([*figures, _figure(54, 54, 55, 65)]) == _figure(54, 54, 55, 65)
    assert tightest([]) is None
