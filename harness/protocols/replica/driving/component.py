"""A client of a replica service that the harness plays: a component, or a device that does what it is told to.

All that it sends is recorded before it leaves, and all that it hears when it comes. It asks one thing after the other,
and waits for each answer: so answers need no token to be told apart.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from itertools import count

from harness.clock import utc
from harness.driving.playing.recorded_link import RecordedLink
from harness.mqtt.link import Link
from harness.payload.values import JSON
from harness.protocols.replica.words.content import object_in, whole_number
from harness.protocols.replica.words.topics import (
    AnswerLevel,
    Operation,
    ReplicaId,
    Scheme,
    filter_of_answers,
    topic_of,
)
from harness.record.trace import Recorder

_SETTLES = 0.1  # seconds
_MARK = b'{"state":{"reported":{"passed":true}}}'
ANSWERS = (AnswerLevel.ACCEPTED, AnswerLevel.REJECTED)


class Component(RecordedLink):
    """`name`: of its connection in the record. `patience`: seconds that it waits for an answer before it goes on."""

    replica: ReplicaId  # that it asks for where no other is named

    def __init__(self, name: str, link: Link, scheme: Scheme, recorder: Recorder, patience: float) -> None:
        super().__init__(link, name, recorder)
        self._scheme, self._patience = scheme, patience
        self._heard = Counter[str]()  # messages by topic
        self._deltas = Counter[str]()  # those of them that have something for a device to do
        self._deltas_before = self._deltas  # the latest request
        self._news = asyncio.Event()
        self._is_left_alone = False  # whether an update of ours that cannot be was once answered by nothing
        self._wrong_ones = count(1)
        self._waited_until = 0.0
        self.version: int | None = None  # that a message of the service told last

    async def hears(self, *levels: AnswerLevel, of: ReplicaId | None = None) -> None:
        """From now on, what the service says of a replica: all of it, or at these levels behind `update`."""
        replica = of or self.replica
        topics = [topic_of(replica, self._scheme, Operation.UPDATE, level) for level in levels]
        await self._link.subscribe(*(topics or [filter_of_answers(replica, self._scheme)]))

    async def update(self, state: JSON, label: str, *, of: ReplicaId | None = None, **more: JSON) -> None:
        """Publish that state, with what else is to stand in the request, and wait for the answer."""
        await self.ask(Operation.UPDATE, spelt({"state": state, **more}), label, of=of)

    async def get(self, label: str, body: bytes = b"", *, of: ReplicaId | None = None) -> None:
        """Ask for the document, and wait for the answer."""
        await self.ask(Operation.GET, body, label, of=of)

    async def update_and_get(self, state: JSON, label: str, read_back: str) -> None:
        """Both leave at once, so that nothing which the update makes others do comes before the get; wait for both."""
        asked = {
            Operation.UPDATE: (spelt({"state": state}), label),
            Operation.GET: (b"", read_back),
        }
        answers = [[topic_of(self.replica, self._scheme, one, level) for level in ANSWERS] for one in asked]
        before = [self._count(topics) for topics in answers]
        self._deltas_before = self._deltas.copy()
        async with asyncio.TaskGroup() as tasks:
            for operation, (payload, name) in asked.items():
                topic = topic_of(self.replica, self._scheme, operation)
                tasks.create_task(self.publish(topic, payload, name))
        await self._until(
            lambda: all(self._count(topics) > so_far for topics, so_far in zip(answers, before, strict=True)),
            self._patience,
        )
        await asyncio.sleep(_SETTLES)

    async def delete(self, label: str, *, of: ReplicaId | None = None) -> None:
        """Have the document deleted, and wait for the answer."""
        await self.ask(Operation.DELETE, b"", label, of=of)

    async def ask(self, operation: Operation, payload: bytes, label: str, *, of: ReplicaId | None = None) -> bool:
        """Publish a request as it is, and wait for its answer, which may never come: whether it came."""
        replica = of or self.replica
        topics = [topic_of(replica, self._scheme, operation, level) for level in ANSWERS]
        before, self._deltas_before = self._count(topics), self._deltas.copy()
        await self.publish(topic_of(replica, self._scheme, operation), payload, label)
        is_answered = await self._until(lambda: self._count(topics) > before, self._patience)
        await asyncio.sleep(_SETTLES)  # a second answer, which there should not be, comes right behind the first
        return is_answered

    async def try_wrong(self, payload: bytes, label: str) -> None:
        """Publish an update that cannot be, and wait for its answer, until the service has once given none.

        From then on each is about a device of its own, where nothing else is answered, so an answer may come as late as
        it likes: a good update of another device is answered behind it, and so it has been passed over. `wait_for_late`
        gives the last of them its time. Where the good one is not answered, each is waited for as before.
        """
        if not self._is_left_alone:
            self._is_left_alone = not await self.ask(Operation.UPDATE, payload, label)
            return
        beside = [ReplicaId(f"{self.replica.device}-{kind}{next(self._wrong_ones)}") for kind in ("wrong", "good")]
        for one in beside:
            await self.hears(of=one)
        wrong, good = beside
        topics = [topic_of(wrong, self._scheme, Operation.UPDATE, level) for level in ANSWERS]
        await self.publish(topic_of(wrong, self._scheme, Operation.UPDATE), payload, label)
        self._waited_until = utc() + self._patience
        if not await self.ask(Operation.UPDATE, _MARK, f"behind {label}", of=good):
            await self._until(lambda: self._count(topics) > 0, self._waited_until - utc())

    async def wait_for_late(self) -> None:
        """Until the answer to every update that was tried could have come."""
        await asyncio.sleep(max(0.0, self._waited_until - utc()))

    async def hurry(self, operation: Operation, requests: Mapping[str, bytes]) -> None:
        """Publish these, by their labels, without waiting for any answer."""
        for label, payload in requests.items():
            await self.publish(topic_of(self.replica, self._scheme, operation), payload, label)

    async def write_to(self, of: ReplicaId, mark: str, label: str) -> None:
        """Report that for a device, and wait for nothing but the broker's PUBACK."""
        await self.publish(
            topic_of(of, self._scheme, Operation.UPDATE), spelt({"state": {"reported": {"says": mark}}}), label
        )

    async def say_as_the_service(self, level: AnswerLevel, state: JSON, label: str) -> None:
        """Publish at a topic of the service's own, as if we were it."""
        topic = topic_of(self.replica, self._scheme, Operation.UPDATE, level)
        await self.publish(topic, spelt({"state": state}), label)

    async def listen(self, seconds: float) -> None:
        """Watch for so long."""
        await asyncio.sleep(seconds)

    @asynccontextmanager
    async def attending(self) -> AsyncIterator[None]:
        """As long as the block lasts, write down whatever comes. Raises LinkError."""
        async with asyncio.TaskGroup() as tasks:
            attending = tasks.create_task(self._attend())
            yield
            attending.cancel()

    async def _attend(self) -> None:
        async for heard in self._link.deliveries():
            self.note(heard)
            self._heard[heard.topic] += 1
            content = object_in(heard.payload) or {}
            self._deltas[heard.topic] += bool(content.get("state"))
            version = whole_number(content.get("version"))
            self.version = self.version if version is None else version
            self._news.set()

    @property
    def has_heard(self) -> bool:
        """Whether anything came at all."""
        return bool(self._heard)

    async def until_delta(self, at_most: float, *, of: ReplicaId | None = None) -> None:
        """Wait until a delta with something to do has come since our latest request, or go on without."""
        topic = topic_of(of or self.replica, self._scheme, Operation.UPDATE, AnswerLevel.DELTA)
        await self._until(lambda: self._deltas[topic] > self._deltas_before[topic], at_most)

    def _count(self, topics: list[str]) -> int:
        return sum(self._heard[topic] for topic in topics)

    async def _until(self, fact: Callable[[], bool], at_most: float) -> bool:
        """Wait for the fact, or that long: whether it came. Judgements see that nothing did."""
        try:
            async with asyncio.timeout(at_most):
                while not fact():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return False
        return True


def spelt(content: JSON) -> bytes:
    """Compact JSON, UTF-8."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
