"""The matrix, and whether its totals are those of `matrix.txt`: `python -m tests.frozen.matrix`, some ten minutes.

Where a change adds a deviation, a quirk or a judgement, its commit writes the new totals down there.
"""

import subprocess
import sys
from difflib import ndiff

from harness.protocol import all_specs
from tests.frozen.drive import FROZEN, ROOT

FILE = FROZEN / "matrix.txt"

_COMMAND = (sys.executable, "-c", "import sys; from harness.cli import main; sys.exit(main())")


def main() -> int:
    """The matrix's own exit code; 1 where its totals have moved."""
    with subprocess.Popen(  # noqa: S603 - ours
        [*_COMMAND, "validity", "--all-specs"], cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as matrix:
        assert matrix.stdout
        said = []
        for line in matrix.stdout:
            print(line, end="", flush=True)  # noqa: T201 - the operator waits for it
            said.append(line)
    moved = list(moved_totals("".join(said)))
    if moved:
        print(f"The totals of {FILE.relative_to(ROOT)} have moved:", *moved, sep="\n")  # noqa: T201 - likewise
    return matrix.returncode or bool(moved)


def moved_totals(said: str) -> list[str]:
    """The parts of the totals that are no longer as they were written down; what else was said is left out."""
    now = [
        part
        for line in said.splitlines()
        if line.startswith(tuple(f"{spec}:" for spec in all_specs()))
        for part in _parts(line)
    ]
    before = [part for line in FILE.read_text(encoding="utf-8").splitlines() for part in _parts(line)]
    return [line for line in ndiff(before, now) if line[0] in "-+"]


def _parts(line: str) -> list[str]:
    spec, _, totals = line.partition(":")
    return [f"{spec}: {part}" for part in totals.strip().split("; ")]


if __name__ == "__main__":
    sys.exit(main())
