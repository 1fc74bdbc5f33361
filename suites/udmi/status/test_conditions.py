"""Statuses wherever they stand: their times, levels and places. Entries; categories; status message."""

from harness.protocols.udmi.suite import Episode, across, covers
from suites.udmi.categories import NORMAL_LEVELS


@covers("status.timestamp-is-of-its-condition")
@across("many_points", "listed_points")
def test_status_has_the_time_of_its_condition(episode: Episode) -> None:
    episode.status_entries.are_of_their_time()


@covers("status.level-fits-category")
@across("many_points", "listed_points", "stale_write")
def test_every_level_is_the_normal_one_of_its_category(episode: Episode) -> None:
    episode.status_entries.have_normal_levels(NORMAL_LEVELS)


@covers("status.level-has-a-name")
def test_every_level_is_one_that_has_a_name(many_points: Episode) -> None:
    many_points.status_entries.have_round_levels()


@covers("status.stands-where-it-belongs")
def test_every_status_stands_where_it_belongs(many_points: Episode) -> None:
    many_points.status_entries.stand_where_they_belong()


@covers("status.nothing-wrong-in-normal-running")
def test_device_that_is_left_alone_has_nothing_wrong(idle_configs: Episode) -> None:
    idle_configs.status_entries.leave_the_device_well()


@covers("status.system-sums-up")
def test_status_of_the_device_sums_up_those_of_its_points(many_points: Episode) -> None:
    many_points.status_entries.sum_up_at_the_device()
