"""The devices that a target can be made into: a list of them, and those among several targets that have given names."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from harness.errors import UsageError
from harness.target import Recording, Variant, Varied, resolve
from harness.target.resolving import no_variant


def variants_at(device: str) -> Sequence[Variant]:
    """The variants of the target. Raises UsageError where it cannot be driven broken."""
    target = resolve(device)
    if isinstance(target, Recording) or not isinstance(target, Varied):
        raise UsageError(f"{device} has no variants: it cannot be driven broken")
    return target.variants


def having(devices: Iterable[str], names: Collection[str]) -> Mapping[str, Sequence[str]]:
    """The names that each device has as variants, by device.

    Raises UsageError, with the nearest known, where no device has one of the names; and where a device has no variants.
    """
    known = {device: [variant.id for variant in variants_at(device)] for device in devices}
    for name in names:
        if not any(name in variants for variants in known.values()):
            raise no_variant(name, known)
    return {device: [name for name in names if name in variants] for device, variants in known.items()}


def listed(device: str) -> Iterator[str]:
    """The variants of one device, by their purposes. Raises UsageError where the target cannot be driven broken."""
    known = variants_at(device)
    groups: Sequence[tuple[str, list[Variant]]] = (
        ("Deviations, and the clause that each breaks:", [one for one in known if one.breaks]),
        ("Open clauses, and who shows their other side:", [one for one in known if one.shows]),
        ("Mute devices, which pass nothing:", [one for one in known if one.mute]),
        ("Quirks, which are odd, and conform:", [one for one in known if _is_quirk(one)]),
    )
    width = max((len(one.id) for one in known if one.breaks or one.shows), default=0)
    for number, (title, variants) in enumerate((title, variants) for title, variants in groups if variants):
        yield from ([""] if number else [])
        yield title
        yield from (f"  {one.id:<{width}}  {one.breaks or one.shows or ''}".rstrip() for one in variants)


def _is_quirk(variant: Variant) -> bool:
    return not (variant.breaks or variant.shows or variant.mute)
