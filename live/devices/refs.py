"""A box that finds its points by the `ref` of the config: one with a wrong ref is in error, and never settles."""

from typing import Any

from live.devices.plain import Device, main
from live.devices.points import Point

REGISTERS = {
    "room_temperature_setpoint": "AV-1",
    "static_pressure_setpoint": "AV-2",
    "valve_position": "AO-1",
    "damper_position": "AO-2",
    "room_temperature": "AI-1",
    "fan_run_command": "BO-1",
    "pump_mode": "MSV-1",
}


class Register(Point):
    """The config has to say where it is."""

    asked_ref: str | None = None

    def take(self, entry: dict[str, Any], fault: str | None) -> None:
        """And its ref."""
        self.asked_ref = entry.get("ref")
        super().take(entry, fault)

    def progress(self) -> tuple[str | None, str | None]:
        """Nothing is done where the ref is not the register's own."""
        if self.asked_ref == REGISTERS[self.name]:
            return super().progress()
        return None if self.wanted is None else "updating", "has an invalid ref"

    def entry(self, state: str, problem: str) -> dict[str, Any]:
        """A wrong ref is a failure."""
        return super().entry("failure" if state == "updating" else state, problem)


class Refs(Device):
    """Each point is a register."""

    point = Register


if __name__ == "__main__":
    main(Refs)
