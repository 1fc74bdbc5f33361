"""How a changed device is put down: its name, what that breaks or shows, and what was changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from harness.target import Variant
from simulator.link.network_conditions import Network, straight
from simulator.link.second_client import SecondClient

F = TypeVar("F")  # a device as it is read from its file
R = TypeVar("R")  # all of its rules
G = TypeVar("G")  # one group of them
G_contra = TypeVar("G_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)

HEALTHY_ID = "healthy"  # of the device that keeps every clause


def as_it_is(file: F) -> F:
    """No other device."""
    return file


@dataclass(frozen=True)  # without slots: a plug's alias of it can be called, which Python 3.11 does not let otherwise
class Variation(Generic[F, R]):
    """A variant, and the rules that make it one; or else the device that it is, its road to the broker, or its clock.

    `device` makes another of the one that is varied, and of its profile. `ahead`: seconds by which its clock is.
    `namesake`: somebody else on its broker, under its client id.
    """

    variant: Variant
    rules: R
    device: Callable[[F], F] = as_it_is
    network: Network = straight
    ahead: float = 0.0
    namesake: SecondClient | None = None


class KeptBut(Protocol[G_contra, R_co]):
    """Makes rules that keep every clause, but for these groups of decisions."""

    def __call__(self, *changes: G_contra) -> R_co:
        """The rules."""


@dataclass(frozen=True, slots=True)
class VariationMaker(Generic[F, R, G]):
    """Makes the variations of a plug's device. `kept_but`: the plug's own, which knows its groups."""

    kept_but: KeptBut[G, R]

    def healthy(self) -> Variation[F, R]:
        """The device that keeps every clause."""
        return Variation(Variant(HEALTHY_ID), self.kept_but())

    def deviation(
        self,
        name: str,
        *changes: G,
        breaks: str,
        implies: tuple[str, ...] = (),
        about: str | None = None,
        device: Callable[[F], F] = as_it_is,
        network: Network = straight,
        decided: bool = False,
    ) -> Variation[F, R]:
        """A device that breaks the requirement, and cannot help breaking those that it implies.

        `changes`: groups of decisions in which it is not like ours, one decision or two in each.
        `about`: another clause, without which it would break nothing. `decided`: nothing may be left undecided of it.
        """
        variant = Variant(name, breaks=breaks, implies=implies, about=about, decided=decided)
        return Variation(variant, self.kept_but(*changes), device, network)

    def other_side(
        self, name: str, *changes: G, shows: str, implies: tuple[str, ...] = (), about: str | None = None
    ) -> Variation[F, R]:
        """A device that does otherwise where the sources leave it open; `implies` and `about`: as above."""
        return Variation(Variant(name, shows=shows, implies=implies, about=about), self.kept_but(*changes))

    def quirk(
        self,
        name: str,
        *changes: G,
        device: Callable[[F], F] = as_it_is,
        network: Network = straight,
        ahead: float = 0.0,
        about: str | None = None,
        unless: str | None = None,
    ) -> Variation[F, R]:
        """A device that is odd, and conforms.

        `about`: where a spec does not have that clause, it may not; `unless`: where a spec does have it, it does not.
        """
        variant = Variant(name, about=about, unless=unless)
        return Variation(variant, self.kept_but(*changes), device, network, ahead)

    def mute(
        self,
        name: str,
        *changes: G,
        breaks: str | None = None,
        implies: tuple[str, ...] = (),
        keeps: tuple[str, ...] = (),
    ) -> Variation[F, R]:
        """A device that says nothing, or shows nothing: no judgement may pass but of what it `keeps`."""
        variant = Variant(name, mute=True, breaks=breaks, implies=implies, keeps=keeps)
        return Variation(variant, self.kept_but(*changes))

    def contested(self, name: str, namesake: SecondClient) -> Variation[F, R]:
        """A device that conforms, beside somebody else who goes by its client id."""
        return Variation(Variant(name, contested=True), self.kept_but(), namesake=namesake)
