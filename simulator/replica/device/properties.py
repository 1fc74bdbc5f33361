"""The properties of a device, and the values that each takes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from harness.payload.values import JSON

Values = Mapping[str, JSON]


@dataclass(frozen=True, slots=True)
class Property:
    """`name` is a path, its parts joined by dots: `color.hue` is `hue` in the object `color`.

    `admits`: whether it takes a value. `settles_after`: seconds until it has one that it takes. `is_read_only`: nobody
    sets it from outside. `counts`: the property whose executions it counts.
    """

    name: str
    base: JSON
    admits: Callable[[JSON], bool]
    settles_after: float = 0.0
    is_read_only: bool = False
    counts: str | None = None


def nested(values: Values) -> dict[str, JSON]:
    """Objects in objects, of values by their paths."""
    content: dict[str, JSON] = {}
    for name, value in values.items():
        *outer, last = name.split(".")
        place = content
        for part in outer:
            inner = place.setdefault(part, {})
            if not isinstance(inner, dict):
                inner = place[part] = {}
            place = inner
        place[last] = value
    return content


def flattened(content: Mapping[str, JSON], known: Iterable[str]) -> Iterator[tuple[str, JSON]]:
    """Values by their paths: of the properties that are known, and of whatever else there is."""
    names = set(known)
    waiting: list[tuple[str, JSON]] = [*content.items()][::-1]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict) and value and name not in names:
            waiting += [(f"{name}.{part}", inner) for part, inner in [*value.items()][::-1]]
        else:
            yield name, value


def is_same(one: JSON, other: JSON) -> bool:
    """As JSON has it: true is not 1."""
    return isinstance(one, bool) is isinstance(other, bool) and one == other
