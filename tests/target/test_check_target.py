"""The check that a vendor's own tests make of a target: it passes ours, and names what is amiss with others."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.target import (
    Clock,
    Endpoint,
    HostServices,
    Listener,
    Provocation,
    RunningTarget,
    Target,
    Variant,
    check_target,
    resolve,
)


class Hands:
    """Does nothing, well."""

    async def provoke(self, provocation: Provocation) -> None:
        """Done."""


@asynccontextmanager
async def brought_up(services: HostServices) -> AsyncIterator[RunningTarget]:
    """As it should be."""
    async with services.start_broker(Listener()) as endpoint:
        yield RunningTarget(endpoint, Hands())


@asynccontextmanager
async def yielding_nothing(_bench: HostServices) -> AsyncIterator[RunningTarget]:
    """A stand was forgotten."""
    yield cast("RunningTarget", None)


@asynccontextmanager
async def without_hands(services: HostServices) -> AsyncIterator[RunningTarget]:
    """A provoker was forgotten."""
    async with services.start_broker(Listener()) as endpoint:
        yield RunningTarget(endpoint, cast("Hands", None))


@asynccontextmanager
async def leaving_a_task(services: HostServices) -> AsyncIterator[RunningTarget]:
    """The task that was begun is not ended."""
    asyncio.get_running_loop().create_task(asyncio.sleep(3600), name="heating").add_done_callback(lambda _task: None)
    async with brought_up(services) as running:
        yield running


@asynccontextmanager
async def where_nobody_is(_bench: HostServices) -> AsyncIterator[RunningTarget]:
    """The broker is already gone."""
    yield RunningTarget(Endpoint("127.0.0.1", 1), Hands())


PROFILE = Profile("A-1", {"valve": Point("valve", PointKind.WRITABLE, good=(1.0, 2.0))})
LISTED = Profile("A-1", {"valve": Point("valve", PointKind.WRITABLE, good=cast("tuple[float, ...]", [1.0, 2.0]))})


@dataclass(frozen=True)
class Thermostat:
    """A target that is whole, unless something of it is replaced."""

    opens: Callable[[HostServices], AbstractAsyncContextManager[RunningTarget]] = brought_up
    name: str = "acme:1"
    clock: Clock = Clock.VIRTUAL
    profile: Profile = PROFILE

    def open(self, services: HostServices) -> AbstractAsyncContextManager[RunningTarget]:
        """As it was given."""
        return self.opens(services)


@dataclass(frozen=True)
class OddThermostat(Thermostat):
    """Also one with variants."""

    variants: Sequence[Variant] = (Variant("cold"),)
    becomes: object = field(default_factory=Thermostat)

    def varied(self, variant: str) -> Target:
        """As it was given."""
        assert variant == "cold"
        return cast("Target", self.becomes)


@pytest.mark.parametrize("option", ["sim"])
def test_targets_of_ours_are_fit(option: str) -> None:
    check_target(lambda: cast("Target", resolve(option)))


@pytest.mark.parametrize("target", [Thermostat(), OddThermostat()])
def test_target_of_a_vendor_is_fit(target: Target) -> None:
    check_target(lambda: target)


@pytest.mark.parametrize(
    ("target", "amiss"),
    [
        (Thermostat(name=""), "this is no target: its 'name' is empty"),
        (Thermostat(clock=cast("Clock", "virtual")), "this is no target: its 'clock' is 'virtual'; expected a Clock"),
        (replace(Thermostat(), opens=yielding_nothing), "its 'open' yields None; expected a RunningTarget"),
        (Thermostat(opens=without_hands), "its provoker has no coroutine 'provoke': None"),
        (Thermostat(opens=leaving_a_task), "it leaves tasks behind: heating"),
        (OddThermostat(variants=(Variant("cold"), Variant("cold"))), "two of its 'variants' are called 'cold'"),
        (
            OddThermostat(variants=cast("Sequence[Variant]", ("cold",))),
            "among its 'variants' is 'cold'; expected a Variant",
        ),
        (OddThermostat(becomes=None), "its variant 'cold' is no target: None has no 'name'"),
        (Thermostat(profile=LISTED), "does not survive being written"),
    ],
)
def test_target_that_is_unfit_is_told_what_is_amiss(target: Target, amiss: str) -> None:
    with pytest.raises(AssertionError) as unfit:
        check_target(lambda: target)

    assert amiss in str(unfit.value)


def test_target_whose_endpoint_nobody_answers_is_unfit() -> None:
    with pytest.raises(Exception, match="cannot be reached"):
        check_target(lambda: Thermostat(opens=where_nobody_is))


def test_target_that_comes_up_only_once_is_unfit() -> None:
    times: list[HostServices] = []

    @asynccontextmanager
    async def once(services: HostServices) -> AsyncIterator[RunningTarget]:
        assert not times, "the line is still open"
        times.append(services)
        async with brought_up(services) as running:
            yield running

    with pytest.raises(AssertionError, match="the line is still open"):
        check_target(lambda: Thermostat(opens=once))
