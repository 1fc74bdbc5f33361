"""The wheel, as somebody installs it: in an empty folder, beside others, with no file of the checkout read."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from uv import find_uv_bin

from harness.protocol import subjects
from harness.report.reading import read_results
from tests.built_wheel import run_uv, started, without_ours
from tests.runs import ROOT

pytestmark = [pytest.mark.process, pytest.mark.timeout(900)]  # it asks the package index for what stands beside

BESIDE = ("pytest-asyncio", "pytest-randomly", "pytest-html", "anyio", "fixtures")
PLACES = {"harness": "", "simulator": "", "suites": "harness/installed/", "fixtures": "harness/installed/"}
MINORS = range(11, 15)  # of Python 3

# A sitecustomize: a file of the checkout that is opened or listed ends the process that did it.
_NO_CHECKOUT = """
import os
import sys


def _no_checkout(event, about):
    if event in ("open", "os.listdir", "os.scandir") and about and isinstance(about[0], (str, bytes)):
        if os.fsdecode(about[0]).startswith(CHECKOUT):
            os.write(2, f"{event} of {about[0]}, which is in the checkout".encode())
            os._exit(99)


sys.addaudithook(_no_checkout)
"""
_PLAIN = """
import asyncio
import sys

import fixtures
import pytest


@pytest.mark.asyncio
async def test_of_somebody_else(tmp_path):
    await asyncio.sleep(0)
    with fixtures.TempDir() as folder:
        assert folder.path
    assert not [name for name in sys.modules if name.partition(".")[0] in ("harness", "simulator", "suites")]
"""
_LEAKS = """
import importlib
import logging
import pkgutil
import sys
import warnings

import harness
import simulator

# What these bring along is their own, and comes first.
import aiohttp.web, amqtt.adapters, amqtt.mqtt, amqtt.session, cryptography.x509, jinja2, jsonschema, msgspec
import paho.mqtt.client, pytest, rich.console, shtab


def state():
    known = {name: log for name, log in logging.root.manager.loggerDict.items() if isinstance(log, logging.Logger)}
    others = {name: log for name, log in known.items() if name.partition(".")[0] not in ("harness", "simulator")}
    muted = {name for name, log in others.items() if log.level or log.disabled or log.filters or not log.propagate}
    return muted, logging.root.level, logging.root.manager.disable, [*warnings.filters], [*sys.path], sys.excepthook


before, count = state(), 0
for package in (harness, simulator):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if module.name.startswith("harness.installed"):
            continue  # the suites, which are imported by another name
        importlib.import_module(module.name)
        count += 1
assert state() == before, (before, state())
assert count > 500, count
"""


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it, and a folder elsewhere, in which its commands are called."""

    bin: Path
    folder: Path

    def run(self, *words: str, code: int = 0, **environment: str) -> str:
        """All that a program of the environment prints. It ends with that code."""
        asked = [str(self.bin / words[0]), *words[1:]]
        variables = {**without_ours(), "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}", **environment}
        run = subprocess.run(  # noqa: S603 - ours
            asked, cwd=self.folder, env=variables, check=False, capture_output=True, text=True, timeout=300
        )
        assert run.returncode == code, f"{words} ended with {run.returncode}:\n{run.stdout}{run.stderr}"
        return run.stdout + run.stderr


