"""A device behind a replica is listened to, with a replica that is there or one that is played, in virtual time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import pytest

from harness.broker.embedded import embedded_broker
from harness.broker.listener import Listener
from harness.clock import Clock, new_loop
from harness.errors import LinkError
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.drafting.device_description import DeviceDescription
from harness.protocols.replica.drafting.listening import DeviceListening
from harness.protocols.replica.drafting.service_draft import ServiceDraft, ServiceInquiry
from harness.protocols.replica.judging.service.history import Feature
from harness.protocols.replica.words.topics import Scheme
from harness.provocations.carrying_out import Ways
from harness.target import HostServices, RunningTarget
from simulator.replica.targets.service import SimulatedService

T = TypeVar("T")


@dataclass(frozen=True)
class There:
    """Any client that speaks on that broker, of which nothing is known."""

    endpoint: Endpoint
    scheme: Scheme = Scheme.SEED
    name: str = "mqtt://there"
    clock: Clock = Clock.VIRTUAL

    @property
    def profile(self) -> DeviceProfile:
        """Nothing but an id."""
        return DeviceProfile("LAMP-1", {}, self.scheme)

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """It is up, or it is not."""
        yield RunningTarget(self.endpoint, Ways("LAMP-1", {}, services.ask), is_shared=True)


def run(main: Callable[[Endpoint], Awaitable[T]]) -> T:
    """With a broker."""

    async def on_a_broker() -> T:
        async with embedded_broker(Listener()) as endpoint:
            return await main(endpoint)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        return runner.run(on_a_broker())


@asynccontextmanager
async def saying(endpoint: Endpoint, *said: tuple[str, bytes], every: float = 1.0) -> AsyncIterator[None]:
    """A client that says these, again and again."""
    async with connect(endpoint, "it") as link, asyncio.TaskGroup() as tasks:

        async def go_on() -> None:
            while True:
                for topic, payload in said:
                    await link.publish(topic, payload)
                await asyncio.sleep(every)

        speaking = tasks.create_task(go_on())
        yield
        speaking.cancel()


@asynccontextmanager
async def answering(endpoint: Endpoint, answers: dict[str, tuple[str, bytes]]) -> AsyncIterator[list[str]]:
    """A client that answers what comes at a topic; the topics at which something came."""
    heard = list[str]()
    async with connect(endpoint, "service") as link, asyncio.TaskGroup() as tasks:
        await link.subscribe(*answers)

        async def go_on() -> None:
            async for one in link.deliveries():
                heard.append(one.topic)
                await link.publish(*answers[one.topic])

        going_on = tasks.create_task(go_on())
        yield heard
        going_on.cancel()


REPORT = ("state/LAMP-1/update", b'{"state": {"reported": {"power": false}}}')
DOCUMENT = b'{"state": {"reported": {"level": 4}}, "version": 3}'


def listening(endpoint: Endpoint, told: list[str] | None = None, *, is_silent: bool = False) -> DeviceListening:
    """For ten seconds."""
    lines = told if told is not None else []
    return DeviceListening(There(endpoint), 10.0, lines.append, is_silent)


def test_device_without_a_replica_is_heard_by_one_that_is_played() -> None:
    told = list[str]()

    async def main(endpoint: Endpoint) -> tuple[DeviceDescription, Sequence[str]]:
        async with connect(endpoint, "ear") as ear, saying(endpoint, REPORT):
            await ear.subscribe("state/LAMP-1/update/accepted")
            found = await listening(endpoint, told).hear()
            return found, [one.topic async for one in _first(ear.deliveries())]

    found, answered = run(main)

    assert list(found.properties) == [("power",)]
    assert answered == ["state/LAMP-1/update/accepted"]
    assert told[0].startswith("playing the replica of LAMP-1")


async def _first(several: AsyncIterator[T]) -> AsyncIterator[T]:
    async for one in several:
        yield one
        return


def test_replica_that_is_there_is_asked_and_none_is_played() -> None:
    told = list[str]()

    async def main(endpoint: Endpoint) -> tuple[DeviceDescription, list[str]]:
        answers = {"state/LAMP-1/get": ("state/LAMP-1/get/accepted", DOCUMENT)}
        async with answering(endpoint, answers) as heard, connect(endpoint, "ear") as ear:
            await ear.subscribe("state/LAMP-1/update/accepted", "state/LAMP-1/update")
            async with saying(endpoint, REPORT):
                found = await listening(endpoint, told).hear()
            return found, heard

    found, heard = run(main)

    assert sorted(found.properties) == [("level",), ("power",)]
    assert heard == ["state/LAMP-1/get"]
    assert "listening to LAMP-1, and what a replica says of it" in told[0]


def test_silent_one_sends_nothing() -> None:
    async def main(endpoint: Endpoint) -> tuple[DeviceDescription, list[str]]:
        answers = {"state/LAMP-1/get": ("state/LAMP-1/get/accepted", DOCUMENT)}
        async with answering(endpoint, answers) as heard, saying(endpoint, REPORT):
            return await listening(endpoint, is_silent=True).hear(), heard

    found, heard = run(main)

    assert (list(found.properties), heard) == ([("power",)], [])


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ([], r"nothing within 10 s at state/LAMP-1/update; is --id right, .* restart the device meanwhile"),
        ([("state/Lamp-1/update", b"{}"), ("state/A/update", b"{}")], "these speak there: Lamp-1, A$"),
        ([("state/\x1b[1m/update", b"{}")], r"these speak there: \\x1b\[1m$"),
        ([("state/LAMP-1/get", b"{}")], "asked for something, and reported nothing at state/LAMP-1/update"),
        ([("state/LAMP-1/update", b'{"state": {"reported": {}}}')], "asked for something, and reported nothing"),
    ],
)
def test_device_that_reports_nothing_is_told(said: list[tuple[str, bytes]], complaint: str) -> None:
    async def main(endpoint: Endpoint) -> None:
        async with saying(endpoint, *said):
            with pytest.raises(LinkError, match=complaint):
                await listening(endpoint).hear()

    run(main)


def test_replica_that_knows_nothing_of_it_is_told() -> None:
    async def main(endpoint: Endpoint) -> None:
        answers = {"state/LAMP-1/get": ("state/LAMP-1/get/rejected", b'{"code": 404}')}
        async with answering(endpoint, answers):
            with pytest.raises(LinkError, match="update, and the replica that is there has nothing of LAMP-1; is --id"):
                await listening(endpoint).hear()

    run(main)


@pytest.mark.parametrize("scheme", Scheme)
def test_service_is_drafted_by_what_it_answers(scheme: Scheme) -> None:
    async def main(_endpoint: Endpoint) -> ServiceDraft:
        return await ServiceInquiry(SimulatedService(scheme=scheme), [Scheme.SEED, Scheme.AWS]).ask()

    draft = run(main)

    assert (draft.scheme, draft.others) == (scheme, [])
    assert {Feature.VERSION, Feature.TOKEN, Feature.METADATA} <= draft.features


def test_service_that_is_not_there_is_told() -> None:
    async def main(endpoint: Endpoint) -> None:
        await ServiceInquiry(There(endpoint), [Scheme.SEED, Scheme.AWS]).ask()

    with pytest.raises(LinkError, match="no service answered an update or a get within 6 s"):
        run(main)
