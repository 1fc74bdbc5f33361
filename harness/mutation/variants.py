"""Every device that a target can be made into, as `setpoint validity --list` tells it."""

from collections.abc import Iterator, Sequence

from harness.errors import UsageError
from harness.target import Variant, Varied, resolve


def listed(device: str) -> Iterator[str]:
    """By what they are for. Raises UsageError where the target cannot be driven broken."""
    target = resolve(device)
    if not isinstance(target, Varied):
        raise UsageError(f"{device} has no variants: it cannot be driven broken")
    groups: Sequence[tuple[str, list[Variant]]] = (
        ("Deviations, and the clause that each breaks:", [one for one in target.variants if one.breaks]),
        ("Open clauses, and who shows their other side:", [one for one in target.variants if one.shows]),
        ("Mute devices, which pass nothing:", [one for one in target.variants if one.mute]),
        ("Quirks, which are odd, and conform:", [one for one in target.variants if _is_quirk(one)]),
    )
    width = max((len(one.id) for one in target.variants if one.breaks or one.shows), default=0)
    for number, (title, variants) in enumerate((title, variants) for title, variants in groups if variants):
        yield from ([""] if number else [])
        yield title
        yield from (f"  {one.id:<{width}}  {one.breaks or one.shows or ''}".rstrip() for one in variants)


def _is_quirk(variant: Variant) -> bool:
    return not (variant.breaks or variant.shows or variant.mute)
