"""The nameplate of a device: maker, model, serial number, software, and network addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FAMILIES = ("ether", "ipv4", "ipv6")


@dataclass(frozen=True, slots=True)
class Nameplate:
    """The identity that a device is to report. A part that is None, or not listed, is not known here.

    `software`: versions by part, of as many parts as are known. `addresses`: by the network's family.
    """

    make: str | None = None
    model: str | None = None
    serial_no: str | None = None
    software: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def declared(cls, raw: Mapping[str, Any]) -> "Nameplate":
        """From a file's table that was held against its schema; what else stands there is not the nameplate's."""
        return cls(**{name: raw[name] for name in cls.__slots__ if raw.get(name) is not None})
