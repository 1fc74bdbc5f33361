"""The config says which points are reported. Pointset, config."""

from harness.protocols.udmi.suite import Episode, covers, given, within
from suites.udmi.limits import Limits
from suites.udmi.scenarios.pointsets import NOBODY


@covers("pointset.configured-points-are-reported")
def test_state_lists_the_few_points_of_the_config(listed_points: Episode, limits: Limits) -> None:
    listed_points.point_list("few").is_kept_by_states(within(limits.in_time))


@covers("pointset.configured-points-are-reported")
def test_telemetry_shows_the_few_points_of_the_config(listed_points: Episode, limits: Limits) -> None:
    listed_points.point_list("few").is_kept_by_telemetry(within(limits.in_time))


@covers("pointset.other-points-are-dropped")
def test_state_lists_no_other_points(listed_points: Episode, limits: Limits) -> None:
    listed_points.point_list("few").bounds_states(within(limits.in_time))


@covers("pointset.other-points-are-dropped")
def test_telemetry_shows_no_other_points(listed_points: Episode, limits: Limits) -> None:
    listed_points.point_list("few").bounds_telemetry(within(limits.in_time))


@covers("pointset.unknown-point-has-an-error")
def test_unknown_point_has_a_status_of_an_error(listed_points: Episode, limits: Limits) -> None:
    listed_points.point_list("one too many").finds(NOBODY, within(limits.in_time))


@covers("pointset.unknown-point-is-invalid")
def test_status_of_an_unknown_point_is_of_the_category_invalid(listed_points: Episode, limits: Limits) -> None:
    with given("it has a status of an error"):
        report = listed_points.point_list("one too many").finds(NOBODY, within(limits.in_time))

    report.has_category("pointset.point.invalid")


@covers("pointset.unknown-point-is-invalid")
def test_status_of_an_unknown_point_is_of_level_500(listed_points: Episode, limits: Limits) -> None:
    with given("it has a status of an error"):
        report = listed_points.point_list("one too many").finds(NOBODY, within(limits.in_time))

    report.has_level(500)


@covers("pointset.unknown-point-is-not-shown")
def test_unknown_point_is_not_in_telemetry(listed_points: Episode) -> None:
    listed_points.point_list("one too many").is_not_shown(NOBODY)


@covers("pointset.unknown-point-is-forgotten")
def test_unknown_point_is_gone_once_it_is_no_longer_listed(listed_points: Episode, limits: Limits) -> None:
    with given("it was reported"):
        listed_points.point_list("one too many").finds(NOBODY, within(limits.in_time))

    listed_points.point_list("all again").forgets(NOBODY, within(limits.in_time))


@covers("pointset.dropped-point-comes-back")
def test_dropped_points_are_in_the_state_again(listed_points: Episode, limits: Limits) -> None:
    listed_points.includes("dropped")
    with given("they were dropped"):
        listed_points.point_list("few").dropped(within(limits.in_time))

    listed_points.point_list("all again").is_kept_by_states(within(limits.in_time))


@covers("pointset.dropped-point-comes-back")
def test_dropped_points_are_in_telemetry_again(listed_points: Episode, limits: Limits) -> None:
    listed_points.includes("dropped")
    with given("they were dropped"):
        listed_points.point_list("few").dropped(within(limits.in_time))

    listed_points.point_list("all again").is_kept_by_telemetry(within(limits.in_time))


@covers("pointset.device-decides-without-a-list")
def test_telemetry_goes_on_without_a_list_of_points(listed_points: Episode) -> None:
    listed_points.pace("no list").goes_on()


@covers("pointset.device-decides-without-a-list")
def test_telemetry_goes_on_without_a_pointset(open_rates: Episode) -> None:
    open_rates.pace("no pointset").goes_on()
