"""Packages of other people, as pip would put them down beside Setpoint."""

import shutil
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
_OURS = ("harness.protocols", "simulator", "suites")  # and whatever else comes with Setpoint
_NO_UDMI = """
import sys


class NoUdmi:
    def find_spec(self, name, path=None, target=None):
        if any(f"{name}.".startswith(f"{package}.") for package in OF_UDMI):
            raise ModuleNotFoundError(f"{name} is imported, and UDMI is not installed")


sys.meta_path.insert(0, NoUdmi())
"""


def install(
    site: Path, name: str, version: str, groups: Mapping[str, Mapping[str, str]], modules: Mapping[str, str]
) -> None:
    """`groups`: entry points by group and name. `modules`: their text by name."""
    info = site / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    lines = [line for group, points in groups.items() for line in (f"[{group}]", *_lines(points))]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
    for module, text in modules.items():
        (site / f"{module}.py").write_text(text, encoding="utf-8")


def install_example(site: Path, name: str) -> None:
    """The package of that folder of `docs/examples`, with what its pyproject.toml says of it."""
    folder = EXAMPLES / name
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    install(site, project["name"], project["version"], project["entry-points"], {})
    shutil.copytree(folder / name, site / name, ignore=shutil.ignore_patterns("__pycache__"))


def remove_our_protocols(site: Path) -> None:
    """Setpoint as if it came without a protocol: nothing offers one, and an import of any part of one fails."""
    groups: dict[str, dict[str, str]] = {}
    ours = distribution("setpoint")
    for point in ours.entry_points:
        if not point.value.startswith(_OURS):
            groups.setdefault(point.group, {})[point.name] = point.value
    install(site, ours.name, ours.version, groups, {"sitecustomize": f"OF_UDMI = {_OURS}\n{_NO_UDMI}"})


@contextmanager
def beside_setpoint(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package that is installed there is found, by this process and its children, as long as the block lasts."""
    before = {*sys.modules}
    with monkeypatch.context() as patch:
        patch.syspath_prepend(site)
        patch.setenv("PYTHONPATH", str(site))
        patch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        yield
    for module in {*sys.modules} - before:
        if getattr(sys.modules[module], "__file__", "").startswith(str(site)):
            del sys.modules[module]


def _lines(points: Mapping[str, str]) -> Iterator[str]:
    return (f"{name} = {where}" for name, where in points.items())
