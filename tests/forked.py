"""Runs a command of ours in a process that is forked from a server; the server has imported Setpoint once for all.

Half of a short run is importing. But Python does not start anew in a fork, nor end as a whole interpreter does: a test
that is about either starts a new interpreter.
"""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import preloaded

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload([preloaded.__name__])

_TIMEOUT = 300.0  # seconds
_OUT, _ERR = 1, 2  # descriptors


@dataclass(frozen=True)
class Ended:
    """A process that has ended: its exit code, and the text of its standard output and of its standard error."""

    code: int
    out: str
    err: str


def _heeded_by_python() -> Mapping[str, str]:
    """The variables that an interpreter reads as it starts."""
    return {name: value for name, value in os.environ.items() if name.startswith("PYTHON")}


_AS_THE_SERVER_STARTS = _heeded_by_python()


def is_forkable() -> bool:
    """Whether a new interpreter would start as the server did."""
    return _heeded_by_python() == _AS_THE_SERVER_STARTS


def run_forked(main: Callable[[], int], arguments: Sequence[str], folder: Path) -> Ended:
    """Call `main` in a process of its own, in that folder, with those arguments on its command line.

    `main` is a function of a module. Raises subprocess.TimeoutExpired after five minutes.
    """
    sys.audit(__name__)
    with TemporaryDirectory() as kept:
        out, err = Path(kept) / "out", Path(kept) / "err"
        run = _SERVER.Process(target=_begin, args=(main, arguments, folder, dict(os.environ), (out, err)))
        run.start()
        try:
            run.join(_TIMEOUT)
            if run.exitcode is None:
                raise subprocess.TimeoutExpired([*arguments], _TIMEOUT)
            return Ended(run.exitcode, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))
        finally:
            run.kill()
            run.join()
            run.close()


def _begin(
    main: Callable[[], int],
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    files: tuple[Path, Path],
) -> None:
    """Make this process what a new one would be, and end it with the code that `main` returns."""
    for file, descriptor in zip(files, (_OUT, _ERR), strict=True):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        os.dup2(opened, descriptor)
        os.close(opened)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv[1:] = arguments
    sys.exit(main())
