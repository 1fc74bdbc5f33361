"""The example of a target that a vendor adds: found by its entry point, as if it were installed."""

import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.target import Means, resolve
from tests.runs import ROOT, run_suites

EXAMPLE = ROOT / "docs" / "examples" / "acme_target"
GROUP = "setpoint.targets"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What pip would put down: the module, and the entry points that its pyproject.toml names."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())["project"]
    site = tmp_path / "site"
    info = site / f"acme_target-{project['version']}.dist-info"
    info.mkdir(parents=True)
    points = [f"{name} = {where}" for name, where in project["entry-points"][GROUP].items()]
    (info / "entry_points.txt").write_text("\n".join([f"[{GROUP}]", *points]))
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    shutil.copy(EXAMPLE / "acme_target.py", site)
    monkeypatch.syspath_prepend(site)
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    yield
    monkeypatch.undo()
    sys.modules.pop("acme_target", None)


@pytest.mark.usefixtures("installed")
def test_target_of_a_vendor_is_driven_and_judged(tmp_path: Path) -> None:
    run = run_suites(tmp_path / "reports", "--device=acme:42")

    levels = {entry["id"]: entry["verdict"] for entry in run.results["requirements"]}
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
    ("option", "means", "told"),
    [
        ("acme:kitchen", Means(), "expected the thermostat's number"),
        ("acme:42", Means(insecure=True), "has its profile in its package"),
        ("amce:42", Means(), "expected trace:PATH or one of acme, "),
    ],
)
def test_target_of_a_vendor_says_what_it_cannot_be(option: str, means: Means, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        resolve(option, means)


def test_target_that_is_not_installed_is_not_known() -> None:
    with pytest.raises(UsageError, match="--device is 'acme:42'; expected trace:PATH or one of listen, "):
        resolve("acme:42")
