"""Which variant of a machine is simulated: the one that keeps every clause, a deviation, or a quirk."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from harness.errors import UsageError
from harness.payload.values import JSON
from harness.suggest import hinted, nearest
from harness.target import Variant
from simulator.base.variation import HEALTHY_ID


class HasVariant(Protocol):
    """A plug's own description of a variant."""

    @property
    def variant(self) -> Variant:
        """Its id, and the clause that it breaks."""


V = TypeVar("V", bound=HasVariant)


def variation_of(deviation: str | None, quirk: str | None, *, among: Iterable[V], healthy: V) -> V:
    """The variation that the operator chose. Raises UsageError with the nearest id, or with the option of the id."""
    known = {variation.variant.id: variation for variation in among}
    if deviation is not None:
        return _found("deviation", deviation, known)
    if quirk is not None:
        return _found("quirk", quirk, known)
    return healthy


def lines_of_variants(among: Iterable[HasVariant]) -> Iterator[str]:
    """The ids that `--deviation` and `--quirk` take, in lines, each with the clause that it is about."""
    variants = [variation.variant for variation in among]
    width = max((len(one.id) for one in variants if one.breaks or one.shows), default=0)
    for option, about in (("deviation", "and the clause that each breaks"), ("quirk", "odd, and conforming")):
        yield from [""] if option == "quirk" else []
        yield f"--{option} ID, {about}:"
        for one in variants:
            if _kind(one) == option:
                yield f"  {one.id:<{width}}  {one.breaks or one.shows or ''}".rstrip()


def described(variant: Variant) -> dict[str, JSON]:
    """The variant as a page names it: its id, its kind, and what it does to a clause; a healthy device has no kind."""
    if variant.id == HEALTHY_ID:
        return {"id": variant.id, "kind": None, "fact": "keeps every clause"}
    return {"id": variant.id, "kind": _kind(variant), "fact": _fact(variant)}


def _found(kind: str, name: str, known: dict[str, V]) -> V:
    if name not in known:
        alike = [other for other in known if _kind(known[other].variant) == kind]
        candidates = alike if nearest(name, alike) else known
        such = f"there are {len(alike)}, such as {alike[0]!r}" if alike else "there is none"
        raise UsageError(hinted(f"unknown {kind} {name!r}", name, candidates, otherwise=such))
    variant = known[name].variant
    if _kind(variant) != kind:
        raise UsageError(f"{name!r} is no {kind}: it {_fact(variant)}; write --{_kind(variant)} {name}")
    return known[name]


def _kind(variant: Variant) -> str:
    """A variant that takes another side of an open clause is a quirk: it conforms."""
    return "deviation" if variant.breaks or variant.mute else "quirk"


def _fact(variant: Variant) -> str:
    if variant.breaks:
        return f"breaks {variant.breaks}"
    return "says nothing, or shows nothing" if variant.mute else "breaks no clause"
