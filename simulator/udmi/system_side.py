"""A device apart from its points: it takes configs in or complains, it starts anew, it writes a journal."""

from dataclasses import replace

from harness.protocols.udmi.words.messages import Config, Mode, Status, SystemEvent, SystemState
from simulator.udmi.declared.identity import DeviceIdentity
from simulator.udmi.device_log import DeviceJournal, given_up, started, stopping, taken_in
from simulator.udmi.operation import Operation
from simulator.udmi.rules.system_rules import SystemRules


class SystemSide:
    """Told of configs and of the time, asked for what there is to say."""

    def __init__(self, rules: SystemRules, version: str | int) -> None:
        self._rules, self._version = rules, version
        self._operation = Operation(rules.wakes_up_as)
        self._power_on()

    def _power_on(self) -> None:
        self._journal = DeviceJournal(self._rules.writing, self._version)
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
        """The config to work on; None where the one before stays in force, and the device says why."""
        if why := self._rules.unusable(config):
            self._journal.note(given_up(why, now), now)
            self.complaint = self._rules.complaint(why, now)
            if self._rules.is_upset_by(why):
                self.boots_at = now + self._rules.upset_for
            return self._rules.instead(config)
        self.complaint = self._rules.remark(config, now) or self._rules.takes_back(self.complaint)
        wanted = config.system.mode if config.system else None
        mode = self._rules.obeys(self.mode, wanted)
        if mode is not self.mode:
            self._operation = replace(self._operation, mode=mode)
        if self.mode is Mode.RESTART and not self._rules.announces_restarts:
            self.boots_at = now + self._rules.boots_for
        self._journal.follow(config.system, now)
        self._journal.note(taken_in(now), now)
        return config

    @property
    def mode(self) -> Mode:
        """The device's mode, apart from its points."""
        return self._operation.mode

    def state(self, who: DeviceIdentity, last_config: float, mode: Mode, *, updating: bool | None) -> SystemState:
        """All that is said of the device itself. `updating`: the flag, None where the spec has a mode for it."""
        return SystemState(
            last_config,
            operational=True,
            mode=mode,
            updating=updating,
            serial_no=who.serial_no,
            make=who.make,
            model=who.model,
            software=who.software,
            status=self.complaint,
            last_start=self._operation.last_start,
            restart_count=self._operation.restarts,
        )

    def has_spoken(self, now: float) -> None:
        """A state has left; after one that announces a restart it goes down."""
        if self.mode is Mode.RESTART and self.boots_at is None:
            self._journal.note(stopping(now), now, last=True)
            self.boots_at = now + self._rules.boots_for

    def event(self, now: float) -> SystemEvent | None:
        """The event that its log has due by now."""
        return self._journal.event(now)

    @property
    def next(self) -> float:
        """When it must be woken; NEVER where there is nothing to tell."""
        return self._journal.next if self.boots_at is None else self.boots_at
