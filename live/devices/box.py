"""The messages of a box over MQTT: its states, telemetry, log entries and metrics, and their connection."""

import argparse
import hashlib
import json
import queue
import time
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from live.devices.points import Point, stamp

VERSION = "1.5.7"


class Box:
    """`gathers_for`: seconds that log entries are kept before they are sent."""

    point = Point
    gathers_for = 0.0
    manual_ack = False

    def __init__(self, options: argparse.Namespace) -> None:
        self.id, self.port = options.id, options.port
        self.inbox: queue.Queue[tuple[str, Any]] = queue.Queue()
        self.points = self.made_of()
        for name, point in self.points.items():
            point.name = name
        self.started = time.time()
        self.restart_count = self.count_start(options.data / f"{self.id}.json")
        self.mode = "initial"
        self.last_config: str | None = None
        self.system_status: dict[str, Any] | None = None
        self.unknown: dict[str, dict[str, Any]] = {}
        self.min_loglevel = 300
        self.entries: list[dict[str, Any]] = []
        self.event_no = 0
        self.dirty = True
        self.state_at = self.sample_at = self.gathering_since = 0.0
        self.sent: dict[str, Any] = {}
        self.client = self.connection()

    def made_of(self) -> dict[str, Point]:
        """The points, by name."""
        points = {
            "room_temperature_setpoint": self.point(20.0, "Degrees-Celsius", (5, 40)),
            "static_pressure_setpoint": self.point(250, "Pascals", (0, 1000)),
            "valve_position": self.point(0.0, "Percent", (0, 100), settles_in=8.0),
            "damper_position": self.point(0.0, "Percent", (0, 100), loose=True),
            "room_temperature": self.point(19.0, "Degrees-Celsius", writable=False),
            "fan_run_command": self.point(own=False),
            "pump_mode": self.point("auto"),
        }
        points["fan_run_command"].held = True
        points["pump_mode"].broken = True
        return points

    def count_start(self, flash: Path) -> int:
        """The first start counts."""
        count = 1 + (int(flash.read_text(encoding="utf-8")) if flash.exists() else 0)
        flash.write_text(str(count), encoding="utf-8")
        return count

    # MQTT

    def connection(self) -> mqtt.Client:
        """Not connected yet; once told to be, it goes on trying, at 1 s to 60 s."""
        client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=self.id, manual_ack=self.manual_ack)
        client.on_connect = self.on_connect
        client.on_message = self.on_message
        client.reconnect_delay_set(1, 60)
        return client

    def on_connect(self, client: mqtt.Client, _data: object, _flags: object, reason: Any, _more: object) -> None:  # noqa: ANN401 - paho's
        """Subscribe anew: the session is a clean one."""
        if not reason.is_failure:
            self.subscribe(client)
            self.inbox.put(("connected", None))

    def subscribe(self, client: mqtt.Client) -> None:
        """Ask for configs."""
        client.subscribe(f"/devices/{self.id}/config", qos=1)

    def on_message(self, client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        """Leave it to the thread that works; paho acknowledges it."""
        del client
        self.inbox.put(("config", message.payload))

    def publish(self, suffix: str, body: dict[str, Any]) -> mqtt.MQTTMessageInfo:
        """Send a message; while there is no connection paho keeps it."""
        message = {"timestamp": stamp(), "version": VERSION, **body}
        return self.client.publish(f"/devices/{self.id}/{suffix}", self.written(suffix, message), qos=1)

    def written(self, suffix: str, message: dict[str, Any]) -> str:
        """The message as text."""
        del suffix
        return json.dumps(message)

    # messages

    def log(self, category: str, level: int, message: str) -> dict[str, Any]:
        """Write an entry down, if the cloud wants entries of its level."""
        entry = {"message": message, "category": category, "timestamp": stamp(), "level": level}
        if level >= self.min_loglevel:
            if not self.entries:
                self.gathering_since = time.time()
            self.entries.append(entry)
        return entry

    def etag(self) -> str:
        """A hash of all that the points report, and of what was asked of them."""
        seen = {name: [point.state(), point.wanted] for name, point in self.points.items() if point.listed}
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]

    def last_start(self) -> str:
        """When this process began."""
        return stamp(self.started)

    def state(self) -> dict[str, Any]:
        """The state message."""
        operation = {"operational": True, "mode": self.mode, "last_start": self.last_start()}
        system: dict[str, Any] = {
            "hardware": {"make": "Boxworks", "model": "Air 7"},
            "software": {"firmware": "2.3.1"},
            "serial_no": "BX-0042",
            "operation": {**operation, "restart_count": self.restart_count},
        }
        if self.last_config:
            system["last_config"] = self.last_config
        if self.system_status:
            system["status"] = self.system_status
        return {"system": system, **self.pointset()}

    def pointset(self) -> dict[str, Any]:
        """The block of the points."""
        points = {name: point.state() for name, point in self.points.items() if point.listed}
        return {"pointset": {"state_etag": self.etag(), "points": {**points, **self.unknown}}}

    def present_values(self) -> dict[str, Any]:
        """The present value of every listed point."""
        return {name: point.shown() for name, point in self.points.items() if point.listed}

    def metrics(self) -> dict[str, Any]:
        """How the box is."""
        return {"mem_total_mb": 64.0, "mem_free_mb": 21.5}

    def send_state(self) -> mqtt.MQTTMessageInfo:
        """Say everything, and remember what was said."""
        self.dirty, self.state_at = False, time.time()
        for point in self.points.values():
            point.told_state = point.value_state
        return self.publish("state", self.state())

    def send_telemetry(self, values: dict[str, Any]) -> None:
        """All points, always."""
        self.sample_at, self.sent = time.time(), values
        self.publish("events/pointset", {"points": {name: {"present_value": value} for name, value in values.items()}})

    def send_entries(self) -> mqtt.MQTTMessageInfo:
        """All that is written down."""
        entries, self.entries = self.entries, []
        return self.send_event(logentries=entries)

    def send_event(self, **parts: object) -> mqtt.MQTTMessageInfo:
        """One event of the system."""
        self.event_no += 1
        return self.publish("events/system", {"event_no": self.event_no, **parts})
