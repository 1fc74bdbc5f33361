"""How a client of ours presents itself to a broker, and what it does with what it is sent."""

from dataclasses import dataclass
from enum import IntEnum

from harness.mqtt.packets import Will


class ProtocolLevel(IntEnum):
    """The version of MQTT, as CONNECT numbers it."""

    MQTT_3_1 = 3
    MQTT_3_1_1 = 4


@dataclass(frozen=True, slots=True)
class ConnectOptions:
    """`keep_alive` in seconds; None: as it suits the clock. `verifies`: the server's certificate.

    `subscribes_at` and `publishes_at` are QoS; `acknowledges`: with a PUBACK what comes at QoS 1.
    """

    level: ProtocolLevel = ProtocolLevel.MQTT_3_1_1
    clean_session: bool = True
    keep_alive: int | None = None
    will: Will | None = None
    subscribes_at: int = 1
    publishes_at: int = 1
    acknowledges: bool = True
    verifies: bool = True
