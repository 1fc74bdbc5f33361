"""sample_rate_sec and sample_limit_sec: how often telemetry comes. Pointset, config."""

from harness.protocols.udmi.suite import Episode, covers
from suites.udmi.limits import Limits
from suites.udmi.scenarios.samples import LIMIT


@covers("telemetry.complete-every-rate")
def test_complete_telemetry_comes_at_its_rate(sampled_rates: Episode, limits: Limits) -> None:
    sampled_rates.pace("every 4 s").is_complete_every(4, give_or_take=limits.late_by)


@covers("telemetry.rate-comes-with-its-config")
def test_faster_rate_holds_at_once(sampled_rates: Episode, limits: Limits) -> None:
    sampled_rates.pace("every 2 s").is_complete_every(2, give_or_take=limits.late_by)


@covers("telemetry.keeps-its-limit")
def test_complete_telemetry_keeps_its_limit(sampled_rates: Episode) -> None:
    sampled_rates.pace("every 4 s").keeps_apart(2)


@covers("telemetry.keeps-its-limit")
def test_telemetry_of_a_point_that_moves_keeps_its_limit(moved_point: Episode) -> None:
    moved_point.pace("told of all").keeps_apart(LIMIT)


@covers("telemetry.complete-in-spite-of-parts")
def test_complete_telemetry_keeps_its_rate_while_a_point_moves(moved_point: Episode, limits: Limits) -> None:
    moved_point.pace("told of all").is_complete_every(10, give_or_take=limits.late_by)


@covers("telemetry.default-rate")
def test_complete_telemetry_comes_every_five_minutes_without_a_rate(open_rates: Episode, limits: Limits) -> None:
    open_rates.pace("no rate").is_complete_every(limits.default_rate, give_or_take=limits.late_by)


@covers("telemetry.rate-of-zero")
def test_complete_telemetry_comes_every_five_minutes_at_a_rate_of_zero(open_rates: Episode, limits: Limits) -> None:
    pace = open_rates.pace("rate of zero")

    pace.observes_its_rate()
    pace.is_complete_every(limits.default_rate, give_or_take=limits.late_by)


@covers("telemetry.rate-below-zero")
def test_no_telemetry_comes_at_a_rate_below_zero(sampled_rates: Episode) -> None:
    pace = sampled_rates.pace("never")

    pace.observes_its_rate()
    pace.is_silent()


@covers("telemetry.part-says-so")
def test_part_of_the_points_says_that_it_is_one(moved_point: Episode) -> None:
    moved_point.pace("told of all").flags_its_parts()
