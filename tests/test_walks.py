"""The walks of newcomers, as docs/examples/walks has them: each from an empty folder to its end."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from uv import find_uv_bin

from live.processes import free_port
from tests.built_wheel import started
from tests.runs import ROOT

pytestmark = [pytest.mark.process, pytest.mark.timeout(700)]

WALKS = ROOT / "docs" / "examples" / "walks"
README = (ROOT / "README.md").read_text(encoding="utf-8")
BROKER = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")


@pytest.mark.skipif(not BROKER or not shutil.which("mosquitto_pub"), reason="apt install mosquitto mosquitto-clients")
@pytest.mark.parametrize("name", ["cloud", "engineer", "lab"])
def test_walk_comes_to_its_end(
    name: str, wheel: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    uv = find_uv_bin()
    environment = {
        "MQTT_PORT": str(free_port()),
        "VENV": f"{uv} venv -q",
        "PIP": f"{uv} pip",
        "PATH": os.environ["PATH"],
    }

    walk = started([str(WALKS / f"{name}.sh"), str(wheel)], folder, **environment)

    assert walk.returncode == 0, walk.stdout + walk.stderr
    *_, last = walk.stdout.splitlines()
    assert re.match(rf"{name}: from an empty folder .* in \d+ s", last)
    record_property("told in the end", last)


def test_walks_use_commands_that_readme_shows() -> None:
    scripts = [script.read_text(encoding="utf-8") for script in WALKS.glob("*.sh")]
    used = {command for script in scripts for command in re.findall(r"\bsetpoint (?!-)\w+", script)}

    assert {"setpoint test", "setpoint sim", "setpoint profile", "setpoint doctor", "setpoint plan"} <= used
    assert {command for command in used if command not in README} == set()
