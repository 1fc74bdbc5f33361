"""The cloud on a broker: it comes, it listens, and when it leaves no point stays written."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from harness.clock import is_virtual
from harness.driving.cloud import Cloud
from harness.driving.counterpart import Counterpart
from harness.driving.manners import Manners
from harness.driving.progress import Progress
from harness.errors import LinkError
from harness.trace import Recorder
from harness.wire.greeting import Greeting
from harness.wire.link import Link, connect
from harness.wire.topics import Topics

AT_REST = 10.0  # the sample rate, in seconds, that is asked for at the end


@asynccontextmanager
async def present(
    manners: Manners, counterpart: Counterpart, recorder: Recorder, progress: Progress, *, allowance: float
) -> AsyncIterator[Cloud]:
    """The cloud, as long as the block lasts; after Ctrl-C too it takes its leave. Raises LinkError."""
    greeting = Greeting(subscribes_at=0 if is_virtual() else 1)  # within one process nothing is lost on its way to us
    async with connect(manners.endpoint, manners.client_id, greeting) as link, asyncio.TaskGroup() as tasks:
        topics = manners.topics
        cloud = Cloud(link, topics, counterpart, recorder, progress, allowance=allowance)
        attending = tasks.create_task(cloud.attend())
        await _hear_all(link, topics)
        manners.is_put_back = manners.found is None
        try:
            yield cloud
        finally:
            try:
                await cloud.want_nothing(AT_REST, "farewell")
            finally:  # though the record may take no more
                if manners.farewell is not None:
                    await cloud.leave(manners.farewell)
                manners.is_put_back = True
            attending.cancel()


async def _hear_all(link: Link, topics: Topics) -> None:
    """All that the device publishes; a broker may let us hear no more than what we need."""
    try:
        await link.subscribe(f"{topics.root}/#")
    except LinkError:
        await link.subscribe(topics.state, topics.telemetry, topics.system)
