"""The cloud on a broker: it comes, it listens, and when it leaves no point stays written."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from harness.clock import is_virtual
from harness.driving.leaving import carried_out
from harness.driving.progress import Progress
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.errors import LinkError
from harness.mqtt.connect_options import ConnectOptions
from harness.mqtt.link import Link, connect
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.counterpart import Counterpart
from harness.protocols.udmi.words.topics import Topics
from harness.record.trace import Recorder

AT_REST = 10.0  # the sample rate, in seconds, that is asked for at the end


@asynccontextmanager
async def present(
    retained: RetainedConfig,
    topics: Topics,
    counterpart: Counterpart,
    recorder: Recorder,
    progress: Progress,
    *,
    allowance: float,
) -> AsyncIterator[Cloud]:
    """The cloud, as long as the block lasts; after Ctrl-C too it takes its leave. Raises LinkError."""
    connect_options = ConnectOptions(
        subscribes_at=0 if is_virtual() else 1
    )  # within one process nothing is lost on its way to us
    async with (
        connect(retained.endpoint, retained.client_id, connect_options) as link,
        asyncio.TaskGroup() as tasks,
    ):
        cloud = Cloud(link, topics, counterpart, recorder, progress, allowance=allowance)
        cloud.take_notes(retained.notes)
        attending = tasks.create_task(cloud.attend())
        await _hear_all(link, topics)
        retained.is_put_back = retained.found is None
        try:
            yield cloud
        finally:
            await carried_out(_take_leave(cloud, retained))
            attending.cancel()


async def _take_leave(cloud: Cloud, retained: RetainedConfig) -> None:
    try:
        await cloud.want_nothing(AT_REST, "farewell")
    finally:  # though the record may take no more
        if retained.farewell is not None:
            await cloud.leave(retained.farewell)
        retained.is_put_back = True
        await cloud.clear_notes()


async def _hear_all(link: Link, topics: Topics) -> None:
    """All that the device publishes; a broker may let us hear no more than what we need."""
    try:
        await link.subscribe(f"{topics.root}/#")
    except LinkError:
        await link.subscribe(topics.state, topics.telemetry, topics.system)
