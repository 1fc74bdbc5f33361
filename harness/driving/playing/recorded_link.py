"""A link of a part that the harness plays: what it says is recorded before it leaves, what it hears as it comes."""

from harness.clock import utc
from harness.mqtt.link import Delivery, Link
from harness.record.kinds import Done, Received, Sent
from harness.record.trace import Recorder


class RecordedLink:
    """`connection`: its name in the record."""

    def __init__(self, link: Link, connection: str, recorder: Recorder) -> None:
        self._link, self._connection, self._recorder = link, connection, recorder

    async def publish(
        self, topic: str, payload: bytes, label: str, *, retain: bool = False, qos: int | None = None
    ) -> None:
        """Publish, and wait for nothing but the broker's PUBACK."""
        # Before it leaves: at one virtual instant, only the order of records tells cause from effect.
        sent = Sent(utc(), topic, payload, label, retain=retain, connection=self._connection)
        place = self._recorder.append(sent)
        await self._link.publish(topic, payload, retain=retain, qos=qos)
        self._recorder.append(Done(utc(), place))

    def note(self, heard: Delivery) -> None:
        """Record what came."""
        came = Received(heard.time, heard.topic, heard.payload, heard.retain, self._connection, qos=heard.qos)
        self._recorder.append(came)
