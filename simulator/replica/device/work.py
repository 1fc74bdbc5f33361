"""The work of a device: properties on their way to another value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from harness.payload.values import JSON
from simulator.replica.device.properties import Property, Values, is_same
from simulator.replica.device.rules import DeltaRules


@dataclass(frozen=True, slots=True)
class _Task:
    value: JSON
    due: float
    times: int = 1


@dataclass
class Work:
    """`present`: every value as it is."""

    properties: Mapping[str, Property]
    present: dict[str, JSON]
    _tasks: dict[str, _Task] = field(default_factory=dict)

    @property
    def is_busy(self) -> bool:
        """Whether anything is on its way."""
        return bool(self._tasks)

    @property
    def next(self) -> float:
        """When something will be done."""
        return min((task.due for task in self._tasks.values()), default=float("inf"))

    def stop(self) -> None:
        """Nothing is on its way any more."""
        self._tasks.clear()

    def is_so(self, name: str, value: JSON) -> bool:
        """Whether the property has that value, and is not on its way to another."""
        return name not in self._tasks and is_same(self.present[name], value)

    def begin(self, wanted: Values, rules: DeltaRules, now: float) -> Iterable[str]:
        """Those of the values that are not so yet, and not on their way; yields the properties that begin."""
        for name, value in wanted.items():
            known, task = self.properties[name], self._tasks.get(name)
            is_same_task = task is not None and is_same(task.value, value)
            if task and is_same_task:
                if not rules.merges:
                    self._tasks[name] = _Task(value, task.due, task.times + 1)
            elif task or not is_same(self.present[name], value) or rules.acts_on_present:
                self._tasks[name] = _Task(value, now + rules.takes(known))
                yield name

    def finished(self, now: float) -> list[str]:
        """Properties that have what they were on their way to, by now; and those that count such changes."""
        done = {name: task for name, task in self._tasks.items() if task.due <= now}
        for name, task in done.items():
            del self._tasks[name]
            self.present[name] = task.value
        return [*done, *self._counted({name: task.times for name, task in done.items()})]

    def _counted(self, times: Mapping[str, int]) -> Iterable[str]:
        for known in self.properties.values():
            before = self.present[known.name]
            if known.counts is not None and known.counts in times and isinstance(before, int):
                self.present[known.name] = before + times[known.counts]
                yield known.name
