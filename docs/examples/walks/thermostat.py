"""A small UDMI device, as a firmware engineer's first draft may be: one point that can be written, by paho.

python thermostat.py PORT [--heeds-etags]

It forgets to look at the `state_etag` of a config, unless it is told to.
"""

import json
import sys
import time
from datetime import UTC, datetime
from queue import Empty, Queue
from typing import Any

import paho.mqtt.client as mqtt

ID, POINT = "THERMOSTAT-1", "setpoint"
COLDEST, WARMEST = 5, 30  # degrees that it can heat to
SETTLES = 1.0  # seconds that it keeps between two states, as UDMI asks for
TOPIC = f"/devices/{ID}"


def stamp() -> str:
    """The present, as UDMI writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Thermostat:
    """The last config counts; without a `set_value` in it, the room's own setpoint does."""

    def __init__(self, *, heeds_etags: bool) -> None:
        self.heeds_etags = heeds_etags
        self.own, self.written, self.value_state = 20.0, None, None
        self.etag, self.last_config, self.rate = 0, None, 10.0

    def take(self, config: dict[str, Any]) -> None:
        """Take up a config."""
        pointset = config.get("pointset", {})
        self.rate = pointset.get("sample_rate_sec", 10.0)
        self.last_config = config["timestamp"]
        wanted = pointset.get("points", {}).get(POINT, {}).get("set_value")
        is_stale = self.heeds_etags and pointset.get("state_etag") not in (None, str(self.etag))
        if wanted is None:
            self.write(None, None)
        elif is_stale or not isinstance(wanted, float | int) or not COLDEST <= wanted <= WARMEST:
            self.write(None, "invalid")
        else:
            self.write(wanted, "applied")

    def write(self, value: float | None, value_state: str | None) -> None:
        """Each change of what is written makes another etag."""
        self.etag += (value, value_state) != (self.written, self.value_state)
        self.written, self.value_state = value, value_state

    @property
    def state(self) -> dict[str, Any]:
        """A state message."""
        shown: dict[str, Any] = {"units": "Degrees-Celsius"}
        if self.value_state:
            shown["value_state"] = self.value_state
        if self.value_state == "invalid":
            status = {"message": "Not taken", "category": "pointset.point.invalid", "level": 500, "timestamp": stamp()}
            shown["status"] = status
        system = {
            "last_config": self.last_config,
            "serial_no": "T-0001",
            "hardware": {"make": "Acme", "model": "Thermostat"},
            "software": {"firmware": "0.1"},
            "operation": {"operational": True, "mode": "active"},
        }
        pointset = {"state_etag": str(self.etag), "points": {POINT: shown}}
        return {"version": "1.5.2", "timestamp": stamp(), "system": system, "pointset": pointset}

    @property
    def telemetry(self) -> dict[str, Any]:
        """A telemetry message."""
        value = self.own if self.written is None else self.written
        return {"version": "1.5.2", "timestamp": stamp(), "points": {POINT: {"present_value": value}}}


def main(port: int, *, heeds_etags: bool) -> None:
    """For ever."""
    thermostat, configs = Thermostat(heeds_etags=heeds_etags), Queue[bytes]()
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, ID)
    client.on_connect = lambda client, *_: client.subscribe(f"{TOPIC}/config", 1)
    client.on_message = lambda _client, _data, message: configs.put(message.payload)
    client.connect("127.0.0.1", port)
    client.loop_start()
    sampled = 0.0
    while True:
        try:
            thermostat.take(json.loads(configs.get(timeout=0.2)))
            client.publish(f"{TOPIC}/state", json.dumps(thermostat.state), 1)
            time.sleep(SETTLES)
        except Empty:
            pass
        if time.monotonic() >= sampled + thermostat.rate:
            sampled = time.monotonic()
            client.publish(f"{TOPIC}/events/pointset", json.dumps(thermostat.telemetry), 1)


if __name__ == "__main__":
    main(int(sys.argv[1]), heeds_etags="--heeds-etags" in sys.argv)
