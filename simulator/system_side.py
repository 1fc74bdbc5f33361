"""A device apart from its points: it takes configs in or complains, it starts anew, it writes a journal."""

from dataclasses import replace

from harness.wire.udmi import Config, Mode, Status, SystemEvent, SystemState
from simulator.journal import Journal, given_up, started, stopping, taken_in
from simulator.operation import Operation
from simulator.system_rules import SystemRules


class SystemSide:
    """Told of configs and of the time, asked for what there is to say."""

    def __init__(self, rules: SystemRules, version: str | int) -> None:
        self._rules, self._version = rules, version
        self._operation = Operation(rules.wakes_up_as)
        self._power_on()

    def _power_on(self) -> None:
        self._journal = Journal(self._rules.writing, self._version)
        self.complaint: Status | None = None
        self.boots_at: float | None = None
        self._has_started = False

    def start_anew(self) -> None:
        """The power is back; what was only remembered is forgotten."""
        self._operation = self._rules.begins_anew(self._operation)
        self._power_on()

    def is_down(self, now: float) -> bool:
        """Whether it neither hears nor speaks."""
        return self.boots_at is not None and now < self.boots_at

    def is_to_boot(self, now: float) -> bool:
        """Whether it has been down for long enough."""
        return self.boots_at is not None and now >= self.boots_at

    def pass_to(self, now: float) -> None:
        """With the first look at the clock it has started."""
        if not self._has_started:
            self._has_started = True
            self._operation = self._rules.started_at(self._operation, now)
            self._journal.follow(None, now)
            self._journal.note(started(now), now)

    def take_in(self, config: Config, now: float) -> Config | None:
        """What is to be worked on; None where the config before stays in force, and the device says why."""
        if why := self._rules.unusable(config):
            self._journal.note(given_up(why, now), now)
            self.complaint = self._rules.complaint(why, now)
            if self._rules.is_upset_by(why):
                self.boots_at = now + self._rules.boots_for
            return self._rules.instead(config)
        self.complaint = self._rules.remark(config, now) or self._rules.takes_back(self.complaint)
        wanted = config.system.mode if config.system else None
        self._operation = replace(self._operation, mode=self._rules.obeys(self._operation.mode, wanted))
        if self.mode is Mode.RESTART and not self._rules.announces_restarts:
            self.boots_at = now + self._rules.boots_for
        self._journal.follow(config.system, now)
        self._journal.note(taken_in(now), now)
        return config

    @property
    def mode(self) -> Mode:
        """What it is at, apart from its points."""
        return self._operation.mode

    def filled_in(self, system: SystemState) -> SystemState:
        """With all that is said of the device itself."""
        operation = self._operation
        return replace(system, status=self.complaint, last_start=operation.last_start, restart_count=operation.restarts)

    def has_spoken(self, now: float) -> None:
        """A state has left; after one that announces a restart it goes down."""
        if self.mode is Mode.RESTART and self.boots_at is None:
            self._journal.note(stopping(now), now, last=True)
            self.boots_at = now + self._rules.boots_for

    def event(self, now: float) -> SystemEvent | None:
        """What its journal has to tell by now."""
        return self._journal.event(now)

    @property
    def next(self) -> float | None:
        """When it must be woken."""
        return self._journal.next if self.boots_at is None else self.boots_at