@pytest.fixture(scope="module", params=["oldest", "newest"])
def installed(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Of the Pythons that this machine has and Setpoint supports."""
    pythons = [*_pythons()]
    home = tmp_path_factory.mktemp(request.param)
    run_uv("venv", "--quiet", "--python", pythons[0 if request.param == "oldest" else -1], str(home / "venv"))
    python = home / "venv" / "bin" / "python"
    run_uv("pip", "install", "--quiet", "--python", str(python), str(wheel), *BESIDE)
    (site,) = (home / "venv" / "lib").glob("python3.*/site-packages")
    text = f"CHECKOUT = {str(ROOT) + os.sep!r}\n{_NO_CHECKOUT}"
    (site / "sitecustomize.py").write_text(text, encoding="utf-8")
    (home / "empty").mkdir()
    return Installed(python.parent, home / "empty")


def test_wheel_has_names_of_ours_alone_at_its_top(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        (points,) = (archive.read(name).decode() for name in names if name.endswith("entry_points.txt"))

    tops = {name.partition("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"harness", "simulator"}
    assert "[pytest11]" not in points


def test_wheel_has_every_file_of_ours(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        packed = {*archive.namelist()}

    tracked = started(["git", "ls-files", "-z", *PLACES])
    files = {name for name in tracked.stdout.split("\0") if name and not (ROOT / name).is_symlink()}
    assert len(files) > 900
    assert not {name for name in files if f"{PLACES[name.partition('/')[0]]}{name}" not in packed}


def test_installed_suites_judge_from_a_folder_of_somebody_else(installed: Installed) -> None:
    suites = installed.folder / "suites"
    suites.mkdir()
    for name in ("conftest.py", "sitecustomize.py", "suites/__init__.py", "suites/conftest.py", "harness.py"):
        (installed.folder / name).write_text('raise SystemExit("this is not Setpoint\'s")\n', encoding="utf-8")
    (installed.folder / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\nfilterwarnings = error\n")

    told = installed.run("setpoint", "test", "--device=sim", "-W", "error", PYTEST_ADDOPTS="--no-such-option")

    results = read_results(installed.folder / "reports" / "latest" / "results.json")
    assert {one.subject for one in results.subjects} == {one.name for one in subjects() if _is_ours(one.suites)}
    assert told.count("no must is broken and nothing is undecided") == len(results.subjects)
    assert {path.name for path in installed.folder.iterdir()} >= {"reports", ".pytest_cache"}


def test_part_of_installed_suites_has_the_name_that_it_has_in_a_checkout(installed: Installed) -> None:
    asked = ("suites/udmi/writeback", "-v", "--only", "etag", "--reports", "suites")

    told = installed.run("setpoint", "test", *asked, "--variant", "ignores-etag", code=1)

    assert "suites/udmi/writeback/test_etag.py::" in told
    assert "Partial: suites/udmi/writeback, --only=etag" in told
    assert (installed.folder / "suites" / "latest" / "results.json").exists()


def test_suite_of_somebody_else_is_left_alone(installed: Installed) -> None:
    folder = installed.folder / "plain"
    folder.mkdir(exist_ok=True)
    settings = "[pytest]\nfilterwarnings = error\nasyncio_default_fixture_loop_scope = function\n"
    (folder / "pytest.ini").write_text(settings, encoding="utf-8")
    (folder / "test_plain.py").write_text(_PLAIN, encoding="utf-8")

    told = installed.run("pytest", "plain", "--html=plain/page.html")

    assert "1 passed" in told
    assert "setpoint" not in told.lower()


def test_imports_change_nothing_of_the_process(installed: Installed) -> None:
    installed.run("python", "-P", "-c", _LEAKS)


def test_commands_find_what_they_need(installed: Installed) -> None:
    run = installed.run
    run("setpoint", "test", "suites/replica/device", "--device=sim", "--reports", "kept")

    assert run("setpoint", "--version") == "setpoint 0.1.0 (no checkout)\n"
    assert "Try it:      setpoint test --only etag.is-reported" in run("setpoint", "explain", "etag.is-reported")
    assert "requirements of replica-seed, " in run("setpoint", "plan", "--spec", "replica-seed", "--device=sim")
    assert "✓" in run("setpoint", "doctor", "--device=sim", "--spec", "udmi-1.5", PYTHONIOENCODING="utf-8")
    assert run("setpoint", "validity", "--jobs", "1", "--variant", "fails-early").startswith("caught ")
    assert "Report: kept/latest" in run("setpoint", "report", "kept/latest")
    assert "replica/lamp" in run("setpoint", "sim", "--list")
    assert "nothing was broken" in run("setpoint", "fuzz", "--sequences", "2", "--device=update-agent")
    assert "_shtab_setpoint" in run("setpoint", "completion", "bash")


def test_tool_is_run_from_its_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    words = ("setpoint", "test", "--device=sim", "--spec", "replica-seed", "--only", "token")

    told = run_uv("tool", "run", "--from", str(wheel), *words, folder=tmp_path)

    assert "was asked for a part of replica-seed alone: of" in told
    assert (tmp_path / "reports" / "latest" / "report.html").exists()


def _is_ours(suites: str) -> bool:
    return suites.partition(".")[0] == "suites"


def _pythons() -> Iterator[str]:
    """Interpreters of this machine, the oldest first."""
    for minor in MINORS:
        found = started([find_uv_bin(), "python", "find", "--system", "--no-python-downloads", f"3.{minor}"])
        if found.returncode == 0:
            yield found.stdout.strip()
