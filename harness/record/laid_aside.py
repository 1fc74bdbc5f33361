"""Messages of which a run keeps only where they stand in the file of its trace: what they say is read when asked for.

Nobody who is given such a record need know: it is equal to the one that was written down.
"""

import os
import weakref
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TypeAlias

from harness.errors import UsageError
from harness.record.kinds import Received, Record, Sent
from harness.record.lines import FORMAT, again_from_line

Message: TypeAlias = Received | Sent

_SHORT = 256  # characters of a topic
_NUMBERS = count()
_TOPICS = 1_000  # that are remembered: a device has a handful


class TraceFile:
    """A trace that is read by offset, while it is written or afterwards. `path` must exist; raises OSError if not.

    `format`: that of its records.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._topics: dict[str, str] = {}
        self.number, self.messages, self.format = next(_NUMBERS), 0, FORMAT
        weakref.finalize(self, os.close, self._descriptor)

    def lay_aside(self, record: Message, offset: int, length: int) -> Message:
        """The same record without its payload, which is in the line of `length` bytes at `offset`."""
        self.messages += 1
        if isinstance(record, Sent):
            return _SentAside(record, self, offset, length)
        return _ReceivedAside(record, self._known(record.topic), self, offset, length)

    def message(self, offset: int, length: int) -> Message:
        """The message at the place. Raises UsageError where the file has changed."""
        try:
            os.lseek(self._descriptor, offset, os.SEEK_SET)
            record = again_from_line(os.read(self._descriptor, length), self.format)
        except (OSError, ValueError) as error:
            raise self._changed() from error
        if not isinstance(record, Received | Sent):
            raise self._changed()
        return record

    def _known(self, topic: str) -> str | None:
        """One and the same text for all messages of a topic; None where it is to be read like a payload."""
        if topic not in self._topics and len(topic) <= _SHORT and len(self._topics) < _TOPICS:
            self._topics[topic] = topic
        return self._topics.get(topic)

    def _changed(self) -> UsageError:
        return UsageError(f"{self._path} was changed while it was read")


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a message: a file of this process, and a byte in it. `beside`: messages laid aside there."""

    number: int
    offset: int
    beside: int


class _ReceivedAside(Received):
    __slots__ = ("_file", "_known", "_length", "_offset")
    _file: TraceFile
    _known: str | None
    _length: int
    _offset: int

    def __init__(self, record: Received, topic: str | None, file: TraceFile, offset: int, length: int) -> None:
        _fill(self, time=record.time, retain=record.retain)
        _fill(self, connection=record.connection, channel=record.channel, http=record.http)
        _fill(self, _known=topic, _file=file, _offset=offset, _length=length)

    @property
    def topic(self) -> str:
        return self.whole.topic if self._known is None else self._known

    @property
    def payload(self) -> bytes:
        return self.whole.payload

    @property
    def whole(self) -> Message:
        return self._file.message(self._offset, self._length)

    @property
    def place(self) -> Place:
        return Place(self._file.number, self._offset, self._file.messages)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Received) and whole(self) == whole(other)

    __hash__ = Received.__hash__


class _SentAside(Sent):
    __slots__ = ("_file", "_length", "_offset")
    _file: TraceFile
    _length: int
    _offset: int

    def __init__(self, record: Sent, file: TraceFile, offset: int, length: int) -> None:
        _fill(self, time=record.time, topic=record.topic, label=record.label)
        _fill(self, desired=record.desired, broken=record.broken, retain=record.retain)
        _fill(self, connection=record.connection, channel=record.channel, http=record.http)
        _fill(self, _file=file, _offset=offset, _length=length)

    @property
    def payload(self) -> bytes:
        return self.whole.payload

    @property
    def whole(self) -> Message:
        return self._file.message(self._offset, self._length)

    @property
    def place(self) -> Place:
        return Place(self._file.number, self._offset, self._file.messages)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sent) and whole(self) == whole(other)

    __hash__ = Sent.__hash__


def place_of(record: Record) -> Place | None:
    """None: what it says is in memory."""
    match record:
        case _ReceivedAside() | _SentAside():
            return record.place
        case _:
            return None


def _fill(record: Message, **fields: object) -> None:
    """As `dataclass` does in one that is frozen."""
    for name, value in fields.items():
        object.__setattr__(record, name, value)


def whole(record: Record) -> Record:
    """The record with all that it says in it, as it is written down."""
    match record:
        case _ReceivedAside() | _SentAside():
            return record.whole
        case _:
            return record
