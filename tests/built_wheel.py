"""A wheel of Setpoint, built once, and programs that run without what pytest and tox have put there."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from uv import find_uv_bin

# Not imported from `runs`: pytest loads this file where the protocols that `runs` imports are not installed, too.
_ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its file."""
    folder = tmp_path_factory.mktemp("dist")
    run_uv("build", "--quiet", "--wheel", "--out-dir", str(folder), str(_ROOT))
    (built,) = folder.glob("*.whl")
    return built


def run_uv(*words: str, folder: Path = _ROOT) -> str:
    """The output of uv, which ends with 0."""
    run = started([find_uv_bin(), *words], folder)
    assert run.returncode == 0, run.stderr
    return run.stdout


def started(words: Sequence[str], folder: Path = _ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    """A program that has ended, in that folder, with more variables."""
    environment = {**without_ours(), **more}
    return subprocess.run(  # noqa: S603 - uv, git and scripts of ours
        words,
        cwd=folder,
        env=environment,
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=600,
    )


def without_ours() -> Mapping[str, str]:
    """The environment without what pytest, tox and this environment have put there."""
    foreign = ("PYTHON", "PYTEST", "VIRTUAL_ENV", "COV_", "TOX_", "UV_PROJECT")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
