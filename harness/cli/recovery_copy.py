"""Keeps a copy of what a command found on a broker, until it is put back: `setpoint restore` reads it after a kill."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from harness.record.trace import Recorder, recording
from harness.report.run_folder import new_run_folder


@dataclass
class RecoveryCopy:
    """`is_needed`: it stays, as something could not be put back."""

    folder: Path
    recorder: Recorder
    is_needed: bool = False


@contextmanager
def recovery_copy(reports: Path, what: str) -> Iterator[RecoveryCopy]:
    """As long as the block lasts; then nothing of it is left, unless it is needed."""
    was_there = reports.exists()
    folder = new_run_folder(reports, what)
    it = None
    try:
        with recording(folder / "trace.ndjson") as recorder:
            it = RecoveryCopy(folder, recorder)
            yield it
    finally:
        if it is None or not it.is_needed:
            shutil.rmtree(folder, ignore_errors=True)
            if not was_there:
                with suppress(OSError):  # somebody else has put something there meanwhile
                    reports.rmdir()
