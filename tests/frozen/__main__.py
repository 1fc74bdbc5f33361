"""Writes down what holds today: `python -m tests.frozen`. The commit that does so lists each verdict that has moved.

The recordings, profiles, device files and command lines are not written anew: those of that day are to be read for
ever. Nor are the totals of the matrix, which `python -m tests.frozen.matrix` compares.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.frozen.drive import CASES, ROOT
from tests.frozen.files import write_facts
from tests.frozen.judged import Judged
from tests.frozen.names import write_names

with TemporaryDirectory() as folder:
    driven = subprocess.run([sys.executable, "-m", "tests.frozen.drive", folder], cwd=ROOT, check=False)  # noqa: S603 - ours
    if driven.returncode:
        sys.exit(driven.returncode)
    for case in CASES:
        case.file.parent.mkdir(exist_ok=True)
        case.file.write_text(Judged(case.folder(Path(folder)), case.subject).text, encoding="utf-8")
write_names()
write_facts()
