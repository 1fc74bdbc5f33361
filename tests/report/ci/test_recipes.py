"""The recipes for CI servers do what they say: their commands run, and what they keep is there."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec import yaml

from tests.runs import ROOT

pytestmark = pytest.mark.process

_RECIPES = ROOT / "docs" / "examples" / "ci"


def _recipe(name: str) -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.decode((_RECIPES / name).read_bytes())
    return content


def _github() -> tuple[str, list[str]]:
    """The command that judges, and what is kept."""
    steps = _recipe("github.yml")["jobs"]["setpoint"]["steps"]
    (judge,) = [step["run"] for step in steps if step.get("name") == "Judge"]
    (keep,) = [step for step in steps if "upload-artifact" in step.get("uses", "")]
    assert keep["if"] == "always()"
    return judge, keep["with"]["path"].split()


def _gitlab() -> tuple[str, list[str]]:
    job = _recipe("gitlab-ci.yml")["conformance"]
    (judge,) = job["script"]
    assert job["artifacts"]["when"] == "always"
    return judge, [*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]]


def _run(command: str, folder: Path, options: str) -> int:
    """In a repository that has a checkout of Setpoint in it."""
    (folder / "setpoint").symlink_to(ROOT, target_is_directory=True)
    told = {"DEVICE": "sim", "OPTIONS": options, "PATH": _path()}
    shell = ["bash", "-e", "-c", command]
    done = subprocess.run(shell, cwd=folder, env=told, capture_output=True, text=True, check=False, timeout=200)  # noqa: S603 - ours
    assert "Report: " in done.stdout, done.stdout + done.stderr
    return done.returncode


def _path() -> str:
    return f"{Path(sys.executable).parent}:/usr/bin:/bin"


@pytest.mark.parametrize("recipe", [_github, _gitlab])
def test_recipe_judges_and_keeps_what_there_is(recipe: Callable[[], tuple[str, list[str]]], tmp_path: Path) -> None:
    command, kept = recipe()

    assert _run(command, tmp_path, "--only=writeback.applied") == 0
    assert [pattern for pattern in kept if not list(tmp_path.glob(pattern))] == []


def test_recipe_fails_where_the_device_does(tmp_path: Path) -> None:
    assert _run(_github()[0], tmp_path, "--only=writeback.applied --variant=never-applied") == 1


def test_recipe_installs_a_checkout_that_is_there() -> None:
    steps = _recipe("github.yml")["jobs"]["setpoint"]["steps"]

    assert "pip install ./setpoint" in [step.get("run") for step in steps]
    assert _recipe("gitlab-ci.yml")["conformance"]["before_script"] == ["pip install ./setpoint"]
    assert _recipe("gitlab-ci.yml")["conformance"]["allow_failure"] == {"exit_codes": 2}
