"""How a changed device is put down: its name, what that breaks or shows, and what was changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from harness.target import Variant
from simulator.link.network_conditions import Network, straight
from simulator.link.second_client import SecondClient
from simulator.replica.device.declared import DeviceFile
from simulator.replica.device.rules import KEPT, DeviceRules, RuleGroup, kept_but

Remake: TypeAlias = Callable[[DeviceFile], DeviceFile]


def as_it_is(file: DeviceFile) -> DeviceFile:
    """No other device."""
    return file


@dataclass(frozen=True, slots=True)
class DeviceVariation:
    """A variant, and the rules that make it one; or else the device that it is, its road to the broker, or its clock.

    `device` makes another of the one that is varied. `ahead`: seconds by which its clock is. `namesake`: somebody else
    on its broker, under its client id.
    """

    variant: Variant
    rules: DeviceRules = KEPT
    device: Remake = as_it_is
    network: Network = straight
    ahead: float = 0.0
    namesake: SecondClient | None = None


HEALTHY = DeviceVariation(Variant("healthy"))


def deviation(
    name: str,
    *changes: RuleGroup,
    breaks: str,
    implies: tuple[str, ...] = (),
    network: Network = straight,
    device: Remake = as_it_is,
) -> DeviceVariation:
    """A device that breaks the requirement, and cannot help breaking those that it implies."""
    return DeviceVariation(Variant(name, breaks=breaks, implies=implies), kept_but(*changes), device, network)


def other_side(name: str, *changes: RuleGroup, shows: str, implies: tuple[str, ...] = ()) -> DeviceVariation:
    """A device that does otherwise where the sources leave it open."""
    return DeviceVariation(Variant(name, shows=shows, implies=implies), kept_but(*changes))


def quirk(
    name: str,
    *changes: RuleGroup,
    device: Remake = as_it_is,
    network: Network = straight,
    ahead: float = 0.0,
    unless: str | None = None,
) -> DeviceVariation:
    """A device that is odd, and conforms; `unless`: where a spec has that clause, it does not."""
    return DeviceVariation(Variant(name, unless=unless), kept_but(*changes), device, network, ahead)


def mute(name: str, *changes: RuleGroup, keeps: tuple[str, ...] = ()) -> DeviceVariation:
    """A device that says nothing, or shows nothing: no judgement may pass but of what it `keeps`."""
    return DeviceVariation(Variant(name, mute=True, keeps=keeps), kept_but(*changes))
