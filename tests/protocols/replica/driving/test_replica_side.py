"""The replica as scenarios use it: what a device says is dated when it comes, whatever the replica is at."""

import asyncio
from collections.abc import AsyncIterator
from typing import cast

from harness.clock import Clock, utc
from harness.driving.progress import Unseen
from harness.interruption import run
from harness.mqtt.link import Delivery, Link
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.driving.device.counterpart import PlayedReplica
from harness.protocols.replica.driving.device.replica import ReplicaSide
from harness.protocols.replica.judging.flat_document import FlatDocument
from harness.protocols.replica.words.topics import Operation
from harness.record.kinds import Received, Record, Sent
from harness.record.trace import Recorder

SLOW, ARRIVALS = 3.0, [1.0, 2.0]  # seconds
PROFILE = DeviceProfile("LAMP-1", {})
REPORT = b'{"state":{"reported":{"power":true}}}'


class SlowLink:
    """A link on which each message of ours takes its time; a device says something at once, and once more."""

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False, qos: int | None = None) -> None:
        """It is acknowledged late."""
        del topic, payload, retain, qos
        await asyncio.sleep(SLOW)

    async def deliveries(self) -> AsyncIterator[Delivery]:
        """Two reports, each stamped when it is taken, as by a link."""
        began = utc()
        for due in ARRIVALS:
            await asyncio.sleep(max(0.0, began + due - utc()))
            yield Delivery(utc(), PROFILE.topic(Operation.UPDATE), REPORT, retain=False)
        await asyncio.Event().wait()


async def _attended() -> list[Record]:
    recorder = Recorder()
    link = cast("Link", SlowLink())
    replica = ReplicaSide(link, PlayedReplica(PROFILE, FlatDocument()), recorder, Unseen())
    attending = asyncio.create_task(replica.attend())
    await replica.desires({"power": True}, "a wish that takes its time")
    attending.cancel()
    await asyncio.wait((attending,))
    return recorder.records


def test_what_comes_while_the_replica_speaks_is_dated_when_it_comes() -> None:
    records = run(_attended(), Clock.VIRTUAL)

    began = next(one.time for one in records if isinstance(one, Sent))
    heard = [one.time - began for one in records if isinstance(one, Received)]
    assert heard == ARRIVALS
