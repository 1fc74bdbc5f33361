"""The simulated device: configs, provocations and time in, effects out. It waits for nothing and reads no clock."""

from collections.abc import Iterable, Mapping, Sequence

from harness.machine import Effect, Publish, Rejoin, WakeAt
from harness.provoke import Move, Provocation, Restart
from harness.wire.dialect import DIALECTS, Dialect
from harness.wire.spec import Spec
from harness.wire.topics import Topics
from harness.wire.udmi import (
    Config,
    Mode,
    PointConfig,
    PointsetState,
    PointState,
    State,
    SystemState,
    Telemetry,
    Value,
    ValueState,
)
from simulator.attempt import Step
from simulator.events import Event, Reconnected
from simulator.identity import Identity
from simulator.live_point import LivePoint
from simulator.membership import Members
from simulator.points import Point
from simulator.rules import KEPT, Cause, Expired, Owed, Rules, Standing
from simulator.sampling import Sampler
from simulator.system_side import SystemSide


class Device:
    """Keeps the specification, but for what `rules` say otherwise."""

    def __init__(
        self,
        identity: Identity,
        points: Iterable[Point],
        rules: Rules = KEPT,
        dialect: Dialect = DIALECTS[Spec.UDMI_1_5],
    ) -> None:
        self._identity, self._rules, self._topics = identity, rules, Topics.of(identity.id)
        self._version, self._has_mode = dialect.version, dialect.mode is not None
        self._points = {point.name: LivePoint(point, rules) for point in points}
        self._system = SystemSide(rules.system, dialect.version)
        self._said_at = -1e9
        self._power_on()

    def _power_on(self) -> None:
        self._rejoins = False
        self._members = Members(tuple(self._points))
        self._unknown: Mapping[str, PointState] = {}
        self._due = set[str]()  # points that time alone will change
        self._config = Config()
        self._was_refused = False
        self._last_config = 0.0
        self._expires: float | None = None
        self._unnoticed: Sequence[tuple[float, Provocation]] = ()
        self._mode = self._system.mode
        self._owed: Sequence[Owed] = (Owed(0.0, 0.0),)
        self._said: State | None = None
        self._states_said = 0
        self._news = False  # whether there is something that the last state did not say
        self._sampler = Sampler(self._rules.sampling, self._version)

    @property
    def etag(self) -> str:
        """What names the pointset as it is now, said or not."""
        fingerprints = sum(self._points[name].fingerprint for name in self._members.reported)
        return self._rules.etag(fingerprints, self._states_said)

    @property
    def points(self) -> Mapping[str, LivePoint]:
        """Every point that it has, as it is now."""
        return self._points

    @property
    def expires(self) -> float | None:
        """When the writes that are on it end."""
        return self._expires

    @property
    def last_config(self) -> float:
        """The timestamp of the config that it took in last; 0 before the first."""
        return self._last_config

    def receive(self, event: Event, now: float) -> list[Effect]:
        """A config replaces the one before: writes that it repeats go on, others begin or are released."""
        self._pass_to(now)
        match event:
            case Config():
                self._take_in(event, now)
            case Restart():
                self._start_anew(now)
            case Reconnected():
                self._news = self._news or self._rules.speaks_up(event)
            case Move(point, value):
                if point in self._points:
                    self._points[point].show(value)
            case _ if event.point in self._points:
                self._unnoticed = [*self._unnoticed, (now + self._rules.notices_after(event), event)]
        return self.wake(now)

    def wake(self, now: float) -> list[Effect]:
        """Say what is to be said by now; telemetry never runs ahead of the state that it would contradict."""
        self._pass_to(now)
        if self._system.is_down(now):
            return [WakeAt(self._next(now))]
        effects: list[Effect] = [Rejoin()] if self._rejoins else []
        self._rejoins = False
        owed = next((owed for owed in self._owed if owed.due <= now), None)
        due = owed or self._news or now >= self._said_at + self._rules.repeats_after
        if due and now >= self._quiet_until() and (state := self._state(now, owed)):
            effects += [Publish(topic, state) for topic in self._rules.topics(self._topics.state)]
        if not self._telemetry_must_wait and (telemetry := self._telemetry(now)):
            effects += [Publish(topic, telemetry) for topic in self._rules.topics(self._topics.telemetry)]
        if event := self._system.event(now):
            effects.append(Publish(self._topics.system, event))
        return [*effects, WakeAt(self._next(now))]

    def _take_in(self, config: Config, now: float) -> None:
        """One that cannot be worked on leaves the one before in force, and the device says so."""
        if self._system.is_down(now):
            return
        before = self._system.complaint
        usable = self._system.take_in(config, now)
        self._news = self._news or self._system.complaint != before
        if usable is not config:
            self._sampler.pause(now + self._rules.system.stalls_for)
        if usable:
            self._work_on(usable, now)

    def _work_on(self, config: Config, now: float) -> None:
        if not isinstance(config.timestamp, int | float):
            return
        if self._rules.ignores(self._rules.term(config, now)) and self._writes(config):
            return
        self._last_config = self._rules.last_config(config.timestamp, now)
        owed = Owed(now + self._rules.acknowledges_after, self._last_config)
        self._owed = self._rules.still_owed([*self._owed, owed])
        if self._rules.is_redelivery(config, self._config):
            return
        standing = Standing(self._config, self._was_refused, self.etag)
        config = self._rules.adopts(self._config, config)
        points = config.pointset.points if config.pointset else None
        writes = self._writes(config)
        term = self._rules.term(config, now)
        writing = bool(writes)
        if writing and term.late:
            return
        refused = term.refused if writing else None
        if writing and self._rules.is_stale(config, standing):
            refused = "the config's etag is not current"
        self._config, self._was_refused = config, refused is not None
        self._expires = self._rules.timer(self._expires, term.ends if writing else None, standing)
        self._report_on(points, now)
        self._sampler.take_up(config, now)
        self._sampler.write(writes)
        changed = self._work_in(points or {}, now)
        self._refresh((*changed, *self._write(writes, now, refused)), now)

    def _writes(self, config: Config) -> Mapping[str, Value]:
        """What it wants written."""
        points = (config.pointset.points if config.pointset else None) or {}
        wanted = {name: self._rules.wanted(point) for name, point in points.items()}
        return {name: value for name, value in wanted.items() if value is not None}

    def _write(self, writes: Mapping[str, Value], now: float, refused: str | None) -> list[str]:
        """Begin writes, let others go on, release the rest. The points that this changes."""
        changed = []
        telemetry_in = self._sampler.complete_in(now)
        for name, live in self._points.items():
            value = writes.get(name)
            if value is None:
                if live.is_written:
                    live.release()
                    changed.append(name)
            elif live.write(value, now, telemetry_in, self._rules.refuses(live.point, refused) if refused else None):
                changed.append(name)
        return changed

    def _report_on(self, points: Mapping[str, PointConfig] | None, now: float) -> None:
        """The config is the authority on what is reported; what it lists and nobody knows is said to be wrong."""
        self._members = self._rules.members(points, tuple(self._points), self._members)
        step = Step(0, ValueState.INVALID, "is not known here")
        unknown = {n: PointState(status=self._rules.explained(n, step, now)) for n in self._members.unknown}
        self._unknown = {name: self._unknown.get(name, point) for name, point in unknown.items()}

    def _work_in(self, points: Mapping[str, PointConfig], now: float) -> list[str]:
        """Take the units that a config asks for; without any, those that are a point's own. The points that change."""
        asked = {name: points.get(name, PointConfig()).units for name in self._points}
        return [name for name, units in asked.items() if self._points[name].work_in(units, now)]

    def _pass_to(self, now: float) -> None:
        """What time alone has done, and what happened on the device."""
        if self._system.is_to_boot(now):
            self._start_anew(now)
        self._system.pass_to(now)
        for _, event in [entry for entry in self._unnoticed if entry[0] <= now]:
            self._points[event.point].meet(event, now, self._sampler.complete_in(now))
            self._notice([event.point], event, now)
        self._unnoticed = [entry for entry in self._unnoticed if entry[0] > now]
        if self._expires is not None and now >= self._expires:
            self._expires = None
            written = {name: live.value_state for name, live in self._points.items() if live.is_written}
            ending = tuple(self._rules.end_with_the_timer(written))
            for name in ending:
                self._points[name].release()
            self._notice(ending, Expired(), now)
        self._refresh(tuple(self._due), now)

    def _start_anew(self, now: float) -> None:
        for live in self._points.values():
            live.forget(now)
        self._system.start_anew()
        self._power_on()
        self._rejoins = True

    def _notice(self, names: Iterable[str], cause: Cause, now: float) -> None:
        """Something happened to these points that no config asked for."""
        news_before = self._news
        self._refresh(names, now)
        if not self._rules.speaks_up(cause):
            self._news = news_before

    def _refresh(self, names: Iterable[str], now: float) -> None:
        for name in names:
            live = self._points[name]
            if live.refresh(now):
                self._news = True
            if live.next_step(now) is None:
                self._due.discard(name)
            else:
                self._due.add(name)

    def _state(self, now: float, owed: Owed | None) -> State | None:
        last_config = owed.last_config if owed else self._last_config
        self._owed = [other for other in self._owed if other is not owed]
        updating = any(self._points[name].value_state is ValueState.UPDATING for name in self._due)
        self._mode = self._rules.mode(self._mode, self._system.mode, updating=updating)
        system = SystemState(
            last_config,
            operational=True,
            mode=self._mode,
            updating=None if self._has_mode else self._mode is Mode.UPDATING,
        )
        system = self._system.filled_in(self._identity.signs(system))
        points = {name: self._points[name].state for name in self._members.reported} | dict(self._unknown)
        self._states_said += 1
        drops = self._rules.mirrors and self._last_config and self._config.pointset is None
        pointset = None if drops else PointsetState(self.etag, points)
        whole = State(now, self._version, system, pointset, self._identity.addresses)
        said = self._rules.say(whole, self._said)
        self._said, self._said_at, self._news = said or self._said, now, False
        self._system.has_spoken(now)
        return said

    def _telemetry(self, now: float) -> Telemetry | None:
        telemetry = self._sampler.due(self._readings, now)
        return self._rules.tell(self._rules.shows(telemetry, self._members.unknown)) if telemetry else None

    def _readings(self) -> Mapping[str, Value]:
        return {name: self._points[name].reading() for name in self._members.reported}

    @property
    def _telemetry_must_wait(self) -> bool:
        return self._news and self._rules.telemetry_waits

    def _quiet_until(self) -> float:
        return self._said_at + self._rules.between_states

    def _next(self, now: float) -> float:
        """When the device must be woken."""
        if self._system.is_down(now) and self._system.next is not None:
            return self._system.next
        times = [self._sampler.next(self._readings)] if not self._telemetry_must_wait else []
        times += [due for due, _ in self._unnoticed]
        times += [step for name in self._due if (step := self._points[name].next_step(now)) is not None]
        times += [max(owed.due, self._quiet_until()) for owed in self._owed]
        times += [self._quiet_until()] if self._news else []
        times += [max(self._said_at + self._rules.repeats_after, self._quiet_until())]
        times += [self._expires] if self._expires is not None else []
        times += [self._system.next] if self._system.next is not None else []
        return min(times)
