"""How a site has a device wired, as every config of its cloud says it: UDMI 1.5, ref, localnet and gateway."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SitePlacement:
    """`refs`: by point, the resource inside the device that it stands for. `localnet`, `gateway`: blocks of the config.

    Empty where nothing is known, and then no config has them.
    """

    refs: Mapping[str, str] = field(default_factory=dict)
    localnet: Mapping[str, Any] = field(default_factory=dict)  # JSON; msgspec does not resolve the recursive alias
    gateway: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def declared(cls, raw: Mapping[str, Any]) -> "SitePlacement":
        """From a file's tables that were held against their schema."""
        refs = {name: point["ref"] for name, point in raw.get("points", {}).items() if "ref" in point}
        return cls(refs, raw.get("localnet", {}), raw.get("gateway", {}))
