"""A recorded episode that can be altered. Records keep their keys, however many come or go; times keep their order."""

import copy
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from harness.judging.afterwards import Afterwards
from harness.mqtt.packets import ObservedPacket
from harness.payload.timestamps import parsed_timestamp, rfc3339
from harness.protocols.udmi.judging.episode import Episode
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.writes.write import Write
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Closed, Done, Received, Record, Sent

Message: TypeAlias = dict[str, Any]
Edit: TypeAlias = Callable[[Message], None]


@dataclass(frozen=True)
class Take:
    """`entries`: the records by their keys, which are their places in the recording; `taken`: as it was recorded."""

    taken: History
    entries: tuple[tuple[int, Record], ...]

    @classmethod
    def of(cls, history: History) -> "Take":
        """Nothing altered yet."""
        return cls(history, tuple(history.placed()))

    @property
    def history(self) -> History:
        """The records that judgements are given: places counted anew, and references to a place follow their record."""
        new = {key: self.taken.first + number for number, (key, _) in enumerate(self.entries)}
        records = [
            replace(record, of=new.get(record.of, record.of)) if isinstance(record, Done) else record
            for _, record in self.entries
        ]
        times = [record.time for record in records]
        assert times == sorted(times), "an alteration must not turn time around"
        grown = round(times[-1] - self.taken.records[-1].time, 6)
        return replace(self.taken, records=records, afterwards=_put_off(self.taken.afterwards, grown))

    def within(self, run: History) -> "Take":
        """The whole run with this in place of what was recorded; what follows is as much later as this has grown."""
        grown = round(self.entries[-1][1].time - self.taken.records[-1].time, 6)
        entries = tuple(run.placed())
        until = entries[self.taken.end - 1][1].time
        later = (
            (key, _delayed(record, grown, until) if grown else record) for key, record in entries[self.taken.end :]
        )
        return Take(run, (*entries[: self.taken.first], *self.entries, *later))

    @property
    def allowance(self) -> float:
        """Seconds that a message may have been on its way."""
        return self.taken.allowance

    @property
    def episode(self) -> Episode:
        """As it was recorded."""
        return Episode(self.taken)

    def write(self, label: str) -> Write:
        """The write of that label, as it was recorded."""
        return self.episode.write(label)

    def record(self, key: int) -> Record:
        """That of the key."""
        return next(record for at, record in self.entries if at == key)

    def keys(self, kind: type[Record], after: int = -1, before: int | None = None) -> list[int]:
        """The keys of all records of that kind that were recorded between two others."""
        last = self.taken.end if before is None else before
        return [key for key, record in self.entries if isinstance(record, kind) and after < key < last]

    def states(self, after: int = -1, before: int | None = None) -> list[int]:
        """The keys of the states between two others."""
        return self._received(self._topics.state, after, before)

    def telemetry(self, after: int = -1, before: int | None = None) -> list[int]:
        """The keys of the telemetry between two others."""
        return self._received(self._topics.telemetry, after, before)

    def events(self, after: int = -1, before: int | None = None) -> list[int]:
        """The keys of the events of the system between two others."""
        return self._received(self._topics.system, after, before)

    def message(self, key: int) -> Message:
        """The message that the record carried."""
        record = self.record(key)
        assert isinstance(record, Received | Sent)
        message: Message = json.loads(record.payload)
        return message

    def time(self, key: int) -> float:
        """When it was recorded, as things stand."""
        return self.record(key).time

    @property
    def close(self) -> int:
        """The key of the end."""
        return self.keys(Closed)[-1]

    def pause(self, key: int, seconds: float) -> "Take":
        """From this record on everything is so much later, and says so; less than none brings it forward.

        What the broker saw before it then comes no later than this: a device pings in whatever pause there is.
        """
        at = next(number for number, (own, _) in enumerate(self.entries) if own == key)
        began = self.entries[at][1].time
        earlier = ((own, _by(record, began + seconds)) for own, record in self.entries[:at])
        later = ((own, _delayed(record, seconds, began)) for own, record in self.entries[at:])
        return replace(self, entries=(*earlier, *later))

    def edit(self, keys: Iterable[int], edit: Edit) -> "Take":
        """Other words in the messages of these records."""
        chosen = set(keys)
        return replace(
            self,
            entries=tuple((key, _edited(record, edit) if key in chosen else record) for key, record in self.entries),
        )

    def without(self, keys: Iterable[int]) -> "Take":
        """As if they had never come."""
        gone = set(keys)
        return replace(self, entries=tuple(entry for entry in self.entries if entry[0] not in gone))

    def insert(self, after: int, record: Record) -> "Take":
        """One more record, right after that of the key."""
        fresh = min(-1, *(key - 1 for key, _ in self.entries))
        at = next(number for number, (own, _) in enumerate(self.entries) if own == after) + 1
        return replace(self, entries=(*self.entries[:at], (fresh, record), *self.entries[at:]))

    def moved(self, key: int, time: float) -> "Take":
        """A message of the device's came at another moment, behind all that had come by then.

        What it says of earlier times it says still.
        """
        made = parsed_timestamp(self.message(key)["timestamp"]) or 0.0
        record = _delayed(self.record(key), time - self.time(key), made)
        before = [own for own, other in self.entries if other.time <= time and own != key]
        others = self.without([key])
        at = next(number for number, (own, _) in enumerate(others.entries) if own == before[-1]) + 1
        return replace(self, entries=(*others.entries[:at], (key, record), *others.entries[at:]))

    def _received(self, topic: str, after: int, before: int | None) -> list[int]:
        last = self.taken.end if before is None else before
        return [
            key
            for key, record in self.entries
            if isinstance(record, Received) and record.topic == topic and not record.retain and after < key < last
        ]

    @property
    def _topics(self) -> Topics:
        return Topics.of(self.taken.profile.id, self.taken.profile.topics)


