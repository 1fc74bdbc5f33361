"""The record of a whole run, in memory and in an append-only file: whatever ends the run, what was seen is kept."""

from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, TextIO

from harness.errors import UsageError
from harness.protocol import protocol_of, subject_speaking
from harness.record.kinds import Began, Received, Record, Sent
from harness.record.laid_aside import TraceFile, whole
from harness.record.lines import FORMAT, from_line, to_line
from harness.record.order import RecordOrder
from harness.text import printable


class Recorder:
    """Only ever appends. Without a file, what passed is known as long as this process lives.

    With `stored`, the same file for reading, payloads lie there beyond a few MB: a flood costs no memory.
    """

    def __init__(self, file: TextIO | None = None, stored: TraceFile | None = None) -> None:
        self.records: list[Record] = []
        self._file = file
        self._kept, self._end = _KeptMessages(stored), 0

    def append(self, record: Record) -> int:
        """The record's place: its line in the file, counted from zero.

        Raises UsageError, once, where the file takes no more; what follows, such as taking leave, is kept in memory.
        """
        self.records.append(record)
        if self._file:
            line = to_line(whole(record)) + "\n"
            try:
                self._file.write(line)
            except OSError as error:
                name, self._file = getattr(self._file, "name", "the trace"), None
                raise UsageError(f"{name} cannot be written: {error.strerror}") from error
            self.records[-1] = self._kept.record(record, self._end, len(line))
            self._end += len(line)  # to_line writes ASCII: a character is a byte
        return len(self.records) - 1


@dataclass(slots=True)
class _KeptMessages:
    """So many bytes of messages are kept in memory; later ones lie in the file, if there is one."""

    stored: TraceFile | None
    room: int = 2 * 1024 * 1024  # the run of a small device takes a quarter

    def record(self, record: Record, offset: int, length: int) -> Record:
        """The one to keep, of a line of that length at that offset."""
        if self.stored is None or not isinstance(record, Received | Sent):
            return record
        self.room -= length
        return record if self.room >= 0 else self.stored.lay_aside(record, offset, length)


@contextmanager
def recording(path: Path) -> Iterator[Recorder]:
    """A recorder whose lines are in the file as soon as they are appended. Raises UsageError where it cannot be."""
    try:
        file = path.open("w", encoding="utf-8", buffering=1, newline="\n")
        stored = TraceFile(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    try:
        yield Recorder(file, stored)
    finally:
        with suppress(OSError):  # what could not be written has been told already
            file.close()


def traces_in(path: Path) -> Sequence[Path]:
    """The trace in a run's folder, and one for each subject more that was driven; a file is its own."""
    if not path.is_dir():
        return [path]
    others = sorted(path.glob("trace-*.ndjson"))
    first = path / "trace.ndjson"
    return [first, *others] if first.exists() or not others else others


def read_trace(path: Path) -> Sequence[Record]:
    """Every record of the file, as today's format has it. The last line may have been cut off as it was written.

    Raises UsageError, with the line, where the file is no trace.
    """
    path, *others = traces_in(path)
    if others:
        raise UsageError(f"{path.parent} has several traces: name one of them, such as {path}")
    records: list[Record] = []
    try:
        stored = TraceFile(path)
        kept = _KeptMessages(stored)
        with path.open("rb") as file:
            for offset, line in _lines(file):
                record = _record(path, len(records) + 1, line, stored.format)
                if not records:
                    stored.format, record = _format_of(path, record)
                records.append(kept.record(record, offset, len(line)))
    except OSError as error:
        raise UsageError(f"cannot read the trace {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"cannot read the trace {path}: it is no UTF-8") from error
    if not records or not isinstance(records[0], Began):
        raise UsageError(f"{path} is no trace: its first line does not say what was driven")
    try:
        subject_speaking(records[0].spec, records[0].subject)
        protocol_of(records[0].spec).check_profile(records[0].profile)
    except UsageError as error:
        raise UsageError(f"{path}, line 1: {printable(str(error))}") from error
    order = RecordOrder(records)
    for number, record in enumerate(records, start=1):
        if problem := order.problem(record):
            raise UsageError(f"{path}, line {number}: {problem}")
    return records


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Every whole line, and where it begins."""
    offset = 0
    for number, line in enumerate(file):
        begins = len(BOM_UTF8) if number == 0 and line.startswith(BOM_UTF8) else 0
        if not line.endswith(b"\n"):
            line.decode()
            return
        yield offset + begins, line[begins:]
        offset += len(line)


def _format_of(path: Path, began: Record) -> tuple[int, Record]:
    """The format that the file was written in, and its first record as of today's."""
    if not isinstance(began, Began):
        return FORMAT, began
    if not 1 <= began.format <= FORMAT:
        raise UsageError(f"{path} has format {began.format}; this version reads up to {FORMAT}")
    return began.format, replace(began, format=FORMAT)


def _record(path: Path, number: int, line: bytes, written: int) -> Record:
    try:
        return from_line(line.decode().rstrip("\n"), written)
    except UnicodeDecodeError:
        raise
    except ValueError as error:
        raise UsageError(f"{path}, line {number}: {printable(str(error))}") from error
