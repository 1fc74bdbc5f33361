"""The config says in which units a point is reported. Pointset, config."""

from harness.protocols.udmi.suite import Episode, covers, within
from suites.udmi.limits import Limits


@covers("pointset.units-follow-config")
def test_state_names_the_units_that_were_asked_for(asked_units: Episode, limits: Limits) -> None:
    asked_units.units("other units").are_named(within(limits.in_time))


@covers("pointset.units-follow-config")
def test_telemetry_is_in_the_units_that_were_asked_for(asked_units: Episode) -> None:
    asked_units.units("other units").change_the_value()


@covers("pointset.unknown-units")
def test_units_that_nobody_knows_are_refused(asked_units: Episode) -> None:
    asked_units.units("unknown units").are_refused()
