"""The fittings of a lamp: its values, which of them it takes, and what it counts. Nested, as they are reported."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

Values = dict[str, Any]


def _number(least: float, most: float) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


_TAKES: Mapping[str, Callable[[object], bool]] = {
    "power": lambda value: isinstance(value, bool),
    "brightness": _number(0, 100),
    "color.hue": _number(0, 359),
    "color.saturation": _number(0, 1),
    "mode": lambda value: value in ("candle", "scene", "plain"),
    "scenes": lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
}
_FROM_THE_FACTORY: Values = {
    "power": False,
    "brightness": 20,
    "color.hue": 60,
    "color.saturation": 0.5,
    "mode": "plain",
    "scenes": [],
    "temperature": 22.5,
    "switched": 0,
}


class Fittings:
    """`memory`: the file that outlives the power. Values go by paths such as `color.hue`."""

    def __init__(self, memory: Path) -> None:
        self._memory = memory
        self.values: Values = json.loads(memory.read_text("utf-8")) if memory.exists() else dict(_FROM_THE_FACTORY)

    def takes(self, path: str, value: object) -> bool:
        """Whether that may be desired."""
        return path in _TAKES and _TAKES[path](value)

    def set(self, path: str, value: object) -> set[str]:
        """Do it, and tell the paths that changed: the switch counts how often it was moved."""
        self.values[path] = value
        self.values["switched"] += path == "power"
        beside = self._memory.with_suffix(".new")
        beside.write_text(json.dumps(self.values), "utf-8")
        beside.replace(self._memory)
        return {path, "switched"} if path == "power" else {path}

    def told(self, paths: list[str] | None = None) -> Values:
        """The values of these, or of all, as objects in objects."""
        content: Values = {}
        for path in self.values if paths is None else paths:
            outer, _, inner = path.rpartition(".")
            place = content.setdefault(outer, {}) if outer else content
            place[inner] = self.values[path]
        return content


def spread(content: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that is no object, by its path."""
    for name, value in content.items():
        if isinstance(value, dict):
            yield from spread(value, f"{within}{name}.")
        else:
            yield f"{within}{name}", value
