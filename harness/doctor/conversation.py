"""One conversation with a device, in which it is examined: the time there is for it, and passive subscribers."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from math import inf

from harness.clock import utc
from harness.doctor.case import Beside
from harness.driving.passive_subscriber import passive_subscriber
from harness.driving.shared_broker.owner import RUNS
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.record.kinds import Received
from harness.record.trace import Recorder
from harness.target import RunningTarget
from harness.target.declared import Declared

_MOST_TOPICS = 5000


@dataclass(frozen=True, slots=True)
class Conversation:
    """`beside` takes in what is learnt. `running`: what is met. `tell`: says a line. `ends`: Unix seconds, at most."""

    profile: Declared
    spec: str
    retained: RetainedConfig
    recorder: Recorder
    beside: Beside
    running: RunningTarget
    tell: Callable[[str], None]
    ends: float

    def left(self, at_most: float = inf) -> float:
        """Seconds that there are still, a moment at least."""
        return max(0.1, min(at_most, self.ends - utc()))

    def inbox_heard(self) -> AbstractAsyncContextManager[None]:
        """As long as the block lasts, what comes at the device's inbox is heard as another client hears it."""
        return self._subscribed([self.profile.inbox], self._hear_inbox)

    @asynccontextmanager
    async def others_heard(self, filters: Sequence[str]) -> AsyncIterator[None]:
        """As long as the block lasts, what the broker carries at the first of the filters that it grants is heard."""
        self.beside.elsewhere = None if self.beside.keeps_apart is False else {}
        async with self._subscribed(filters, self._hear_elsewhere):
            yield

    @property
    def is_elsewhere(self) -> bool:
        """Whether one of its name speaks at topics that are not the profile's."""
        live = [topic for topic, retained in (self.beside.elsewhere or {}).items() if not retained]
        wanted = self.profile.id.casefold()
        return any(wanted in topic.casefold().split("/") for topic in live if topic != self.profile.inbox)

    def _subscribed(
        self, filters: Sequence[str], hear: Callable[[Received | None], None]
    ) -> AbstractAsyncContextManager[None]:
        """A second session; none where the broker would end the first for it."""
        return (
            nullcontext()
            if self.beside.keeps_apart is False
            else passive_subscriber(self.retained.endpoint, filters, hear)
        )

    def _hear_inbox(self, delivery: Received | None) -> None:
        if self.beside.configs is None:
            self.beside.configs = []
        if delivery:
            self.beside.configs.append(delivery)

    def _hear_elsewhere(self, delivery: Received | None) -> None:
        topics = self.beside.elsewhere
        if (
            delivery
            and topics is not None
            and not delivery.topic.startswith(RUNS)
            and (delivery.topic in topics or len(topics) < _MOST_TOPICS)
        ):
            topics[delivery.topic] = topics.get(delivery.topic, True) and delivery.retain
