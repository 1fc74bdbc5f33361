"""Other plugins in the same environment, made here, and a Python that leaves assertions out."""

import sys
from pathlib import Path

import pytest

from tests.runs import Run, run_suites

pytestmark = pytest.mark.process

_QUICK = ("--only", "etag.stale-is-invalid")
_IN_A_GROUP = """
def pytest_addoption(parser):
    parser.getgroup("profiling").addoption("--profile", action="store_true", dest="profiled")
"""
_BY_A_PLUGIN_OF_A_PLUGIN = """
class Inner:
    def pytest_addoption(self, parser):
        parser.addoption("--user", help="another one")

def pytest_addhooks(pluginmanager):
    pluginmanager.register(Inner(), "inner-one")
"""
_WARNS = """
import warnings
import pytest

def pytest_configure(config):
    warnings.warn(pytest.PytestDeprecationWarning("an option of mine is unset"))
"""
_HAS_OTHER_OPTIONS = """
def pytest_addoption(parser):
    parser.addoption("--neighbour", help="nobody else's", default="unset")
    parser.getgroup("setpoint").addoption("--more", help="in a group of the same name", default="unset")

def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.write_line(f"neighbour: {config.option.neighbour} {config.option.more}")
"""


def install(plugin: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a distribution that is found from now on; pytest knows it as `acme`."""
    (folder / "acme_neighbour.py").write_text(plugin, encoding="utf-8")
    about = folder / "acme_neighbour-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-neighbour\nVersion: 1\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[pytest11]\nacme = acme_neighbour\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))


def run_beside(plugin: str, folder: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> Run:
    """The suites in an environment that has this plugin too."""
    install(plugin, folder, monkeypatch)
    return run_suites(folder / "reports", *_QUICK, *options)


@pytest.mark.parametrize(
    ("plugin", "option", "name"),
    [
        ('def pytest_addoption(parser):\n    parser.addoption("--device")\n', "--device", "acme"),
        (_IN_A_GROUP, "--profile", "acme"),
        (_BY_A_PLUGIN_OF_A_PLUGIN, "--user", "inner-one"),
    ],
)
def test_plugin_that_has_an_option_of_ours_is_named_with_what_leaves_it_out(
    plugin: str, option: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = run_beside(plugin, tmp_path, monkeypatch)
    without = run_suites(tmp_path / "reports", "-p", f"no:{name}", *_QUICK)

    assert (refused.code, "Traceback" in refused.output) == (3, False)
    assert refused.output == (
        f"setpoint: the plugin {name} has an option {option}, as Setpoint has, so the two do not go together: "
        f"leave it out by -p no:{name}\n"
    )
    assert without.code == 0, without.output


def test_option_that_somebody_had_before_us_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "first.py").write_text('def pytest_addoption(parser):\n    parser.addoption("--device")\n')
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p first -p harness.plugin\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    run = run_suites(tmp_path / "reports", "-c", str(tmp_path / "pytest.ini"))

    assert (run.code, "Traceback" in run.output) == (3, False)
    assert "another plugin has an option --device already" in run.output


def test_plugin_that_warns_of_its_own_configuration_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_beside(_WARNS, tmp_path, monkeypatch, "-W", "default")

    assert (run.code, "INTERNALERROR" in run.output) == (0, False), run.output


def test_plugin_with_options_of_its_own_has_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_beside(_HAS_OTHER_OPTIONS, tmp_path, monkeypatch, "--neighbour=good", "--more=yes")

    assert (run.code, "neighbour: good yes" in run.output) == (0, True), run.output


def test_python_that_leaves_assertions_out_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")

    run = run_suites(tmp_path / "reports", "--variant", "never-applied", "-W", "default")

    assert run.code == 3
    assert "setpoint: python -O leaves out the assertions" in run.output
    assert "Traceback" not in run.output
    assert not (tmp_path / "reports").exists()
    assert not sys.flags.optimize
