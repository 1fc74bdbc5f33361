"""Configs and states side by side: which config a state speaks of, and what was in force when it was said.

Only where messages take no time, and the device hears a config before anything that is recorded after it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved
from harness.payload.values import Value
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.words.device_events import NAMES, Restart
from harness.protocols.udmi.words.messages import Config, State, Telemetry
from harness.record.kinds import Provoked, Sent

TELLS_WITHIN = 2.0  # seconds after which a device that has been left alone has told all there is to tell


@dataclass(frozen=True)
class Order:
    """A config that reached the device, and until when it was the latest (place and time).

    `ahead`: seconds by which the device's clock is, which its expiry goes by.
    """

    place: int
    time: float
    config: Config
    is_first: bool  # of its timestamp: what is delivered again is no new config
    end: int
    end_time: float
    ahead: float = 0.0

    @property
    def stamp(self) -> float | None:
        """Its timestamp; None where it is no config at all."""
        stamp = self.config.timestamp
        return stamp if isinstance(stamp, int | float) else None

    @property
    def expiry(self) -> float | None:
        """When its writes end, in Unix seconds by our clock."""
        expiry = self.config.pointset.set_value_expiry if self.config.pointset else None
        return expiry - self.ahead if isinstance(expiry, int | float) else None

    @property
    def is_late(self) -> bool:
        """Whether its writes' time was up when it came; then it changes nothing."""
        if self.expiry is None or self.stamp is None:
            return False
        return self.stamp < self.expiry + self.ahead and self.expiry <= self.time

    @property
    def is_sound(self) -> bool:
        """Whether its writes have an expiry that lies ahead."""
        return self.expiry is not None and self.expiry > self.time

    @property
    def values(self) -> Mapping[str, Value]:
        """The values that it sets."""
        points = (self.config.pointset.points if self.config.pointset else None) or {}
        return {n: p.set_value for n, p in points.items() if isinstance(p.set_value, bool | int | float | str)}


@dataclass(frozen=True)
class Course:
    """The whole of a sequence. Every verb of the invariants walks along it."""

    history: History
    evidence: Evidence = field(default_factory=Evidence)

    @cached_property
    def orders(self) -> list[Order]:
        """Every config that is one, in order."""
        sent = [
            (place, record.time, config)
            for place, record in self.history.placed()
            if isinstance(record, Sent) and isinstance((config := self.history.configs[place]).timestamp, int | float)
        ]
        ends = [*((place, time) for place, time, _ in sent[1:]), (self.history.end, self.history.closed.time)]
        stamps, ahead = [config.timestamp for _, _, config in sent], self.history.skew.ahead
        return [
            Order(place, time, config, stamps.index(config.timestamp) == number, *ends[number], ahead)
            for number, (place, time, config) in enumerate(sent)
        ]

    def latest(self, place: int) -> Order | None:
        """The config that had come last by then."""
        return next((order for order in reversed(self.orders) if order.place < place), None)

    def answered(self) -> Iterator[tuple[Heard[State], Order]]:
        """Every state that names the config which had come last, and that config."""
        for heard in self.history.states:
            order = self.latest(heard.place)
            if order and heard.message.last_config == order.stamp and heard.message.pointset:
                yield heard, order

    def undisturbed(self, heard: Heard[State]) -> Iterator[Heard[Telemetry]]:
        """The telemetry that follows a state before anything else happens, or is said."""
        events = [place for place, record in self.history.placed() if isinstance(record, Sent | Provoked)]
        limit = min((place for place in (*events, *self._places) if place > heard.place), default=self.history.end)
        return (told for told in self.history.telemetry if heard.place < told.place < limit)

    def is_idle(self, before: Heard[State], later: Heard[State]) -> bool:
        """Whether between two states nothing was provoked, nothing was written, and no write ended."""
        between = [record for place, record in self.history.placed() if before.place < place < later.place]
        orders = [self.latest(before.place), *(o for o in self.orders if before.place < o.place < later.place)]
        written = any(order and order.values for order in orders)
        return not written and not any(isinstance(record, Provoked) for record in between)

    def restarted(self, place: int, later: int) -> bool:
        """Whether the device started anew between two places, and came to the broker anew."""
        return any(place < at < later for at in self._restarts)

    def restarted_within(self, order: Order, seconds: float) -> bool:
        """Whether it did so soon after the config: what is retained then may be something else."""
        times = (self.history.record_at(at).time for at in self._restarts if at > order.place)
        return any(time <= order.time + seconds for time in times)

    def happened_to(self, point: str, place: int, later: int) -> bool:
        """Whether anything was provoked on the point between two places."""
        return any(
            isinstance(record, Provoked) and record.subject == point and place < at < later
            for at, record in self.history.placed()
        )

    def settled_etag(self, order: Order) -> object:
        """The device's own etag when the config came, where it had surely told of it; else None."""
        before = [heard for heard in self.history.states if heard.place < order.place and heard.message.pointset]
        events = [p for p, r in self.history.placed() if isinstance(r, Sent | Provoked) and p < order.place]
        told = before and before[-1].time <= order.time - TELLS_WITHIN
        alone = not events or self.history.record_at(events[-1]).time <= order.time - _NOTICED_AFTER
        return before[-1].message.etag if told and alone else None

    def breach(self, story: str, heard: Heard[State] | Heard[Telemetry], point: str | None = None) -> NotObserved:
        """The verdict to raise."""
        since = f" {heard.time - self.history.records[0].time:.3f} s into the sequence"
        return NotObserved(story + since + ".", EvidenceRef(heard.place, about=point))

    @cached_property
    def _restarts(self) -> list[int]:
        name = NAMES[Restart]
        placed = self.history.placed()
        return [place for place, record in placed if isinstance(record, Provoked) and record.name == name]

    @cached_property
    def _places(self) -> list[int]:
        return [heard.place for heard in self.history.states]


_NOTICED_AFTER = 5.0  # seconds in which a device has noticed what happened to it
