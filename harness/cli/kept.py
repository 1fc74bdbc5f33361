"""What a command finds on a broker lies in a file until it was put back: a kill -9 leaves it for `setpoint restore`."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from harness.report.run_folder import new_run_folder
from harness.trace import Recorder, recording


@dataclass
class Kept:
    """`is_needed`: it stays, as something could not be put back."""

    folder: Path
    recorder: Recorder
    is_needed: bool = False


@contextmanager
def kept(reports: Path, what: str) -> Iterator[Kept]:
    """As long as the block lasts; then nothing of it is left, unless it is needed."""
    was_there = reports.exists()
    folder = new_run_folder(reports, what)
    it = None
    try:
        with recording(folder / "trace.ndjson") as recorder:
            it = Kept(folder, recorder)
            yield it
    finally:
        if it is None or not it.is_needed:
            shutil.rmtree(folder, ignore_errors=True)
            if not was_there:
                with suppress(OSError):  # somebody else has put something there meanwhile
                    reports.rmdir()
