"""How a changed device is put down: its name, what that breaks or shows, and the rules with one decision replaced."""

from dataclasses import dataclass

from harness.target import Variant
from simulator.rules import Rules


@dataclass(frozen=True, slots=True)
class Variation:
    """A variant, and the rules that make it one."""

    variant: Variant
    rules: Rules


def deviation(name: str, rules: Rules, *, breaks: str, implies: tuple[str, ...] = ()) -> Variation:
    """A device that breaks the requirement, and cannot help breaking those that it implies."""
    return Variation(Variant(name, breaks=breaks, implies=implies), rules)


def other_side(name: str, rules: Rules, *, shows: str) -> Variation:
    """A device that does otherwise where the sources leave it open."""
    return Variation(Variant(name, shows=shows), rules)


def quirk(name: str, rules: Rules) -> Variation:
    """A device that is odd, and conforms."""
    return Variation(Variant(name), rules)
