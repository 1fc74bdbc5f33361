"""Drives and judges under every spec in one process: `python -m tests.frozen.drive FOLDER`.

It leaves FOLDER/SPEC/sim/latest, and FOLDER/SPEC/trace/latest of the recording of `tests/frozen`, judged again.
"""

import gzip
import sys
from pathlib import Path

import pytest

FROZEN = Path(__file__).parent
ROOT = FROZEN.parent.parent
SPECS = ("udmi-1.5", "writeback-2021", "writeback-draft", "pointset-2021")
SOURCES = ("sim", "trace")

_OPTIONS = (
    str(ROOT / "suites"),
    *("-W", "error", "-q", "-p", "no:hypothesispytest", "-p", "no:cacheprovider", f"--rootdir={ROOT}"),
)


def drive(spec: str, folder: Path) -> int:
    """The exit code of a drive, or else of the recording of one: what goes wrong is what is printed last."""
    recorded = folder / "recorded.ndjson"
    folder.mkdir(parents=True, exist_ok=True)
    recorded.write_bytes(gzip.decompress((FROZEN / spec / "trace.ndjson.gz").read_bytes()))
    simulated = pytest.main([*_OPTIONS, "--device=sim", f"--spec={spec}", "--reports", str(folder / "sim")])
    return simulated or pytest.main([*_OPTIONS, f"--device=trace:{recorded}", "--reports", str(folder / "trace")])


if __name__ == "__main__":
    sys.exit(next((code for spec in SPECS if (code := drive(spec, Path(sys.argv[1]) / spec))), 0))
