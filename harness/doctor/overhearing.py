"""Hears what others say around a thing under test, before it is spoken to. At the edge; decides nothing."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from harness.doctor.case import PASSIVE_SUBSCRIBER
from harness.doctor.conversation import Conversation
from harness.errors import LinkError
from harness.mqtt.client_id import OURS
from harness.mqtt.link import Link, connect
from harness.record.kinds import Received

_MOST = 2_000  # messages that are kept: a broker may carry thousands of devices


async def overhear(
    conversation: Conversation, filters: Sequence[str], seconds: float, asks: tuple[str, bytes] | None = None
) -> None:
    """Into the record, whatever comes in so many seconds; `asks`: a request that is published first.

    A broker that does not let us hear them is no fault of anybody's: then nobody has looked. Raises LinkError where
    there is no connection at all.
    """
    client_id = f"{OURS}probe-{conversation.profile.name_on_a_broker}"
    async with connect(conversation.retained.endpoint, client_id) as link:
        try:
            await link.subscribe(*filters)
        except LinkError:
            return
        conversation.beside.elsewhere = conversation.beside.elsewhere or {}
        if asks:
            await link.publish(*asks)
        with suppress(TimeoutError):
            async with asyncio.timeout(conversation.left(seconds)):
                await _keep(link, conversation, asks)


async def _keep(link: Link, conversation: Conversation, asks: tuple[str, bytes] | None) -> None:
    kept = 0
    async for heard in link.deliveries():
        if (heard.topic, heard.payload) != asks and kept < _MOST:
            kept += 1
            conversation.recorder.append(
                Received(heard.time, heard.topic, heard.payload, heard.retain, PASSIVE_SUBSCRIBER)
            )
