"""Configs that say which points are reported, and in which units."""

from harness.suite import Cloud, Device, Listed, Reporting, State, Status, scenario
from suites.udmi.scenarios.waits import PATIENCE

__all__ = ["asked_units", "listed_points"]

NOBODY = "setpoint_knows_no_such_point"
_ERROR = 500
NO_UNITS = "Furlongs-per-fortnight"


@scenario(sample_rate=2)
async def listed_points(cloud: Cloud, device: Device) -> None:
    """A list of two points, or fewer than there are, then of all and one that no device has, then of all, then none."""
    every = device.names
    few = every[: max(1, min(2, len(every) - 1))]
    await cloud.until_telemetry(at_most=PATIENCE)

    await cloud.ask(Reporting(2, points=few), "few")
    await cloud.allow_state(lambda state: set(state.points) == set(few), "just these are listed", at_most=PATIENCE)
    await cloud.allow_reading(lambda told: set(told.readings) == set(few), "just these are shown", at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)

    await cloud.ask(Reporting(2, points=(*every, NOBODY)), "one too many")
    await cloud.allow_state(_finds_an_error, "the unknown point has an error", at_most=PATIENCE)
    await cloud.allow_telemetry(at_most=PATIENCE)

    await cloud.ask(Reporting(2), "all again")
    await cloud.allow_state(lambda state: set(state.points) == set(every), "just these are listed", at_most=PATIENCE)
    await cloud.allow_reading(lambda told: set(told.readings) == set(every), "all are shown", at_most=PATIENCE)
    await cloud.allow_telemetry(at_most=PATIENCE)

    await cloud.ask(Reporting(2, points=Listed.NONE), "no list")
    await cloud.allow_answer(at_most=PATIENCE)
    await cloud.allow_sampled(at_most=PATIENCE)
    await cloud.allow_sampled(at_most=PATIENCE)


@scenario(sample_rate=2)
async def asked_units(cloud: Cloud, device: Device) -> None:
    """Units that the point can be switched to, none, and units that nobody has ever heard of."""
    point, units, _ = device.convertible("writable")
    await cloud.until_telemetry(at_most=PATIENCE)

    await cloud.ask(Reporting(2, units={point.name: units}), "other units")
    await cloud.allow_units(point, units, at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)

    await cloud.ask(Reporting(2), "no units")
    await cloud.allow_units(point, point.units, at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)

    await cloud.ask(Reporting(2, units={point.name: NO_UNITS}), "unknown units")
    await cloud.allow_answer(at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)


def _finds_an_error(state: State) -> bool:
    status = state.point(NOBODY).status
    return isinstance(status, Status) and isinstance(status.level, int) and status.level >= _ERROR
