"""How a client of ours presents itself to a broker, and what it does with what it is sent."""

from dataclasses import dataclass
from enum import IntEnum

from harness.wire.seen import Will


class Level(IntEnum):
    """The version of MQTT, as CONNECT numbers it."""

    MQTT_3_1 = 3
    MQTT_3_1_1 = 4


@dataclass(frozen=True, slots=True)
class Greeting:
    """`keep_alive` in seconds; None: as it suits the clock. `verifies`: the server's certificate.

    `subscribes_at` and `publishes_at` are QoS; `acknowledges`: with a PUBACK what comes at QoS 1.
    """

    level: Level = Level.MQTT_3_1_1
    clean_session: bool = True
    keep_alive: int | None = None
    will: Will | None = None
    subscribes_at: int = 1
    publishes_at: int = 1
    acknowledges: bool = True
    verifies: bool = True
