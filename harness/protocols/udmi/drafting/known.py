"""Points that are known before the device sends a message: from a retained config, or from a given profile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from harness.files.schema import problem
from harness.payload.values import JSON
from harness.protocols.udmi.drafting.device_description import MOST
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.codec import Codec
from harness.protocols.udmi.words.site_placement import SitePlacement


@dataclass(frozen=True, slots=True)
class Known:
    """`points`: names of points, to be asked for. `sources`: where they were found, in words."""

    points: tuple[str, ...] = ()
    wiring: SitePlacement = field(default_factory=SitePlacement)
    sources: tuple[str, ...] = ()

    def beside(self, other: "Known") -> "Known":
        """Both; where they differ, the other goes first."""
        wiring = SitePlacement(
            {**self.wiring.refs, **other.wiring.refs},
            other.wiring.localnet or self.wiring.localnet,
            other.wiring.gateway or self.wiring.gateway,
        )
        return Known(_each(self.points, other.points), wiring, (*self.sources, *other.sources))


def known_of_config(payload: bytes | None, codec: Codec) -> Known:
    """The points that a config lists, and how it has them wired; nothing where it lists none."""
    config = codec.decode_config(payload) if payload else None
    points = (config.pointset.points if config and config.pointset else None) or {}
    if config is None:
        return Known()
    refs = {name: point.ref for name, point in points.items() if isinstance(point.ref, str)}
    wiring = SitePlacement(refs, _fitting("localnet", config.localnet), _fitting("gateway", config.gateway))
    return Known(_each(points), wiring, ("the config that lay there",) if points else ())


def _fitting(name: str, block: Mapping[str, JSON]) -> Mapping[str, JSON]:
    """The block, if a profile can hold it; whoever sent that config may not have kept the schema."""
    return {} if problem({"id": "x", name: dict(block)}, "udmi/schemas/profile") else block


def known_of_profile(profile: Profile | None) -> Known:
    """The points that a profile declares, and how it has them wired."""
    if profile is None:
        return Known()
    return Known(_each(profile.points), profile.wiring, ("--profile",) if profile.points else ())


def _each(*names: Iterable[str]) -> tuple[str, ...]:
    every = dict.fromkeys(name for some in names for name in some)
    return tuple(islice(every, MOST))
