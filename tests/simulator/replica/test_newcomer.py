"""The way from `setpoint replica` to a changed lamp, as README shows it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from live.processes import free_port
from tests.runs import ROOT

SCRIPT = ROOT / "docs" / "examples" / "replica" / "changed_lamp.sh"
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.process
@pytest.mark.skipif(not shutil.which("mosquitto_pub"), reason="apt install mosquitto-clients")
@pytest.mark.skipif(not shutil.which("curl"), reason="apt install curl")
def test_lamp_is_on_in_the_end() -> None:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "MQTT_PORT": str(free_port()),
        "HTTP_PORT": str(free_port()),
    }

    ran = subprocess.run(  # noqa: S603 - our own script, which ends by itself
        [str(SCRIPT)], env=environment, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert '"reported": {"power": true' in ran.stdout.splitlines()[-1]
    assert "LAMP-1      heard      update/delta: power=true; version 2" in ran.stdout


def test_script_does_what_readme_shows() -> None:
    section = README.partition("## A replica between both\n")[2].partition("\n##")[0]
    shown = re.findall(r"^    ((?:setpoint|mosquitto_pub|curl) .*?)  +\S.*$", section, flags=re.MULTILINE)
    script = SCRIPT.read_text(encoding="utf-8")

    assert len(shown) == 4
    for command in shown:
        for word in re.findall(r"'[^']*'|\S+", command):
            assert re.sub(r"127\.0\.0\.1(:8080)?", "127.0.0.1", word).split("127.0.0.1")[0] in script
