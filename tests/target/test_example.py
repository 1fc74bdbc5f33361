"""The example of a target that a vendor adds: found by its entry point, as if it were installed."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import harness.target
from harness.errors import UsageError
from harness.protocols.udmi import profile
from harness.target import TargetOptions, resolve
from tests.packages import beside_setpoint, install
from tests.runs import ROOT, run_suites, run_tests

EXAMPLE = ROOT / "docs" / "examples" / "acme_target"
GROUP = "setpoint.targets"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The files that pip would put down: the module, and the entry points that its pyproject.toml names."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())["project"]
    points = project["entry-points"][GROUP]
    text = (EXAMPLE / "acme_target.py").read_text()
    install(tmp_path / "site", project["name"], project["version"], {GROUP: points}, {"acme_target": text})
    with beside_setpoint(tmp_path / "site", monkeypatch):
        yield


@pytest.mark.process
@pytest.mark.usefixtures("installed")
def test_target_of_a_vendor_is_driven_and_judged(tmp_path: Path) -> None:
    run = run_suites(tmp_path / "reports", "--device=acme:42")

    levels = {entry.id: entry.verdict for entry in run.judged.requirements}
    assert run.code == 1, run.output
    assert "ACME-42 does not conform to udmi-1.5" in run.output
    assert (levels["writeback.applied"], levels["etag.is-reported"], levels["expiry.ends-the-write"]) == (
        "pass",
        "warn",
        "fail",
    )
    assert "harness error" not in levels.values()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("option", "options", "told"),
    [
        ("acme:kitchen", TargetOptions(), "expected the thermostat's number"),
        ("acme:42", TargetOptions(insecure=True), "has its profile in its package"),
        ("amce:42", TargetOptions(), "expected trace:PATH or one of acme, "),
    ],
)
def test_target_of_a_vendor_says_what_it_cannot_be(option: str, options: TargetOptions, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        resolve(option, options)


def test_target_that_is_not_installed_is_not_known() -> None:
    with pytest.raises(UsageError, match=r"--device is 'acme:42'; expected trace:PATH or one of .*listen, "):
        resolve("acme:42")


@pytest.mark.process
@pytest.mark.usefixtures("installed")
def test_packages_own_tests_pass(tmp_path: Path) -> None:
    run = run_tests(tmp_path, str(EXAMPLE), "-p", "no:cacheprovider")

    assert run.code == 0, run.output
    assert "1 passed" in run.output


def test_example_uses_public_names_alone() -> None:
    imports = [node for file in EXAMPLE.glob("*.py") for node in ast.walk(ast.parse(file.read_text()))]
    ours = [node for node in imports if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("harness")]

    assert {node.module for node in ours} == {harness.target.__name__, profile.__name__}
    assert {alias.name for node in ours for alias in node.names} <= {*harness.target.__all__, *profile.__all__}
    assert not any(isinstance(node, ast.Import) and node.names[0].name.startswith("harness") for node in imports)
