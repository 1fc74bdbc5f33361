"""How values are spelt, and when they are told. Pointset, telemetry."""

from harness.protocols.udmi.suite import Episode, across, covers


@covers("pointset.numbers-are-numbers")
@across("plain_write", "listed_points")
def test_numbers_are_not_in_quotes(episode: Episode) -> None:
    episode.values.are_no_quoted_numbers()


@covers("pointset.two-decimals")
def test_numbers_have_two_decimals_at_most(plain_write: Episode) -> None:
    plain_write.values.have_at_most_two_decimals()


@covers("pointset.state-before-telemetry")
def test_state_tells_of_a_write_before_telemetry_shows_it(write_before_telemetry: Episode) -> None:
    write_before_telemetry.write("late").is_reported_before_it_is_shown()
