"""A box whose serializer writes every field that its classes have, and null where there is nothing to say."""

import json
from typing import Any

from live.devices.plain import Device, main

ENTRY = ("detail",)
BLOCK = ("timestamp", "version", "upgraded_from")
STATE = ("upgraded_from", "gateway", "discovery", "localnet", "blobset", "alarmset")
SYSTEM = (*BLOCK, "last_config", "status", "params")
TELEMETRY = ("upgraded_from", "partial_update")
EVENT = ("upgraded_from", "last_config", "logentries", "metrics")
METRICS = ("mem_total_mb", "mem_free_mb", "store_total_mb", "store_free_mb", "cpu_temp_c", "system_load")


def filled(block: dict[str, Any] | None, *names: str) -> None:
    """Write null into each of these fields that has no value."""
    for name in names if block else ():
        block and block.setdefault(name, None)


class Nulls(Device):
    """Nulls everywhere."""

    def written(self, suffix: str, message: dict[str, Any]) -> str:
        """With all fields."""
        message = json.loads(json.dumps(message))
        {"state": self.fill_state, "events/pointset": self.fill_telemetry, "events/system": self.fill_event}[suffix](
            message
        )
        return json.dumps(message)

    def fill_state(self, message: dict[str, Any]) -> None:
        """Of the device, its pointset and its points."""
        filled(message, *STATE)
        system, pointset = message["system"], message["pointset"]
        filled(system, *SYSTEM)
        filled(system["hardware"], "sku", "rev")
        filled(system["status"], *ENTRY)
        filled(pointset, *BLOCK, "status", "state_etag")
        for point in pointset["points"].values():
            filled(point, "units", "value_state", "status") if point else point.update(
                units=None, value_state=None, status=None
            )
            filled(point["status"], *ENTRY)

    def fill_telemetry(self, message: dict[str, Any]) -> None:
        """Of the message alone: a point's one field is not optional."""
        filled(message, *TELEMETRY)

    def fill_event(self, message: dict[str, Any]) -> None:
        """Of log entries and metrics."""
        filled(message, *EVENT)
        filled(message["metrics"], *METRICS)
        for entry in message["logentries"] or ():
            filled(entry, *ENTRY)


if __name__ == "__main__":
    main(Nulls)
