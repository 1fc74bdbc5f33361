"""Drives and judges under every spec in one process: `python -m tests.frozen.drive FOLDER`.

It leaves FOLDER/SPEC/sim/latest, and where `tests/frozen` has a recording, FOLDER/SPEC/trace/latest of it, judged
again. A recording is of the day on which UDMI's verdicts were frozen: of a protocol that came later there is none.
"""

import gzip
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

FROZEN = Path(__file__).parent
ROOT = FROZEN.parent.parent
SPECS = ("udmi-1.5", "writeback-2021", "writeback-draft", "pointset-2021")
_REPLICA, _UPDATE = ("replica-service", "replica-device"), ("update-agent", "update-device")
LATER_SPECS = {  # with their subjects
    **dict.fromkeys(("replica-seed", "replica-aws"), _REPLICA),
    **dict.fromkeys(("desired-state", "desired-state-kanto"), _UPDATE),
}


@dataclass(frozen=True)
class Case:
    """A subject's verdicts under a spec, out of a run on `sim`, or of a recording that is judged again (`trace`)."""

    spec: str
    source: str
    subject: str

    @property
    def file(self) -> Path:
        """The text that was written down: by its source, or where several subjects are in one run, by its subject."""
        return FROZEN / self.spec / f"{self.source if self.spec in SPECS else self.subject}.txt"

    def folder(self, driven: Path) -> Path:
        """The folder of its run."""
        return driven / self.spec / self.source / "latest"


CASES = (
    *(Case(spec, source, "udmi-device") for spec in SPECS for source in ("sim", "trace")),
    *(Case(spec, "sim", subject) for spec, subjects in LATER_SPECS.items() for subject in subjects),
)

_OPTIONS = (
    str(ROOT / "suites"),
    *("-W", "error", "-q", "-p", "no:hypothesispytest", "-p", "no:cacheprovider", f"--rootdir={ROOT}"),
)


def drive(spec: str, folder: Path) -> int:
    """The exit code of a drive, or else of the recording of one: what goes wrong is what is printed last."""
    simulated = pytest.main([*_OPTIONS, "--device=sim", f"--spec={spec}", "--reports", str(folder / "sim")])
    if spec in LATER_SPECS:
        return simulated
    recorded = folder / "recorded.ndjson"
    folder.mkdir(parents=True, exist_ok=True)
    recorded.write_bytes(gzip.decompress((FROZEN / spec / "trace.ndjson.gz").read_bytes()))
    return simulated or pytest.main([*_OPTIONS, f"--device=trace:{recorded}", "--reports", str(folder / "trace")])


if __name__ == "__main__":
    sys.exit(next((code for spec in (*SPECS, *LATER_SPECS) if (code := drive(spec, Path(sys.argv[1]) / spec))), 0))
