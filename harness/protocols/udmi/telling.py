"""The report's words for a UDMI device and its messages."""

from collections.abc import Sequence

from harness.judging.reader import DeviceFacts
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.messages import Status, SystemState
from harness.protocols.udmi.words.said import said
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Received, Record, began_in
from harness.text import printable


def identity(records: Sequence[Record]) -> DeviceFacts:
    """The identity that the device reported, latest first; ill-typed and missing parts are left out."""
    began = began_in(records)
    profile = Profile.from_dict(began.profile)
    topic = Topics.of(profile.id, profile.topics).state
    codec = codec_of(began.spec)
    states = (
        codec.decode_state(record.payload)
        for record in reversed(records)
        if isinstance(record, Received) and record.topic == topic
    )
    system = next((state.system for state in states if state.system), SystemState())
    told = {"make": system.make, "model": system.model, "serial_no": system.serial_no}
    known = {name: text for name, text in told.items() if isinstance(text, str)}
    software = {name: text for name, text in system.software.items() if isinstance(text, str)}
    return DeviceFacts(id=profile.id, software=software, **known)


def words(history: History, message: Received, point: str | None) -> str:
    """A message of the device in a few words, with what it says of the point."""
    topics, codec, payload = history.topics, history.codec, message.payload
    if message.topic == topics.state:
        told = f": {point} {said(codec.decode_state(payload).point(point).value_state)}" if point else ""
        return f"state received{told}"
    if message.topic == topics.system:
        entries = codec.decode_system_event(payload).entries
        names = ", ".join(said(entry.category) for entry in entries if isinstance(entry, Status))
        return f"log received: {names}" if names else "event of the system received"
    if message.topic == topics.telemetry:
        told = f": {point} {said(codec.decode_telemetry(payload).readings.get(point))}" if point else ""
        return f"telemetry received{told}"
    return f"message received at {printable(message.topic)}"
