"""The simulated device: configs, provocations and time in, effects out. It waits for nothing and reads no clock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from harness.machine.effects import Rejoin, WakeAt
from harness.protocols.udmi.words.device_events import DeviceEvent, Move, Restart
from harness.protocols.udmi.words.field_layout import FIELD_LAYOUTS, FieldLayout
from harness.protocols.udmi.words.messages import Config, Mode, PointsetState, State, Telemetry
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import UDMI, Topics
from simulator.udmi.deadlines import NEVER, Deadlines
from simulator.udmi.declared.identity import DeviceIdentity
from simulator.udmi.declared.points import SimulatedPoint
from simulator.udmi.events import Event, Reconnected
from simulator.udmi.live_point import LivePoint
from simulator.udmi.message_machine import Saying, SendMessage
from simulator.udmi.pointset import Pointset
from simulator.udmi.rules import KEPT, Expired, Owed, Rules, Standing
from simulator.udmi.sampling import Sampler
from simulator.udmi.system_side import SystemSide
from simulator.udmi.write_progress import STALE

_EXPIRY = "expiry"  # of the writes
_NOTICE = "notice"  # of what happened on the device a while ago
_POINT = "point"  # that time alone will change
_STATE, _TELEMETRY, _SYSTEM = "state", "telemetry", "system"  # what the device will say, or do, next


class SimulatedDevice:
    """Keeps the specification, but for what `rules` say otherwise. `topics`: what its topics begin with."""

    def __init__(
        self,
        identity: DeviceIdentity,
        points: Iterable[SimulatedPoint],
        rules: Rules = KEPT,
        layout: FieldLayout = FIELD_LAYOUTS[Spec.UDMI_1_5],
        topics: str = UDMI,
    ) -> None:
        self._identity, self._rules, self._topics = identity, rules, Topics.of(identity.id, topics)
        self._version, self._has_mode = layout.version, layout.mode is not None
        self._pointset = Pointset(points, rules)
        self._system = SystemSide(rules.system, layout.version)
        self._said_at = -1e9
        self._power_on()

    def _power_on(self) -> None:
        self._rejoins = False
        self._config = Config()
        self._was_refused = False
        self._last_config = 0.0
        self._unnoticed: Sequence[tuple[float, DeviceEvent]] = ()
        self._mode = self._system.mode
        self._owed: Sequence[Owed] = (Owed(0.0, 0.0),)
        self._said: State | None = None
        self._states_said = 0
        self._news = False  # whether there is something that the last state did not say
        self._sampler = Sampler(self._rules.sampling, self._version)
        self._deadlines = Deadlines[str]()
        self._deadlines.set(_STATE, 0.0)

    @property
    def etag(self) -> str:
        """The etag of the pointset as it is now, whether reported or not."""
        return self._pointset.etag(self._states_said)

    @property
    def points(self) -> Mapping[str, LivePoint]:
        """Every point that it has, as it is now."""
        return self._pointset.points

    @property
    def expires(self) -> float | None:
        """When the writes that are on it end."""
        expires = self._deadlines.at(_EXPIRY)
        return None if expires == NEVER else expires

    @property
    def last_config(self) -> float:
        """The timestamp of the config that it took in last; 0 before the first."""
        return self._last_config

    def receive(self, event: Event, now: float) -> list[Saying]:
        """A config replaces the one before: writes that it repeats go on, others begin or are released."""
        self._pass_to(now)
        match event:
            case Config():
                self._take_in(event, now)
            case Restart():
                self._start_anew(now)
            case Reconnected():
                self._news = self._news or self._rules.events.speaks_up(event)
            case Move(point, value):
                if point in self.points:
                    self.points[point].show(value)
            case _ if event.point in self.points:
                self._notice_later([*self._unnoticed, (now + self._rules.events.notices_after(event), event)])
        return self.wake(now)

    def wake(self, now: float) -> list[Saying]:
        """Say what is to be said by now; telemetry never runs ahead of the state that it would contradict."""
        self._pass_to(now)
        if self._system.is_down(now):
            return [self._sleep(now)]
        effects: list[Saying] = [Rejoin()] if self._rejoins else []
        self._rejoins = False
        if now >= self._state_due and (state := self._state(now)):
            effects += [SendMessage(topic, state) for topic in self._rules.link.topics(self._topics.state)]
        if not self._telemetry_must_wait and (telemetry := self._telemetry(now)):
            effects += [SendMessage(topic, telemetry) for topic in self._rules.link.topics(self._topics.telemetry)]
        if event := self._system.event(now):
            effects.append(SendMessage(self._topics.system, event))
        return [*effects, self._sleep(now)]

    def _sleep(self, now: float) -> WakeAt:
        """Until something is due. A device that is down only waits to be up again."""
        self._deadlines.set(_SYSTEM, self._system.next)
        if self._system.is_down(now):
            return WakeAt(self._system.next)
        self._deadlines.set(_STATE, self._state_due)
        self._deadlines.set(
            _TELEMETRY, NEVER if self._telemetry_must_wait else self._sampler.next(self._pointset.readings)
        )
        self._deadlines.set(_POINT, self._pointset.next)
        return WakeAt(self._deadlines.first)

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

    def _work_on(self, coming: Config, now: float) -> None:
        if not isinstance(coming.timestamp, int | float):
            return
        rules = self._rules.configs
        write_expiry = rules.write_expiry(coming, now)
        if rules.ignores(write_expiry) and self._is_writing(coming):
            return
        self._last_config = rules.last_config(coming.timestamp, now)
        owed = Owed(now + rules.acknowledges_after, self._last_config)
        self._owed = rules.still_owed([*self._owed, owed])
        if rules.is_redelivery(coming, self._config):
            return
        standing = Standing(self._config, self._was_refused, self.etag, coming)
        config = rules.adopts(self._config, coming)
        if config is not coming:
            write_expiry = rules.write_expiry(config, now)
        writing = self._is_writing(config)
        if writing and write_expiry.late:
            return
        refused = write_expiry.refused if writing else None
        if writing and rules.is_stale(config, standing):
            refused = STALE
        self._config, self._was_refused = config, refused is not None
        expires = rules.timer(self.expires, write_expiry.ends if writing else None, standing)
        self._deadlines.set(_EXPIRY, NEVER if expires is None else expires)
        points = config.pointset.points if config.pointset else None
        self._pointset.report(points, now)
        self._sampler.take_up(config, now)
        self._sampler.write(self._written(config))
        if self._pointset.take_in(points or {}, now, self._sampler.complete_in(now), refused):
            self._news = True

    def _is_writing(self, config: Config) -> bool:
        return next(self._written(config), None) is not None

    def _written(self, config: Config) -> Iterator[str]:
        """The points that it wants written."""
        points = (config.pointset.points if config.pointset else None) or {}
        return (name for name, point in points.items() if self._rules.writes.wanted(point) is not None)

    def _pass_to(self, now: float) -> None:
        """Carry out the changes that time alone has brought, or an event on the device."""
        if now < self._deadlines.first:
            return
        if self._system.is_to_boot(now):
            self._start_anew(now)
        self._system.pass_to(now)
        if now >= self._deadlines.at(_NOTICE):
            self._notice(now)
        if now >= self._deadlines.at(_EXPIRY):
            self._deadlines.set(_EXPIRY, NEVER)
            if self._pointset.end(now):
                self._news = self._news or self._rules.events.speaks_up(Expired())
        if self._pointset.pass_to(now):
            self._news = True

    def _start_anew(self, now: float) -> None:
        self._pointset.start_anew(now)
        self._system.start_anew()
        self._power_on()
        self._rejoins = True

    def _notice(self, now: float) -> None:
        """Something happened to points that no config asked for."""
        for _, event in [entry for entry in self._unnoticed if entry[0] <= now]:
            if self._pointset.meet(event, now, self._sampler.complete_in(now)):
                self._news = self._news or self._rules.events.speaks_up(event)
        self._notice_later([entry for entry in self._unnoticed if entry[0] > now])

    def _notice_later(self, unnoticed: Sequence[tuple[float, DeviceEvent]]) -> None:
        self._unnoticed = unnoticed
        self._deadlines.set(_NOTICE, min((due for due, _ in unnoticed), default=NEVER))

    def _state(self, now: float) -> State | None:
        owed = next((owed for owed in self._owed if owed.due <= now), None)
        last_config = owed.last_config if owed else self._last_config
        self._owed = [other for other in self._owed if other is not owed]
        self._mode = self._rules.states.mode(self._mode, self._system.mode, updating=self._pointset.is_updating)
        updating = None if self._has_mode else self._mode is Mode.UPDATING
        system = self._system.state(self._identity, last_config, self._mode, updating=updating)
        self._states_said += 1
        drops = self._rules.states.mirrors and self._last_config and self._config.pointset is None
        pointset = PointsetState(self.etag, self._pointset.states) if self.points and not drops else None
        whole = State(now, self._version, system, pointset, self._identity.addresses)
        said = self._rules.states.say(whole, self._said)
        self._said, self._said_at, self._news = said or self._said, now, False
        self._system.has_spoken(now)
        return said

    def _telemetry(self, now: float) -> Telemetry | None:
        telemetry, rules = self._sampler.due(self._pointset.readings, now), self._rules.telemetry
        return rules.tell(rules.shows(telemetry, self._pointset.unknown)) if telemetry else None

    @property
    def _telemetry_must_wait(self) -> bool:
        """For the state; or for ever, of a device without points."""
        return not self.points or (self._news and self._rules.telemetry.waits_for_state)

    @property
    def _state_due(self) -> float:
        """When the next state is due: with news, an answer that is owed, or a repetition; never too soon after one."""
        open_from = self._said_at + self._rules.states.between_states
        if self._news:
            return open_from
        wanted = (self._said_at + self._rules.states.repeats_after, *[owed.due for owed in self._owed])
        return max(open_from, min(wanted))
