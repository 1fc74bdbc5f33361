"""A device behind a replica: what it hears, connections, own changes and time in; messages out.

It waits for nothing and reads no clock. All that it decides is a rule.
"""

from collections.abc import Iterable, Mapping, Sequence

from harness.machine.effects import Effect, Publish, Rejoin, WakeAt
from harness.payload.values import JSON
from harness.protocols.replica.words.content import object_in
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, Scheme, topic_of
from simulator.replica.device.events import Changed, Connected, DeviceEvent, Heard, Restarted
from simulator.replica.device.properties import Property, Values, flattened, nested
from simulator.replica.device.requests import PendingRequest, PendingRequests
from simulator.replica.device.rules import KEPT, Circumstances, DeviceRules, Order, Remedy
from simulator.replica.device.work import Work

_NEVER = float("inf")
_NOT_FOUND = 404
_LATELY, _MOST = 40.0, 20  # seconds; refusals that are remembered


class ReplicaDevice:
    """Keeps what the documents ask for, but for what `rules` say otherwise."""

    def __init__(
        self,
        device: str,
        properties: Iterable[Property],
        rules: DeviceRules = KEPT,
        scheme: Scheme = Scheme.SEED,
    ) -> None:
        self._id, self._rules, self._scheme = device, rules, scheme
        self._properties = {known.name: known for known in properties}
        self._work = Work(self._properties, {known.name: known.base for known in self._properties.values()})
        self._levels = {
            self._topic(operation, level): (operation, level) for operation in Operation for level in AnswerLevel
        }
        self._requests = 0
        self._power_on()

    def _power_on(self) -> None:
        self._pending = PendingRequests()
        self._seen = 0  # the version of the replica
        self._connections = 0
        self._second: tuple[float, Operation] | None = None  # of the two requests of a connection
        self._beat_due = _NEVER
        self._owed: list[tuple[float, tuple[str, ...]]] = []
        self._damped: tuple[float, tuple[str, ...]] | None = None  # when answers to deltas leave, and of what
        self._wanted: dict[str, JSON] = {}
        self._malformed = self._removals = 0
        self._refusals: list[tuple[float, int]] = []
        self._got = False
        self._work.stop()

    @property
    def values(self) -> Values:
        """Every property as it is."""
        return self._work.present

    @property
    def version(self) -> int:
        """The replica's version, as the device knows it; 0 before the first."""
        return self._seen

    @property
    def properties(self) -> Mapping[str, Property]:
        """By their names."""
        return self._properties

    def receive(self, event: DeviceEvent, now: float) -> list[Effect]:
        """Something happened."""
        out: list[Effect] = []
        match event:
            case Connected():
                out += self._begin(now)
            case Restarted():
                self._power_on()
                return [Rejoin(), WakeAt(_NEVER)]
            case Changed(name, value) if name in self._properties:
                self._work.present[name] = value
                if self._rules.reports.of_own_changes:
                    self._owe([name], now)
            case Heard(topic, payload):
                out += self._hear(topic, payload, now)
        return [*out, *self.wake(now)]

    def wake(self, now: float) -> list[Effect]:
        """Finish what is due, tell of it, and repeat what nobody answered."""
        out: list[Effect] = []
        if (done := self._work.finished(now)) and self._rules.reports.of_changes:
            self._owe(done, now)
        if self._second and self._second[0] <= now:
            out += self._make_second(self._second[1], now)
        if self._beat_due <= now:
            self._beat_due = now + self._rules.reports.beats
            out += self._report(list(self._properties), now)
        due = [names for time, names in self._owed if time <= now]
        self._owed = [(time, names) for time, names in self._owed if time > now]
        if self._damped and self._damped[0] <= now:
            due.append(self._damped[1])
            self._damped = None
        if due:
            out += self._report(list(dict.fromkeys(name for names in due for name in names)), now)
        for request in self._pending.repeated(now):
            again = self._get if request.operation is Operation.GET else self._report
            out += again(request.names, now, request.tries)
        second = self._second[0] if self._second else _NEVER
        owed = (time for time, _ in [*self._owed, *([self._damped] if self._damped else [])])
        times = [second, self._beat_due, self._work.next, self._pending.next, *owed]
        return [*out, WakeAt(min(times))]

    def _begin(self, now: float) -> Iterable[Effect]:
        rules, again = self._rules.connecting, self._connections > 0
        self._connections += 1
        self._got = False
        self._pending.clear()
        self._second, self._beat_due = None, now + self._rules.reports.beats
        names, gets = rules.reported(list(self._properties), again), rules.gets(again)
        second = (now + rules.waits, Operation.UPDATE if rules.order is Order.GET_FIRST else Operation.GET)
        if names and gets and rules.order is not Order.AT_ONCE:
            self._second = second
            yield from self._get((), now) if rules.order is Order.GET_FIRST else self._report(names, now)
            return
        if names:
            yield from self._report(names, now)
        if gets:
            yield from self._get((), now)

    def _make_second(self, operation: Operation, now: float) -> Iterable[Effect]:
        self._second = None
        if operation is Operation.GET:
            return self._get((), now)
        again = self._connections > 1
        return self._report(self._rules.connecting.reported(list(self._properties), again), now)

    def _hear(self, topic: str, payload: bytes, now: float) -> Iterable[Effect]:
        operation, level = self._levels.get(topic, (None, None))
        if operation is None and self._rules.deltas.takes_any_device and topic.endswith("/update/delta"):
            operation, level = Operation.UPDATE, AnswerLevel.DELTA
        if operation is None or level is None:
            return ()
        body = object_in(payload)
        if body is None:
            self._malformed += 1
            return ()
        if level is AnswerLevel.DELTA:
            return self._take(body.get("state"), body, now, is_got=False)
        if level is AnswerLevel.ACCEPTED:
            return self._accepted(operation, body, now)
        return self._rejected(operation, body, now) if level is AnswerLevel.REJECTED else ()

    def _accepted(self, operation: Operation, body: Mapping[str, JSON], now: float) -> Iterable[Effect]:
        own = self._pending.answered(operation, body.get("clientToken"), believes=self._rules.answers.believes)
        state = body.get("state")
        if operation is Operation.DELETE:
            self._seen = 0
            return self._report(list(self._properties), now) if self._rules.answers.recreates else ()
        out: list[Effect] = []
        if operation is Operation.GET and own:
            self._got = True
            delta = state.get("delta", {}) if isinstance(state, dict) else None
            if self._rules.connecting.takes_get(self._connections > 1):
                out += self._take(delta, body, now, is_got=True)
            out += self._report(own.names, now)  # of the update for which it was made, as that was refused
        if operation is Operation.UPDATE:
            desired = state.get("desired") if isinstance(state, dict) else None
            if isinstance(desired, dict):
                self._removals += sum(value is None for _, value in flattened(desired, self._properties))
            if (version := _version(body)) is not None and self._rules.deltas.notes_accepted:
                self._seen = max(self._seen, version)
        if own and self._second and self._second[1] is not operation:
            out += self._make_second(self._second[1], now)
        return out

    def _rejected(self, operation: Operation, body: Mapping[str, JSON], now: float) -> Iterable[Effect]:
        own = self._pending.answered(operation, body.get("clientToken"), believes=self._rules.answers.believes)
        code = body.get("code")
        if own is None and self._rules.answers.believes:
            own = PendingRequest(operation)
        if own is None or not isinstance(code, int):
            return ()
        self._refusals = [*self._refusals[-_MOST:], (now, code)]
        if operation is Operation.GET and code == _NOT_FOUND:
            self._got = True
            self._second = None
            return self._report(list(self._properties), now) if self._rules.connecting.creates else ()
        if operation is Operation.UPDATE and self._rules.answers.remedy(code) is Remedy.GET:
            return self._get(own.names, now)
        seconds = self._rules.answers.retries(code, own.tries)
        if seconds is not None:
            again = PendingRequest(operation, None, own.names, own.tries, now + seconds, is_refused=True)
            self._pending.add(again)
        return ()

    def _take(self, state: JSON, body: Mapping[str, JSON], now: float, *, is_got: bool) -> Iterable[Effect]:
        rules, version = self._rules.deltas, _version(body)
        if not isinstance(state, dict):
            self._malformed += 1
            return ()
        is_late = rules.is_late_get if is_got else rules.is_late
        if version is not None:
            if is_late(version, self._seen):
                return ()
            self._seen = max(self._seen, version)
        values = dict(flattened(state, self._properties))
        known = {name: self._properties[name] for name in values if name in self._properties}
        refused = [n for n, one in known.items() if one.is_read_only or not rules.admits(one, values[n])]
        so_far = self._circumstances([name for name in values if name not in known], refused, body, now)
        if not rules.heeds(so_far):
            return ()
        if rules.are_bells and not is_got:
            return self._get((), now)
        self._wanted.update(values)
        taken = {name: value for name, value in values.items() if name in known and name not in refused}
        so = [name for name, value in taken.items() if self._work.is_so(name, value)]
        begun = [*self._work.begin(rules.fields(taken, self.values), rules, now)]
        reports = self._rules.reports
        told = [*(refused if reports.on_refused else ()), *(so if reports.on_present else ())]
        owed = {name for _, names in self._owed for name in names}
        if answered := [name for name in told if name not in begun and name not in owed]:
            time, names = self._damped or (now + reports.damps, ())  # one report for all that is said meanwhile
            self._damped = time, tuple(dict.fromkeys([*names, *answered]))
        return ()

    def _circumstances(
        self, unknown: Sequence[str], impossible: Sequence[str], body: Mapping[str, JSON], now: float
    ) -> Circumstances:
        return Circumstances(
            self._work.is_busy,
            self._pending.unanswered,
            self._malformed,
            [code for time, code in self._refusals if now - time <= _LATELY],
            self._removals,
            self._pending.knows(body.get("clientToken")),
            self._got,
            unknown,
            impossible,
        )

    def _owe(self, names: Sequence[str], now: float) -> None:
        self._owed.append((now + self._rules.reports.waits, tuple(names)))

    def _report(self, names: Sequence[str], now: float, tries: int = 0) -> list[Effect]:
        rules = self._rules.reports
        told = rules.names(names, list(self._properties))
        if not told:
            return []
        values = rules.says({name: self.values[name] for name in told}, self._wanted)
        content: dict[str, JSON] = {"state": rules.state(nested(values)), **rules.beside}
        if self._seen and not self._pending.unanswered and (version := rules.version(self._seen)) is not None:
            content["version"] = version
        request = PendingRequest(Operation.UPDATE, self._token_into(content), tuple(told), tries, self._due(tries, now))
        self._pending.add(request)
        return [Publish(topic, rules.encode(content)) for topic in rules.topics(self._topic(Operation.UPDATE))]

    def _get(self, names: Sequence[str], now: float, tries: int = 0) -> list[Effect]:
        content: dict[str, JSON] = {}
        token = self._token_into(content)
        self._pending.add(PendingRequest(Operation.GET, token, tuple(names), tries, self._due(tries, now)))
        return [Publish(self._topic(Operation.GET), self._rules.reports.get(content))]

    def _due(self, tries: int, now: float) -> float | None:
        gap = self._rules.answers.gap(tries)
        return None if gap is None else now + gap

    def _token_into(self, content: dict[str, JSON]) -> JSON:
        token = self._rules.reports.token(self._id, self._requests)
        self._requests += 1
        if token is not None:
            content["clientToken"] = token
        return token

    def _topic(self, operation: Operation, level: AnswerLevel | None = None) -> str:
        return topic_of(ReplicaId(self._id), self._scheme, operation, level)


def _version(body: Mapping[str, JSON]) -> int | None:
    version = body.get("version")
    return version if isinstance(version, int) and not isinstance(version, bool) else None
