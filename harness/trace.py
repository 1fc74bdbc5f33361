"""The record of a whole run, in memory and in an append-only file: whatever ends the run, what was seen is kept."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from harness.errors import UsageError
from harness.record import Began, Record, from_line, to_line

FORMAT = 2  # 1 knew nothing of what a broker sees


class Recorder:
    """Only ever appends. Without a file, what passed is known as long as this process lives."""

    def __init__(self, file: TextIO | None = None) -> None:
        self.records: list[Record] = []
        self._file = file

    def append(self, record: Record) -> int:
        """The record's place: its line in the file, counted from zero.

        Raises UsageError, once, where the file takes no more; what follows, such as taking leave, is kept in memory.
        """
        self.records.append(record)
        if self._file:
            try:
                self._file.write(to_line(record) + "\n")
            except OSError as error:
                name, self._file = getattr(self._file, "name", "the trace"), None
                raise UsageError(f"{name} cannot be written: {error.strerror}") from error
        return len(self.records) - 1


@contextmanager
def recording(path: Path) -> Iterator[Recorder]:
    """A recorder whose lines are in the file as soon as they are appended. Raises UsageError where it cannot be."""
    try:
        file = path.open("w", encoding="utf-8", buffering=1)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    try:
        yield Recorder(file)
    finally:
        with suppress(OSError):  # what could not be written has been told already
            file.close()


def read_trace(path: Path) -> Sequence[Record]:
    """Every record of the file. A line that was cut off in the middle of being written may be the last.

    Raises UsageError, with the line, where the file is no trace.
    """
    path = path / "trace.ndjson" if path.is_dir() else path
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise UsageError(f"cannot read the trace {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"cannot read the trace {path}: it is no UTF-8") from error
    *whole, _cut_off = lines
    records = [_record(path, number, line) for number, line in enumerate(whole, start=1)]
    if not records or not isinstance(records[0], Began):
        raise UsageError(f"{path} is no trace: its first line does not say what was driven")
    if not isinstance(records[0].format, int) or records[0].format > FORMAT:
        raise UsageError(f"{path} has format {records[0].format}; this version reads up to {FORMAT}")
    return records


def _record(path: Path, number: int, line: str) -> Record:
    try:
        return from_line(line)
    except ValueError as error:
        raise UsageError(f"{path}, line {number}: {error}") from error
