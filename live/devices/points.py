"""The points of the box: each has a value of its own, and reconciles with what the cloud wants of it."""

import time
from datetime import UTC, datetime
from typing import Any

GIVES_UP_AFTER = 60.0
FACTORS = {("Degrees-Celsius", "Degrees-Fahrenheit"): (1.8, 32.0)}


def stamp(at: float | None = None) -> str:
    """RFC 3339 in UTC, of now or of that Unix time."""
    moment = datetime.fromtimestamp(time.time() if at is None else at, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Point:
    """`settles_in`: seconds that its actuator takes. One that is `loose` never gets there."""

    def __init__(
        self,
        own: Any,  # noqa: ANN401 - a number, a text or a switch, as JSON has them
        units: str | None = None,
        bounds: tuple[float, float] | None = None,
        *,
        writable: bool = True,
        settles_in: float = 0.0,
        loose: bool | None = None,
    ) -> None:
        self.name = ""
        self.own = own
        self.native_units = self.local_units = units
        self.asked_units: str | None = None
        self.bounds = bounds
        self.writable = writable
        self.settles_in = settles_in
        self.loose = loose
        self.held = self.broken = False
        self.listed = True
        self.increment: float | None = None
        self.wanted: Any = None  # as the config wrote it
        self.wanted_native: Any = None
        self.fault: str | None = None
        self.began = 0.0
        self.value_state: str | None = None
        self.told_state: str | None = None
        self.problem: str | None = None
        self.status: dict[str, Any] | None = None

    @property
    def units(self) -> str | None:
        """The units of the point: as the config asks, where that is possible."""
        return self.asked_units if self.can_be_in(self.asked_units) else self.local_units

    def can_be_in(self, units: str | None) -> bool:
        """Whether the point can be reported in these units."""
        return units is not None and (units == self.native_units or (self.native_units, units) in FACTORS)

    def take(self, entry: dict[str, Any], fault: str | None) -> None:
        """Take what the config says of the point, which may be nothing."""
        self.asked_units = entry.get("units")
        self.increment = entry.get("cov_increment")
        self.write(entry.get("set_value"), fault)

    def write(self, value: Any, fault: str | None = None) -> None:  # noqa: ANN401 - as JSON has it
        """Begin with a write; None releases the point. `fault`: why no write of that config counts."""
        if value is None:
            self.wanted, self.fault = None, None
            return
        fault = fault or self.objection(value)
        if fault is None and self.fault is None and type(value) is type(self.wanted) and value == self.wanted:
            return  # said again: the attempt goes on
        self.wanted, self.fault = value, fault
        if fault is None:
            self.begin(value)

    def begin(self, value: Any) -> None:  # noqa: ANN401 - as JSON has it
        """Set the actuator going."""
        self.began, self.wanted_native = time.time(), self.to_native(value)

    def objection(self, value: Any) -> str | None:  # noqa: ANN401 - as JSON has it
        """Why the point cannot take this value, if so."""
        if not self.writable:
            return "cannot be written"
        if self.bounds is None:
            return None if type(value) is type(self.own) else "takes no value of this type"
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "takes numbers only"
        low, high = self.bounds
        return None if low <= self.to_native(value) <= high else f"takes {low} to {high}"

    def reconcile(self) -> bool:
        """Look how far the write is; True if that is news."""
        state, problem = self.progress()
        if (state, problem) == (self.value_state, self.problem):
            return False
        self.value_state, self.problem = state, problem
        self.status = self.entry(state or "invalid", problem) if problem else None
        return True

    def progress(self) -> tuple[str | None, str | None]:
        """The value_state, and what to say about it."""
        if self.wanted is None:
            strange = self.asked_units is not None and not self.can_be_in(self.asked_units)
            return None, f"cannot be reported in {self.asked_units}" if strange else None
        if self.fault:
            return "invalid", self.fault
        if self.held:
            return "overridden", "is held on the spot"
        if self.broken:
            return "failure", "does not answer"
        return self.actuator()

    def actuator(self) -> tuple[str, str | None]:
        """The same, of a write that nothing prevents."""
        taken = time.time() - self.began
        if not self.loose and taken >= self.settles_in:
            return "applied", None
        if taken >= GIVES_UP_AFTER:
            return "failure", "does not reach its value"
        return "updating", None

    def entry(self, state: str, problem: str) -> dict[str, Any]:
        """A status, with its category's usual level."""
        level = 400 if state == "overridden" else 500
        message = f"Point {self.name} {problem}"
        return {"message": message, "category": f"pointset.point.{state}", "timestamp": stamp(), "level": level}

    def shown(self) -> Any:  # noqa: ANN401 - as JSON has it
        """The present value. A written one is shown once a state has said that it is applied."""
        if self.value_state == self.told_state == "applied":
            if self.units == self.native_units:
                return self.wanted_native
            return self.from_native(self.wanted_native)
        return self.from_native(self.own)

    def state(self) -> dict[str, Any]:
        """The point's part of the state message."""
        said = {"units": self.units, "value_state": self.value_state, "status": self.status}
        return {key: value for key, value in said.items() if value is not None}

    def from_native(self, value: Any) -> Any:  # noqa: ANN401 - as JSON has it
        """The value in the units that the point works in."""
        if self.native_units == self.units:
            return value
        factor, offset = FACTORS[self.native_units or "", self.units or ""]
        return round(value * factor + offset, 2)

    def to_native(self, value: Any) -> Any:  # noqa: ANN401 - as JSON has it
        """The other way round."""
        if self.native_units == self.units:
            return value
        factor, offset = FACTORS[self.native_units or "", self.units or ""]
        return (value - offset) / factor
