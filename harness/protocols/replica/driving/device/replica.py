"""The replica as a scenario uses it: it is told what is desired, it says and it waits, and it never judges."""

import asyncio
import json
from collections.abc import Mapping, Sequence

from harness.clock import utc
from harness.driving.playing.played_side import PlayedSide
from harness.driving.playing.provoking import provoked
from harness.driving.progress import Progress
from harness.mqtt.link import Delivery, Link
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeclaredProperty, DeviceProfile
from harness.protocols.replica.driving.device.counterpart import Leaves, PlayedReplica, Saying, nested
from harness.protocols.replica.driving.device.faults import ReplicaFault, described
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, topic_of
from harness.record.trace import Recorder

REPLICA = "replica"  # what records call its connection
_MOST, _BREATH = 30, 0.1  # requests of a second that are answered at once; seconds that each one more takes
_FEW = 4
WANTED = "desire"  # the name of the provocation by which a component's wish is recorded
WANTED_ALONE = "rest"  # and of the one by which nothing else is desired any more


class ReplicaSide(PlayedSide):
    """All that it says is recorded before it leaves, all that it hears when it comes, all that is desired as well."""

    def __init__(self, link: Link, played: PlayedReplica, recorder: Recorder, progress: Progress) -> None:
        super().__init__(link, REPLICA, recorder, progress)
        self._played = played
        self._turn = asyncio.Lock()
        self._unanswered: asyncio.Queue[Delivery] = asyncio.Queue()
        self._later: set[asyncio.Task[None]] = set()
        self._heard = dict.fromkeys(Operation, 0)
        self._wanted: dict[DeclaredProperty, JSON] = {}
        self._lately: list[float] = []  # when the latest requests came

    @property
    def profile(self) -> DeviceProfile:
        """Of the device."""
        return self._played.profile

    @property
    def reported(self) -> Leaves:
        """The values that the device has reported, by path."""
        return self._played.document.reported

    @property
    def desired(self) -> Leaves:
        """The values that are wanted of it, by path."""
        return self._played.document.desired

    @property
    def version(self) -> int:
        """The document's."""
        return self._played.document.version

    @property
    def heard(self) -> int:
        """How many requests of the device came."""
        return sum(self._heard.values())

    async def wants(self, values: Mapping[DeclaredProperty, JSON], label: str) -> None:
        """A component desires these values; None: it desires none any more."""
        self._wanted |= values
        await self.desires(nested({one.path: value for one, value in values.items()}), label)

    async def desires(self, patch: Mapping[str, JSON], label: str) -> None:
        """A component desires that, whatever it is."""
        async with self._turn:
            with provoked(self._recorder, label, WANTED, detail=dict(patch)):
                await self._carry_out(self._played.want(patch, utc()))

    async def goes_to_rest(self, values: Mapping[DeclaredProperty, JSON]) -> None:
        """These values are desired, and nothing else that was."""
        patch = nested({one.path: value for one, value in values.items()})
        self._wanted = dict(values)
        async with self._turn:
            with provoked(self._recorder, "rest", WANTED_ALONE, detail=patch):
                self._played.want_nothing()
                await self._carry_out(self._played.want(patch, utc()))

    async def suffers(self, label: str, *faults: ReplicaFault) -> None:
        """These go wrong from now on, beside what does."""
        for fault in faults:
            with provoked(self._recorder, label, *described(fault)):
                self._played.suffer(fault)

    async def recovers(self, label: str = "recovers") -> None:
        """Nothing is wrong any more."""
        with provoked(self._recorder, label, "recover"):
            self._played.recover()

    async def forgets(self, label: str) -> None:
        """There is no document any more, and nobody is told."""
        with provoked(self._recorder, label, "forget"):
            self._played.delete(utc())

    async def deletes(self, label: str) -> None:
        """The document is deleted, and the device is told."""
        async with self._turn:
            await self._say(self._played.delete(utc()), label)

    async def says_delta(self, label: str, content: Mapping[str, JSON] | bytes | None = None, device: str = "") -> None:
        """A delta out of turn: the one that is due, or that content; or to another device."""
        async with self._turn:
            due = self._played.delta(utc())
            payload = content if isinstance(content, bytes) else _bytes({**due.content, **(content or {})})
            topic = due.topic
            if device:
                level = AnswerLevel.DELTA
                topic = topic_of(ReplicaId(device), self.profile.scheme, Operation.UPDATE, level)
            await self.publish(topic, payload, label)

    async def says_anew(self, label: str, content: Mapping[str, JSON]) -> None:
        """A delta of before, by a version of now: it may have come out of a session that lasts."""
        self._played.count_on()
        await self.says_delta(label, {**content, "version": self.version})

    async def answers_somebody_else(self, operation: Operation, code: int, token: str, label: str) -> None:
        """A request that the device did not make is refused."""
        content: dict[str, JSON] = {
            "code": code,
            "message": "Version conflict",
            "timestamp": int(utc()),
            "clientToken": token,
        }
        async with self._turn:
            await self.publish(self.profile.topic(operation, AnswerLevel.REJECTED), _bytes(content), label)

    def delta_of(self, one: DeclaredProperty, value: JSON) -> dict[str, JSON]:
        """The content of a delta that desires that, whatever else is desired; its version is the document's next."""
        return {"state": nested({one.path: value}), "version": self.version + 1}

    @property
    def pending_delta(self) -> dict[str, JSON]:
        """The content of the delta that is due now."""
        return dict(self._played.delta(utc()).content)

    def reported_of(self, one: DeclaredProperty) -> JSON:
        """The value of a property, as the device reported it; None: it has not."""
        return self.reported.get(one.path)

    def reports(self, one: DeclaredProperty, value: JSON) -> bool:
        """Whether the device reports that value of it."""
        told = self.reported_of(one)
        return isinstance(told, bool) is isinstance(value, bool) and told == value

    async def until_heard(self, *, at_most: float, beyond: int | None = None) -> None:
        """Until the device asks for something; the scenario ends here if it does not."""
        before = self.heard if beyond is None else beyond
        await self.until(lambda: self.heard > before, "the device asks for something", at_most)

    @property
    def left_open(self) -> bool:
        """Whether requests were refused, or not answered, since the device was last left in peace."""
        return self._played.has_left_open

    async def until_quiet(self, stretch: float) -> None:
        """Until the device has asked for nothing in such a stretch; for a few of them at most."""
        for _ in range(_FEW):
            before = self.heard
            await self.listen(stretch)
            if self.heard == before:
                break
        self._played.has_left_open = False

    async def until_gets(self, *, at_most: float, behind_update: float) -> None:
        """Until the device gets, or that long, or so long behind an update of its own; the scenario goes on without."""
        before = dict(self._heard)

        def has_asked(*operations: Operation) -> bool:
            return any(self._heard[operation] > before[operation] for operation in operations)

        await self.goes_on(lambda: has_asked(*Operation), "the device asks for something", at_most)
        if has_asked(Operation.UPDATE):
            await self.goes_on(lambda: has_asked(Operation.GET), "the device gets", behind_update)

    async def allow_update(self, *, at_most: float) -> None:
        """Until the device updates, or that long; the scenario goes on without."""
        before = self._heard[Operation.UPDATE]
        await self.goes_on(lambda: self._heard[Operation.UPDATE] > before, "the device updates", at_most)

    async def allow_reports(self, *, at_most: float) -> bool:
        """Until the device reports all that is desired, or that long: whether it does."""
        return await self.goes_on(lambda: self.is_met, "all that is desired is reported", at_most)

    @property
    def is_met(self) -> bool:
        """Whether the device reports all that was desired last, even if it has cleared what is desired."""
        return all(self.reports(one, value) for one, value in self._wanted.items() if value is not None)

    async def attend(self) -> None:
        """Write down what the device says when it comes, and answer it in turn, until cancelled. Raises LinkError."""
        at_work = [asyncio.create_task(one) for one in (self._listen(), self._answer())]
        try:
            ended, _ = await asyncio.wait(at_work, return_when=asyncio.FIRST_COMPLETED)
            for one in ended:
                one.result()
        finally:
            for one in at_work:
                one.cancel()
            self.stop()

    async def _listen(self) -> None:
        """Nothing waits for us here: what comes while we speak comes before what we say next."""
        async for heard in self._link.deliveries():
            self.note(heard)
            if not heard.retain:
                self._unanswered.put_nowait(heard)

    async def _answer(self) -> None:
        while True:
            heard = await self._unanswered.get()
            await self._take_breath()
            async with self._turn:
                sayings = self._played.hear(heard.topic, heard.payload, utc())
                self._count(heard.topic)
                await self._carry_out(sayings)
                self.has_news()

    async def _take_breath(self) -> None:
        """A device that asks more often than a service can bear waits for its answers, as it would there."""
        now = utc()
        self._lately = [time for time in self._lately if time > now - 1][-_MOST:]
        if len(self._lately) >= _MOST:
            await asyncio.sleep(_BREATH)
        self._lately.append(utc())

    def stop(self) -> None:
        """Nothing is said any more that was to be said later."""
        for task in self._later:
            task.cancel()

    def _count(self, topic: str) -> None:
        for operation in Operation:
            self._heard[operation] += self.profile.topic(operation) == topic

    async def _carry_out(self, sayings: Sequence[Saying]) -> None:
        for saying in sayings:
            if saying.after:
                task = asyncio.create_task(self._say_later(saying))
                self._later.add(task)
                task.add_done_callback(self._later.discard)
            else:
                await self._say(saying, f"{saying.operation}/{saying.level}")

    async def _say_later(self, saying: Saying) -> None:
        await asyncio.sleep(saying.after)
        async with self._turn:
            await self._say(saying, f"{saying.operation}/{saying.level}, late")

    async def _say(self, saying: Saying, label: str) -> None:
        await self.publish(saying.topic, saying.payload, label)


def _bytes(content: Mapping[str, JSON]) -> bytes:
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
