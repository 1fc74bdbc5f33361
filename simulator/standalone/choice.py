"""Which device is simulated: one that keeps every clause, or what the operator chose to be broken or odd."""

from difflib import get_close_matches

from harness.errors import UsageError
from simulator.variations import VARIATIONS
from simulator.variations.variation import HEALTHY, Variation


def variation_of(deviation: str | None, quirk: str | None) -> Variation:
    """Raises UsageError with the nearest id, or with the option that the id belongs to."""
    if deviation is not None:
        return _found("deviation", deviation)
    if quirk is not None:
        return _found("quirk", quirk)
    return HEALTHY


def _found(kind: str, name: str) -> Variation:
    known = {variation.variant.id: variation for variation in VARIATIONS}
    if name not in known:
        alike = [other for other in known if _kind(known[other]) == kind]
        nearest = get_close_matches(name, alike, n=1) or get_close_matches(name, known, n=1)
        hint = f"did you mean {nearest[0]!r}?" if nearest else f"there are {len(alike)}, such as {alike[0]!r}"
        raise UsageError(f"unknown {kind} {name!r}; {hint}")
    found = known[name]
    if _kind(found) != kind:
        raise UsageError(f"{name!r} is no {kind}: it {_fact(found)}; write --{_kind(found)} {name}")
    return found


def _kind(variation: Variation) -> str:
    """Who takes another side of an open clause is odd, and conforms."""
    variant = variation.variant
    return "deviation" if variant.breaks or variant.mute else "quirk"


def _fact(variation: Variation) -> str:
    variant = variation.variant
    if variant.breaks:
        return f"breaks {variant.breaks}"
    return "says nothing, or shows nothing" if variant.mute else "breaks no clause"
