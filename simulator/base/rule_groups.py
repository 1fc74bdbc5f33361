"""A device's decisions lie in groups, one of each kind: a variation puts another group in the place of one. Pure."""

from dataclasses import fields, replace
from typing import Any, TypeVar

R = TypeVar("R")


def with_groups(rules: R, *changes: object) -> R:
    """The rules, a dataclass of groups, with each of these in the place of the group of its kind.

    Raises ValueError for two of one kind, and for one of no kind that is among them.
    """
    kept: Any = rules
    names = {type(getattr(kept, each.name)): each.name for each in fields(kept)}
    if strange := [change for change in changes if type(change) not in names]:
        raise ValueError(f"{type(rules).__name__} has no group of the kind {type(strange[0]).__name__}")
    changed = {names[type(change)]: change for change in changes}
    if len(changed) < len(changes):
        raise ValueError("two groups of one kind: the second would undo the first")
    with_changes: R = replace(kept, **changed)
    return with_changes