def replaced(record: Received | Sent, message: Message) -> Received | Sent:
    """The record with another message in it."""
    return replace(record, payload=json.dumps(message, separators=(",", ":")).encode())


def expiry_of(config: Sent) -> float | None:
    """When its writes end, in Unix seconds; None where it says nothing of that, or is no config at all."""
    try:
        expiry = json.loads(config.payload)["pointset"]["set_value_expiry"]
    except (ValueError, KeyError, TypeError):
        return None
    return parsed_timestamp(expiry) if isinstance(expiry, str) else None


def _edited(record: Record, edit: Edit) -> Record:
    assert isinstance(record, Received | Sent)
    message = copy.deepcopy(json.loads(record.payload))
    edit(message)
    return replaced(record, message)


def _delayed(record: Record, seconds: float, began: float) -> Record:
    """A stamp of the device's is later, too; a config's own timestamp stays, but not the expiry that it sets."""
    match record:
        case Received():
            message = json.loads(record.payload)
            _delay_stamps(message, seconds, began - 1)
            record = replaced(record, message)
        case Sent():
            expiry = expiry_of(record)
            if expiry is not None and expiry > record.time:
                message = json.loads(record.payload)
                message["pointset"]["set_value_expiry"] = rfc3339(round(expiry + seconds, 3))
                record = replaced(record, message)
        case _:
            pass
    return replace(record, time=round(record.time + seconds, 6))


def _put_off(afterwards: Afterwards, seconds: float) -> Afterwards:
    """The records that the run still brought are so much later."""
    if not seconds:
        return afterwards
    events = [(place, _delayed(event, seconds, event.time)) for place, event in afterwards.messages]
    return Afterwards(
        [(place, replace(packet, time=round(packet.time + seconds, 6))) for place, packet in afterwards.packets],
        [(place, event) for place, event in events if isinstance(event, Received)],
        afterwards.ended + seconds,
    )


def _by(record: Record, time: float) -> Record:
    return replace(record, time=min(record.time, round(time, 6))) if isinstance(record, ObservedPacket) else record


def _delay_stamps(message: Message, seconds: float, since: float) -> None:
    for name, content in message.items():
        if isinstance(content, dict):
            _delay_stamps(content, seconds, since)
        elif isinstance(content, list):
            for entry in content:
                _delay_stamps(entry, seconds, since)
        elif name == "timestamp" and isinstance(content, str):
            instant = parsed_timestamp(content)
            if instant is not None and instant >= since:
                message[name] = rfc3339(round(instant + seconds, 3))


def stamps(message: Message) -> Iterator[tuple[Message, str]]:
    """Every place in the message where an instant stands."""
    for name, content in message.items():
        if isinstance(content, dict):
            yield from stamps(content)
        elif name in ("timestamp", "last_config") and isinstance(content, str):
            yield message, name
