"""The way from `setpoint sim update/agent` to a report on it, as README shows it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from live.processes import free_port
from tests.runs import ROOT

SCRIPT = ROOT / "docs" / "examples" / "update" / "judged_agent.sh"
README = (ROOT / "README.md").read_text(encoding="utf-8")
BROKER = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")


@pytest.mark.process
@pytest.mark.skipif(not BROKER, reason="apt install mosquitto")
def test_agent_is_judged_and_nothing_is_amiss(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "MQTT_PORT": str(free_port()),
        "REPORTS": str(tmp_path / "reports"),
    }

    ran = subprocess.run(  # noqa: S603 - our own script, which ends by itself
        [str(SCRIPT)], env=environment, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "agent.toml has 2 components; go through every line" in ran.stdout
    assert "Nothing is amiss." in ran.stdout
    assert "of 58 requirements 3 were asked, and none of these is broken" in ran.stdout
    assert (tmp_path / "reports" / "latest" / "report.html").is_file()


def test_script_does_what_readme_shows() -> None:
    section = README.partition("## Software that is wanted, and its feedback\n")[2].partition("\n##")[0]
    shown = re.findall(r"^    ((?:setpoint|pytest) .*?)  +\S.*$", section, flags=re.MULTILINE)
    script = SCRIPT.read_text(encoding="utf-8")
    way = [command for command in shown if "agent" in command]

    assert [command.split()[:2] for command in way] == [
        ["setpoint", "sim"],
        ["setpoint", "profile"],
        ["setpoint", "doctor"],
        ["pytest", "suites/update/agent"],
    ]
    for command in way:
        for word in command.replace("mqtt://broker", '"$broker"').replace("agent.toml", '"$profile"').split():
            assert word in script
