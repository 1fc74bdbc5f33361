"""Standard output and error as a shell has them: of few characters perhaps, closed by their reader, or full.

The one rule: a reader that goes away, such as head, has had enough, and ends nothing. The work goes on to its end, and
the exit code is the work's own. Output that finds no room is an error, and told.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedWriter, RawIOBase, TextIOWrapper
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_TAKES_NO_MORE = (errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EDQUOT)


def keep_open() -> None:
    """From now on a reader that goes away ends nothing, nor does a character that the terminal lacks: it is escaped.

    A stream that is no file of this process, such as a test's, stays as it is.
    """
    sys.stdout, sys.stderr = _kept_open(sys.stdout), _kept_open(sys.stderr)


@contextmanager
def kept_open() -> Iterator[None]:
    """The same for as long as the block lasts."""
    before = sys.stdout, sys.stderr
    keep_open()
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stdout, sys.stderr = before


class Outlet:
    """Standard output, line by line, at once. `then`: what follows when it takes no more; by itself that ends nothing.

    `has_failed`: what was to be read there is lost, though nobody went away.
    """

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self._then, self._is_over, self.has_failed = then, False, False

    def say(self, line: str) -> None:
        """One line more; once it takes no more, to nowhere."""
        try:
            print(line, flush=True)  # noqa: T201 - what the operator asked for
        except OSError as error:
            if not is_lost(error):
                raise
            lose(error)
            self.has_failed = True
        if not self._is_over and (self.has_failed or _is_unread(sys.stdout)):
            self._is_over = True
            self._then()


def is_lost(error: OSError) -> bool:
    """Whether somebody wrote where no more is taken."""
    return error.errno in _TAKES_NO_MORE


def lose(error: OSError) -> None:
    """Say that output found no room. Later output goes nowhere: Python flushes its buffers once more at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # it is no file of this process: a test's, say
        return
    what = error.filename or "standard output"
    print(f"setpoint: {what} cannot be written: {error.strerror}", file=sys.stderr)  # noqa: T201 - to the operator


class _KeptOpen(RawIOBase):
    """A file descriptor. `is_unread`: its reader went away, so what is written goes nowhere."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor, self.is_unread = descriptor, False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return os.isatty(self._descriptor)

    def write(self, data: "ReadableBuffer", /) -> int:
        if not self.is_unread:
            try:
                return os.write(self._descriptor, data)
            except BrokenPipeError:
                self.is_unread = True
        return memoryview(data).nbytes


def _kept_open(stream: TextIO) -> TextIO:
    if not isinstance(stream, TextIOWrapper) or _is_kept(stream):
        return stream
    try:
        kept = _KeptOpen(stream.fileno())
    except OSError:
        return stream
    stream.flush()
    at_once = stream.line_buffering or stream.write_through
    return TextIOWrapper(BufferedWriter(kept), stream.encoding, "backslashreplace", line_buffering=at_once)


def _is_kept(stream: TextIO) -> bool:
    return isinstance(getattr(stream.buffer, "raw", None), _KeptOpen)


def _is_unread(stream: TextIO) -> bool:
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    return isinstance(raw, _KeptOpen) and raw.is_unread
