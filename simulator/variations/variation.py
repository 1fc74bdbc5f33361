"""How a changed device is put down: its name, what that breaks or shows, and what was changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from harness.target import Variant
from simulator.device_file import DeviceFile
from simulator.road import Road, straight
from simulator.rules import KEPT, Rules

Remake: TypeAlias = Callable[[DeviceFile], DeviceFile]


def as_it_is(file: DeviceFile) -> DeviceFile:
    """No other device."""
    return file


@dataclass(frozen=True, slots=True)
class Variation:
    """A variant, and the rules that make it one; or else the device that it is, its road to the broker, or its clock.

    `device` makes another of the one that is varied, and of its profile. `ahead`: seconds by which its clock is.
    """

    variant: Variant
    rules: Rules = KEPT
    device: Remake = as_it_is
    road: Road = straight
    ahead: float = 0.0


HEALTHY = Variation(Variant("healthy"))


def deviation(
    name: str, rules: Rules, *, breaks: str, implies: tuple[str, ...] = (), about: str | None = None
) -> Variation:
    """A device that breaks the requirement, and cannot help breaking those that it implies.

    `about`: another clause, without which it would break nothing.
    """
    return Variation(Variant(name, breaks=breaks, implies=implies, about=about), rules)


def other_side(name: str, rules: Rules, *, shows: str, about: str | None = None) -> Variation:
    """A device that does otherwise where the sources leave it open; `about`: as above."""
    return Variation(Variant(name, shows=shows, about=about), rules)


def quirk(
    name: str,
    rules: Rules = KEPT,
    *,
    device: Remake = as_it_is,
    road: Road = straight,
    ahead: float = 0.0,
    about: str | None = None,
    unless: str | None = None,
) -> Variation:
    """A device that is odd, and conforms.

    `about`: where a spec does not have that clause, it may not; `unless`: where a spec does have it, it does not.
    """
    return Variation(Variant(name, about=about, unless=unless), rules, device, road, ahead)
