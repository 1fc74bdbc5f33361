"""The memory of a run: of a flood of hostile messages that was recorded, and of a device with 5,000 points."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figure import Figure
from benchmarks.flooded_trace import write_flooded_trace
from benchmarks.pytest_run import Cost, measured

_MESSAGES = 220_000
_POINTS = 5_000
_JUDGED_IN_VAIN = 1  # the exit code where something fails, as of this flood much does
_DEVICE = Path(__file__).parent.parent / "fixtures" / "udmi" / "devices" / "ahu-1.toml"


def figures() -> Iterator[Figure]:
    """Peak memory beside that of a calm run, and CPU seconds, of which the load of the machine takes no more."""
    with TemporaryDirectory(prefix="setpoint-") as name:
        folder = Path(name)
        calm = _run(folder / "calm", "--device=sim")
        many = folder / "points.toml"
        many.write_text(_device_with(_POINTS), encoding="utf-8")
        yield from _figures(f"suite on sim, {_POINTS:,} points", _run(folder / "points", f"--device=sim:{many}"), calm)
        trace = folder / "flooded.ndjson"
        write_flooded_trace(folder / "calm" / "latest", trace, _MESSAGES)
        flooded = _run(folder / "flooded", f"--device=trace:{trace}", ends=_JUDGED_IN_VAIN)
        size = trace.stat().st_size / 1e6
        yield from _figures(f"a trace of {size:,.0f} MB, {_MESSAGES:,} hostile messages", flooded, calm)


def _figures(what: str, cost: Cost, calm: Cost) -> Iterator[Figure]:
    peak_aim, cpu_aim = ("250 MB", "20 s") if "points" in what else ("300 MB", "")
    yield Figure(f"{what}, peak", f"{cost.peak:.0f} MB ({cost.peak / calm.peak:.1f} times a calm run's)", peak_aim)
    yield Figure(f"{what}, CPU", f"{cost.cpu:.0f} s ({cost.cpu / calm.cpu:.0f} times a calm run's)", cpu_aim)


def _run(reports: Path, *options: str, ends: int = 0) -> Cost:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "suites/udmi",
        f"--reports={reports}",
        *options,
    ]
    return measured(command, ends=ends)


def _device_with(points: int) -> str:
    """The air handling unit with further points: half are writable."""
    lines = [_DEVICE.read_text(encoding="utf-8")]
    for number in range(points - lines[0].count("[points.")):
        kind = "read_only" if number % 2 else "writable"
        lines.append(f'[points.more_{number}]\nkind = "{kind}"\nbase = {number % 50}.5\ngood = [60.0, 70.0]')
        lines.append('units = "Degrees-Celsius"\n')
    return "\n".join(lines)
