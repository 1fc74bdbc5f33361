"""How a changed device is put down: its name, what that breaks or shows, and what was changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from harness.target import Variant
from simulator.link.network_conditions import Network, straight
from simulator.link.second_client import SecondClient
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.rules import KEPT, Group, Rules, kept_but

Remake: TypeAlias = Callable[[DeviceFile], DeviceFile]


def as_it_is(file: DeviceFile) -> DeviceFile:
    """No other device."""
    return file


@dataclass(frozen=True, slots=True)
class Variation:
    """A variant, and the rules that make it one; or else the device that it is, its road to the broker, or its clock.

    `device` makes another of the one that is varied, and of its profile. `ahead`: seconds by which its clock is.
    `namesake`: somebody else on its broker, under its client id.
    """

    variant: Variant
    rules: Rules = KEPT
    device: Remake = as_it_is
    network: Network = straight
    ahead: float = 0.0
    namesake: SecondClient | None = None


HEALTHY = Variation(Variant("healthy"))


def deviation(
    name: str,
    *changes: Group,
    breaks: str,
    implies: tuple[str, ...] = (),
    about: str | None = None,
    device: Remake = as_it_is,
    network: Network = straight,
    decided: bool = False,
) -> Variation:
    """A device that breaks the requirement, and cannot help breaking those that it implies.

    `changes`: groups of decisions in which it is not like ours, one decision or two in each.
    `about`: another clause, without which it would break nothing. `decided`: nothing may be left undecided of it.
    """
    variant = Variant(name, breaks=breaks, implies=implies, about=about, decided=decided)
    return Variation(variant, kept_but(*changes), device, network)


def other_side(name: str, *changes: Group, shows: str, about: str | None = None) -> Variation:
    """A device that does otherwise where the sources leave it open; `about`: as above."""
    return Variation(Variant(name, shows=shows, about=about), kept_but(*changes))


def quirk(
    name: str,
    *changes: Group,
    device: Remake = as_it_is,
    network: Network = straight,
    ahead: float = 0.0,
    about: str | None = None,
    unless: str | None = None,
) -> Variation:
    """A device that is odd, and conforms.

    `about`: where a spec does not have that clause, it may not; `unless`: where a spec does have it, it does not.
    """
    return Variation(Variant(name, about=about, unless=unless), kept_but(*changes), device, network, ahead)


def contested(name: str, namesake: SecondClient) -> Variation:
    """A device that conforms, beside somebody else who goes by its client id."""
    return Variation(Variant(name, contested=True), namesake=namesake)
