"""A pytest of its own over all suites, with what it cost. It writes into a folder that is gone afterwards."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import perf_counter

_ROOT = Path(__file__).parent.parent
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes; getrusage(2) differs


class SpoiltError(Exception):
    """The run did not end well, so that its cost says nothing."""

    def __init__(self, command: list[str], code: int, output: str) -> None:
        last = "\n".join(output.splitlines()[-10:])
        super().__init__(f"exit code {code} of {' '.join(command)}\n{last}")


@dataclass(frozen=True, slots=True)
class PytestRun:
    """`peak` is in MB (10^6 bytes); what was not written is empty."""

    seconds: float
    peak: float
    results: bytes
    trace: bytes


def pytest_run(*options: str, suites: str = "suites/udmi", device: str = "sim") -> PytestRun:
    """From start to end of the process. Raises SpoiltError where the device is not found to conform."""
    with TemporaryDirectory(prefix="setpoint-") as folder:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", suites, f"--device={device}", *options]
        cost = measured([*command, f"--reports={folder}"])
        latest = Path(folder) / "latest"
        return PytestRun(cost.seconds, cost.peak, _bytes(latest / "results.json"), _bytes(latest / "trace.ndjson"))


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a process: wall and CPU in seconds, the peak of its largest process in MB, and what it printed."""

    seconds: float
    cpu: float
    peak: float
    said: str


def measured(command: list[str], ends: int = 0) -> Cost:
    """The cost of the command. Raises SpoiltError where its exit code is not the one with which it ends well."""
    with TemporaryFile("w+", encoding="utf-8") as output:
        start = perf_counter()
        with subprocess.Popen(  # noqa: S603 - our own arguments
            command, cwd=_ROOT, env=_environment(), stdout=output, stderr=subprocess.STDOUT
        ) as process:
            code, cpu, peak = _ended(process)
        seconds = perf_counter() - start
        output.seek(0)
        said = output.read().rstrip()
        if code != ends:
            raise SpoiltError(command, code, said)
        return Cost(seconds, cpu, peak, said)


def _environment() -> dict[str, str]:
    """That of an operator, whose Python keeps what it has compiled: of the first run alone, compiling is a third."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _ended(process: subprocess.Popen[bytes]) -> tuple[int, float, float]:
    """Exit code, CPU seconds and peak. Only wait4 tells those of this very child."""
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:
        process.kill()
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _RSS_UNIT / 1e6


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""
