"""Leave is taken to its end, however often somebody hurries us."""

import asyncio

from harness.broker import embedded_broker
from harness.clock import Clock, new_loop
from harness.driving.progress import Unseen
from harness.driving.shared_broker.retained_config import RetainedConfig, retained_message
from harness.driving.shared_broker.run_notes import RunNotes
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.protocols.udmi.driving.counterpart import Counterpart
from harness.protocols.udmi.driving.session.cloud_session import present
from harness.protocols.udmi.words.caching_codec import reader_of
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import UDMI, Topics
from harness.record.trace import Recorder
from tests.protocols.udmi.driving.playing import PROFILE

THEIRS = b'{ "theirs": true }'
TOPICS = Topics.of("DEV-1", UDMI)


async def _is_there(retained: RetainedConfig, has_come: asyncio.Event) -> None:
    counterpart = Counterpart(PROFILE.points, reader_of(Spec.UDMI_1_5))
    async with present(retained, TOPICS, counterpart, Recorder(), Unseen(), allowance=0.0) as cloud:
        await cloud.say_again("first")
        has_come.set()
        await asyncio.sleep(3600)


async def _hurried(endpoint: Endpoint) -> tuple[RetainedConfig, list[bytes | None]]:
    """One that is cancelled in every round of the loop until it is gone; and what lies there then."""
    async with connect(endpoint, "owner") as link:
        await link.publish(TOPICS.config, THEIRS, retain=True)
    retained, has_come = (
        RetainedConfig(endpoint, "cloud", TOPICS.config, notes=RunNotes.of(endpoint, PROFILE)),
        asyncio.Event(),
    )
    await retained.look(Recorder())
    task = asyncio.create_task(_is_there(retained, has_come))
    await has_come.wait()
    while not task.done():
        task.cancel()
        await asyncio.sleep(0)
    topics = (TOPICS.config, "setpoint/runs/DEV-1/sent", "setpoint/runs/DEV-1/found")
    return retained, [await retained_message(endpoint, "looker", topic) for topic in topics]


def test_what_lay_there_is_put_back_though_we_are_hurried_over_and_over() -> None:
    async def main() -> tuple[RetainedConfig, list[bytes | None]]:
        async with embedded_broker() as endpoint:
            return await _hurried(endpoint)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        retained, lie_there = runner.run(main())

    assert retained.is_put_back
    assert lie_there == [THEIRS, None, None]
