"""Configs that say which points are reported, and in which units."""

from harness.protocols.udmi.suite import (
    Cloud,
    Device,
    Listed,
    Point,
    SamplingRequest,
    State,
    StatusLevel,
    Value,
    convertible,
    is_error,
    points_beside_listed,
    scenario,
    some_points,
)
from suites.udmi.limits import Limits

__all__ = ["asked_units", "listed_points"]

NOBODY = "setpoint_knows_no_such_point"
_ERROR = StatusLevel.ERROR  # UDMI 1.5, pointset: the level of the status of a point that the device does not know
NO_UNITS = "Furlongs-per-fortnight"


@scenario(sample_rate=2, takes=16, demands={"points": some_points(), "dropped": points_beside_listed("dropped")})
async def listed_points(cloud: Cloud, device: Device, limits: Limits) -> None:
    """A list of two points, or fewer than there are, then of all and one that no device has, then of all, then none."""
    every = device.names
    few = every[: max(1, min(2, len(every) - 1))]
    await cloud.until_telemetry(at_most=limits.patience)

    await cloud.ask(SamplingRequest(2, points=few), "few")
    await cloud.allow_state(
        lambda state: set(state.points) == set(few), "just these are listed", at_most=limits.patience
    )
    await cloud.allow_reading(
        lambda told: set(told.readings) == set(few), "just these are shown", at_most=limits.patience
    )
    await cloud.until_telemetry(at_most=limits.patience)

    await cloud.ask(SamplingRequest(2, points=(*every, NOBODY)), "one too many")
    await cloud.allow_state(_finds_an_error, "the unknown point has an error", at_most=limits.patience)
    await cloud.allow_telemetry(at_most=limits.patience)

    await cloud.ask(SamplingRequest(2), "all again")
    await cloud.allow_state(
        lambda state: set(state.points) == set(every), "just these are listed", at_most=limits.patience
    )
    await cloud.allow_reading(lambda told: set(told.readings) == set(every), "all are shown", at_most=limits.patience)
    await cloud.allow_telemetry(at_most=limits.patience)

    await cloud.ask(SamplingRequest(2, points=Listed.NONE), "no list")
    await cloud.allow_answer(at_most=limits.patience)
    await cloud.allow_sampled(at_most=limits.patience)
    await cloud.allow_sampled(at_most=limits.patience)


@scenario(sample_rate=2, takes=8, demands={"switched": convertible("writable")})
async def asked_units(cloud: Cloud, switched: tuple[Point, str, Value], limits: Limits) -> None:
    """Units that the point can be switched to, none, and units that nobody has ever heard of."""
    point, units, _ = switched
    await cloud.until_telemetry(at_most=limits.patience)

    await cloud.ask(SamplingRequest(2, units={point.name: units}), "other units")
    await cloud.allow_units(point, units, at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)

    await cloud.ask(SamplingRequest(2), "no units")
    await cloud.allow_units(point, point.units, at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)

    await cloud.ask(SamplingRequest(2, units={point.name: NO_UNITS}), "unknown units")
    await cloud.allow_answer(at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)


def _finds_an_error(state: State) -> bool:
    return is_error(state.point(NOBODY).status, least=_ERROR)
