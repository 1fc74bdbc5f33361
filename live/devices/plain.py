"""A box with seven points behind MQTT, after UDMI 1.5. It conforms; the devices beside it each change one habit.

python -m live.devices.plain --id AHU-9 --port 1883 --service-port 8700 --data FOLDER
"""

import argparse
import json
import os
import queue
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from live.devices import console
from live.devices.box import Box
from live.devices.points import stamp

STATE_EVERY = 1.05  # seconds at least between two states


def moment(text: str) -> float:
    """Unix time of an RFC 3339 one. Raises ValueError."""
    return datetime.fromisoformat(text).timestamp()


def check_numbers(block: dict[str, Any], *names: str) -> None:
    """Raise ValueError where one of these is there, and no number."""
    for name in names:
        if not isinstance(block.get(name, 0), int | float):
            raise ValueError(f"{name} is no number")  # noqa: TRY004 - to its caller all of it is one kind of error


class Device(Box):
    """One thread works: it takes configs and the technician's actions from its inbox, and looks what is due."""

    def __init__(self, options: argparse.Namespace) -> None:
        super().__init__(options)
        self.service_port = options.service_port
        self.last_payload: bytes | None = None
        self.metrics_rate, self.metrics_at = 10.0, 0.0
        self.rate, self.limit = 300.0, 0.0
        self.expires: float | None = None

    # configs

    def on_config(self, payload: bytes) -> None:
        """Take up what the cloud wants; what cannot be worked on changes nothing but the system's status."""
        self.log("system.config.receive", 100, "Config received")
        self.dirty = True
        try:
            config = self.checked(json.loads(payload))
        except ValueError as error:
            message = f"Config cannot be worked on: {type(error).__name__}"
            self.system_status = self.log("system.config.parse", 500, message)
            return
        self.log("system.config.parse", 100, "Config parsed")
        self.system_status = None
        if not self.is_repeated(payload):
            self.last_payload = payload
            self.take(config)
        self.log("system.config.apply", 300, "Config applied")

    def is_repeated(self, payload: bytes) -> bool:
        """Whether that very config came already, as it does after every connect."""
        return payload == self.last_payload

    def checked(self, config: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever came
        """The config, if it has what it must have. Raises ValueError."""
        if not isinstance(config, dict) or not isinstance(config.get("version"), str):
            raise ValueError("no config, or one without version")  # noqa: TRY004 - likewise
        moment(str(config.get("timestamp")))
        for name in ("system", "pointset"):
            self.check_block(config, name)
        system, pointset = config.get("system") or {}, config.get("pointset") or {}
        check_numbers(system, "min_loglevel", "metrics_rate_sec")
        check_numbers(pointset, "sample_rate_sec", "sample_limit_sec")
        if pointset.get("set_value_expiry"):
            moment(str(pointset["set_value_expiry"]))
        self.check_block(pointset, "points")
        for name in pointset.get("points") or {}:
            self.check_block(pointset["points"], name)
        return config

    def check_block(self, block: dict[str, Any], name: str) -> None:
        """Raise ValueError where a block in it is none."""
        if not isinstance(block.get(name, {}), dict):
            raise ValueError(f"{name} is no block")  # noqa: TRY004 - likewise

    def take(self, config: dict[str, Any]) -> None:
        """Work on a good config."""
        system = config.get("system") or {}
        self.min_loglevel = system.get("min_loglevel", 300)
        self.metrics_rate = system.get("metrics_rate_sec", 10)
        self.take_pointset(config.get("pointset") or {}, moment(config["timestamp"]))
        self.last_config = config["timestamp"]
        wanted = (system.get("operation") or {}).get("mode")
        if wanted == "restart" and self.mode == "active":
            self.restart()
        elif wanted == "active":
            self.mode = "active"

    def take_pointset(self, pointset: dict[str, Any], at: float) -> None:
        """Rates, the list of points, and writes, which hold until they expire."""
        listed = pointset.get("points")
        wants = any("set_value" in entry for entry in (listed or {}).values())
        expires = moment(pointset["set_value_expiry"]) if pointset.get("set_value_expiry") else None
        if wants and expires is not None and at < expires <= time.time():
            return  # it was on its way for too long
        fault = self.objection(pointset, at, expires)
        self.rate = pointset.get("sample_rate_sec") or 300
        self.limit = pointset.get("sample_limit_sec") or 0
        self.expires = expires if wants and not fault else None
        for name, point in self.points.items():
            entry = {} if listed is None else listed.get(name)
            point.listed = entry is not None
            point.take(entry or {}, fault)
        strangers = [name for name in listed or {} if name not in self.points]
        self.unknown = {name: self.unknown.get(name) or self.stranger(name) for name in strangers}

    def objection(self, pointset: dict[str, Any], at: float, expires: float | None) -> str | None:
        """Why no write of this config counts, if so."""
        if pointset.get("state_etag") not in (None, self.etag()):
            return "was to be written for another state_etag"
        if expires is None or expires <= at:
            return "was to be written without a set_value_expiry that is to come"
        return None

    def stranger(self, name: str) -> dict[str, Any]:
        """The state of a point that there is not."""
        status = {"message": f"Point {name} is not known", "category": "pointset.point.invalid", "level": 500}
        return {"status": {**status, "timestamp": stamp()}}

    # the one thread

    def work(self) -> None:
        """Do what is due now."""
        now = time.time()
        if self.expires is not None and now >= self.expires:
            self.expires = None
            for point in self.points.values():
                point.write(None)
        news = [point.reconcile() for point in self.points.values()]
        self.dirty = self.dirty or any(news)
        if self.dirty and self.client.is_connected() and now >= self.state_at + STATE_EVERY:
            self.send_state()
        self.sample(now)
        if self.metrics_rate and now >= self.metrics_at + self.metrics_rate:
            self.metrics_at = now
            self.send_event(metrics=self.metrics())
        if self.entries and now >= self.gathering_since + self.gathers_for:
            self.send_entries()

    def sample(self, now: float) -> None:
        """Send telemetry, if it is time to, or something has moved far enough."""
        values = self.present_values()
        due = self.rate > 0 and (now >= self.sample_at + self.rate or self.has_moved(values))
        if due and now >= self.sample_at + self.limit:
            self.send_telemetry(values)

    def has_moved(self, values: dict[str, Any]) -> bool:
        """Whether a point moved by its cov_increment since it was last sent."""
        return any(
            point.increment is not None
            and isinstance(values.get(name), int | float)
            and isinstance(self.sent.get(name), int | float)
            and abs(values[name] - self.sent[name]) >= point.increment
            for name, point in self.points.items()
        )

    def restart(self) -> None:
        """Announce it, and start anew once that has been sent: nothing survives but the count in the flash."""
        self.mode = "restart"
        self.log("system.base.shutdown", 300, "Shutting down")
        time.sleep(max(0.0, self.state_at + STATE_EVERY - time.time()))
        if self.entries:
            self.send_entries().wait_for_publish(2)
        self.send_state().wait_for_publish(2)
        self.client.disconnect()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - itself

    def on_action(self, path: list[str], body: dict[str, Any]) -> None:
        """The technician's action."""
        _, name, action = path
        point = self.points[name]
        match action:
            case "override" | "release":
                point.held = action == "override"
            case "break" | "mend" if point.loose is None:
                point.broken = action == "break"
            case "break" | "mend":
                point.loose = action == "break"
            case "units":
                point.local_units, self.dirty = body["units"], True
            case "value":
                point.own = float(body["value"])

    def run(self) -> None:
        """For ever."""
        console.serve(self.service_port, lambda path, body: self.inbox.put(("action", (path, body))))
        self.log("system.base.start", 300, "Starting")
        self.log("system.base.ready", 300, "Ready")
        self.client.connect_async("127.0.0.1", self.port, keepalive=30)
        self.client.loop_start()
        while True:
            try:
                what, about = self.inbox.get(timeout=0.05)
            except queue.Empty:
                what, about = "nothing", None
            match what:
                case "config":
                    self.on_config(about)
                case "action":
                    self.on_action(*about)
                case "connected":
                    self.dirty = True
            self.work()


def main(kind: type[Device] = Device) -> None:
    """Run a box of that kind."""
    parser = argparse.ArgumentParser(description=kind.__doc__)
    parser.add_argument("--id", default="AHU-9")
    parser.add_argument("--port", type=int, default=1883)
    parser.add_argument("--service-port", type=int, default=8700)
    parser.add_argument("--data", type=Path, default=Path())
    kind(parser.parse_args()).run()


if __name__ == "__main__":
    main()
