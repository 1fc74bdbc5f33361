"""A bell, which speaks a protocol of its own: the least that a plug must bring for a simulated device."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from harness.machine.effects import Effect, Publish, Rejoin
from harness.mqtt.link import Delivery
from harness.provocations.provocation import CannotProvoke, Provocation
from simulator.base.linked_device import LinkedDevice
from simulator.base.rule_groups import with_groups
from simulator.base.target import SimulatedTarget
from simulator.base.variation import Variation, VariationMaker
from simulator.link.link_rules import LinkRules
from simulator.link.outbox import LinkTopics
from simulator.link.second_client import SecondClient


class BellEvent(StrEnum):
    """An event of a bell."""

    CONNECTED = "connected"
    RESTARTED = "restarted"
    PRESSED = "pressed"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Sounds:
    """One group of decisions: the sound that it makes."""

    sound: bytes = b"ding"


@dataclass(frozen=True, slots=True)
class BellRules:
    """All decisions of a bell."""

    sounds: Sounds = field(default_factory=Sounds)
    link: LinkRules = field(default_factory=LinkRules)


Group: TypeAlias = Sounds | LinkRules


def kept_but(*changes: Group) -> BellRules:
    """Every clause is kept, but for these."""
    return with_groups(BellRules(), *changes)


@dataclass(frozen=True)
class BellProfile:
    """As much as a target's profile must tell."""

    id: str = "BELL-1"
    network_allowance: float = 0.0

    @property
    def name_on_a_broker(self) -> str:
        """Its id."""
        return self.id

    @property
    def inbox(self) -> str:
        """The topic at which it is pressed."""
        return f"bells/{self.id}/press"

    @property
    def outboxes(self) -> tuple[str, ...]:
        """The topic at which it rings."""
        return (f"bells/{self.id}/ring",)

    @property
    def own_filters(self) -> tuple[str, ...]:
        """All of its topics."""
        return (f"bells/{self.id}/#",)

    def id_at(self, inbox: str) -> str | None:
        """No bell is asked whose inbox that is."""
        return self.id if inbox == self.inbox else None

    def as_dict(self) -> dict[str, Any]:
        """For the record."""
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> "BellProfile":
        """From the record."""
        return cls(**raw)


class Bell:
    """Rings for everything that happens to it."""

    def __init__(self, profile: BellProfile, rules: BellRules) -> None:
        self._profile, self._rules = profile, rules

    def receive(self, event: BellEvent, now: float) -> list[Effect]:
        """It rings, and says what for."""
        del now
        if event is BellEvent.RESTARTED:
            return [Rejoin()]
        return [Publish(self._profile.outboxes[0], self._rules.sounds.sound + b" " + event.encode())]

    def wake(self, now: float) -> list[Effect]:
        """It has no time of its own."""
        del now
        return []


BellVariation: TypeAlias = Variation[BellProfile, BellRules]
_MAKER: VariationMaker[BellProfile, BellRules, Group] = VariationMaker(kept_but)
HEALTHY = _MAKER.healthy()
TWIN = _MAKER.contested("has-a-twin", SecondClient((0.05,), stays=0.2))
VARIATIONS = (_MAKER.deviation("rings-otherwise", Sounds(b"dong"), breaks="bell.rings"), TWIN)


def linked(
    profile: BellProfile, variation: BellVariation, *, hears_of_the_first: bool = True
) -> LinkedDevice[BellEvent]:
    """The bell with its link."""
    return LinkedDevice(
        profile.id,
        Bell(profile, variation.rules),
        _read,
        BellEvent.CONNECTED,
        BellEvent.RESTARTED,
        LinkTopics(profile.inbox, "none", "none"),
        variation.rules.link,
        variation,
        hears_of_the_first=hears_of_the_first,
    )


def _read(delivery: Delivery) -> BellEvent | None:
    return BellEvent.PRESSED if delivery.payload == b"press" else None


@dataclass(frozen=True)
class BellTarget(SimulatedTarget[BellProfile, BellRules, BellEvent]):
    """A bell to test."""

    variation: BellVariation = HEALTHY
    hears_of_the_first: bool = True

    @property
    def profile(self) -> BellProfile:
        """Its file is its profile."""
        return self.file

    @property
    def variations(self) -> Sequence[BellVariation]:
        """All of them."""
        return VARIATIONS

    @property
    def device(self) -> LinkedDevice[BellEvent]:
        """The bell."""
        return linked(self.file, self.variation, hears_of_the_first=self.hears_of_the_first)

    def event_of(self, provocation: Provocation) -> BellEvent:
        """It can be asked, and restarted."""
        known = {"ask": BellEvent.ASKED, "restart": BellEvent.RESTARTED}
        if provocation.name not in known:
            raise CannotProvoke(provocation, "no bell does that")
        return known[provocation.name]
