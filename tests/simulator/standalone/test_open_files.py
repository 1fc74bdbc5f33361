"""How many devices find room in one process."""

import shlex
import subprocess
import sys

import pytest

from simulator.standalone.open_files import BESIDE, too_few
from tests.runs import ROOT

_SIM = shlex.join([sys.executable, "-c", "import sys; from harness.cli import main; sys.exit(main())", "sim"])


@pytest.mark.parametrize(("soft", "hard"), [(None, None), (1000 + BESIDE, 4096), (1000 + BESIDE, 1000 + BESIDE)])
def test_as_many_as_are_allowed_are_not_too_few(soft: int | None, hard: int | None) -> None:
    assert too_few(1000, soft, hard) is None


@pytest.mark.parametrize(
    ("soft", "hard", "said"),
    [
        (
            256,
            None,
            "--count 300 takes 324 open files, and 256 are allowed here: run `ulimit -n 324` in this shell first",
        ),
        (256, 324, "run `ulimit -n 324`"),
        (256, 256, "256 at most (`ulimit -Hn`): --count 232 is the most"),
        (16, 16, "not even one device finds room"),
    ],
)
def test_too_few_are_told_with_what_lifts_that(soft: int, hard: int | None, said: str) -> None:
    assert said in str(too_few(300, soft, hard))


def test_devices_with_two_connections_take_twice_as_many() -> None:
    said = str(too_few(300, 256, 256, each=2))

    assert f"--count 300 takes {600 + BESIDE} open files" in said
    assert "--count 116 is the most" in said


def _in_a_shell(*lines: str) -> subprocess.CompletedProcess[str]:
    command = ["bash", "-c", "\n".join(lines)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603 - ours


@pytest.mark.process
def test_line_that_is_told_lets_the_devices_live() -> None:
    begin = f"{_SIM} --broker mqtt://127.0.0.1:1 --wait --quiet --seconds 0.2 --count 50"
    refused = _in_a_shell("ulimit -Sn 60", begin)
    line = refused.stderr.partition("`")[2].partition("`")[0]

    lived = _in_a_shell("ulimit -Sn 60", line, begin)

    assert (refused.returncode, line) == (3, f"ulimit -n {50 + BESIDE}")
    assert (lived.returncode, lived.stderr) == (0, "")
