"""The decisions of a device about its connection, each on its own, as those about its points are in `rules`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from harness.mqtt.connect_options import ConnectOptions

_LONGEST = 100.0  # seconds between two tries; UDMI allows two minutes
_MOST = 1000  # telemetries that are kept

CONNECT_OPTIONS = ConnectOptions(keep_alive=60)

Stored: TypeAlias = Sequence[bytes]


@dataclass(frozen=True, slots=True)
class DeliveryContext:
    """How a config came: because it is retained; after so many losses of the connection; after one had come twice.

    `up_for`: seconds since the connection came about.
    """

    retain: bool
    losses: int
    after_duplicate: bool
    up_for: float


def gap(tries: int, losses: int = 0) -> float | None:
    """Seconds to leave a broker alone after so many tries, and losses in all its life; None would be for ever.

    1, 2, 4 … 64, and then every 100.
    """
    del losses
    return min(2.0 ** min(tries, 10), _LONGEST)


@dataclass(frozen=True, slots=True)
class LinkRules:
    """The decisions of a device about its link. Spans are seconds.

    `steady_after`: how long a connection lasts that counts as one, so that the next gap is short again. `leaves_after`:
    how long one is kept; None: as long as it lasts. `stored`: what becomes of the telemetry that could not be sent,
    oldest first. `filters`: what it subscribes to, so that its configs come. `acknowledges_after`: how long until a
    config has its PUBACK, by how many came before it; None: it never has. `subscribes`: whether it does so, after so
    many losses since it was started. `ends_at`: whether the process ends at that config, so that its connection is lost
    until it is started anew. `topics`: on which a state or a telemetry goes out, by its own topic. `reads`: whether a
    message is for the machine, by the inbox and its own topic. `subscribes_after`: how long it is connected before.
    """

    connect_options: ConnectOptions = CONNECT_OPTIONS
    pings: bool = True
    gap: Callable[[int, int], float | None] = gap
    steady_after: float = 3.0
    leaves_after: float | None = None
    stored: Callable[[Stored], Stored] = lambda telemetry: telemetry[-_MOST:]
    heeds: Callable[[DeliveryContext], bool] = lambda _arrival: True
    filters: Callable[[str], tuple[str, ...]] = lambda config: (config,)
    acknowledges_after: Callable[[int], float | None] | None = None  # the client does it, at once
    subscribes: Callable[[int], bool] = lambda _losses: True
    subscribes_after: float = 0.0
    reads: Callable[[str, str], bool] = lambda inbox, topic: topic == inbox
    ends_at: Callable[[bytes], bool] = lambda _config: False
    topics: Callable[[str], Iterable[str]] = lambda topic: (topic,)


def listening_at(filters: tuple[str, ...], rules: LinkRules) -> LinkRules:
    """The rules of a device that asks for all of these, and reads all that comes, unless it is varied in that."""
    usual = LinkRules()
    return replace(
        rules,
        filters=(lambda _inbox: filters) if rules.filters is usual.filters else rules.filters,
        reads=(lambda _inbox, _topic: True) if rules.reads is usual.reads else rules.reads,
    )
