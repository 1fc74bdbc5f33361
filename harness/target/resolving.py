"""From what the operator types to a target or a recording."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from harness.errors import UsageError
from harness.offers import offers
from harness.record.kinds import Record, began_in
from harness.record.trace import read_trace
from harness.suggest import hinted
from harness.target.shape import problem_of
from harness.target.target import Target, TargetOptions, Varied


@dataclass(frozen=True, slots=True)
class Recording:
    """A device of the past."""

    records: Sequence[Record]

    @property
    def spec(self) -> str:
        """The spec that was spoken."""
        return began_in(self.records).spec


def resolve(option: str, options: TargetOptions | None = None, typed_as: str = "--device") -> Target | Recording:
    """`trace:PATH`, or what an entry point offers. Raises UsageError, which names the option `typed_as`.

    An entry point of the group `setpoint.targets` is called with what stands behind its scheme, and with the options;
    one that is of no use is named, with its package and what is amiss.
    """
    scheme, _, rest = option.partition(":")
    known = offers("setpoint.targets")
    scheme = scheme if scheme in known else scheme.lower()  # schemes of URLs are the same in capitals, RFC 3986
    if scheme == "trace":
        return Recording(read_trace(Path(rest)))
    if scheme not in known:
        raise UsageError(f"{typed_as} is {option!r}; expected trace:PATH or one of {', '.join(sorted(known))}")
    offer, options = known[scheme], options or TargetOptions()
    make = offer.load()
    if not callable(make):
        raise offer.unusable(f"is no factory: it cannot be called, as it is {make!r}")
    target: object = offer.fares(f"does not take {rest!r} and what else was given", lambda: make(rest, options))
    if (problem := offer.fares("cannot be looked at", lambda: problem_of(target))) is not None:
        raise offer.unusable(f"makes no target: {problem}")
    return cast("Target", target)


def variants_of(target: Target | Recording) -> Sequence[str]:
    """The names of all in which it can be driven; none where it cannot be changed."""
    return [known.id for known in target.variants] if isinstance(target, Varied) else []


def varied(target: Target, variant: str) -> Target:
    """The target's variant. Raises UsageError, with the nearest known, where it has none of that name."""
    known = variants_of(target)
    if isinstance(target, Varied) and variant in known:
        return target.varied(variant)
    raise no_variant(variant, {target.name: known})


def no_variant(name: str, known: Mapping[str, Sequence[str]]) -> UsageError:
    """For the operator, with the nearest of all: no target has the variant. `known`: their variants, by target."""
    every = [variant for variants in known.values() for variant in variants]
    such = f"{next(iter(known))} has no variant" if len(known) == 1 else "no simulated device has the variant"
    return UsageError(hinted(f"{such} {name!r}", name, every, otherwise=f"there are {len(every)}"))
