"""The data that comes with Setpoint: requirements, schemas, devices, profiles, traces."""

from pathlib import Path

from harness.files.bundled import BUNDLED

_DATA = BUNDLED / "fixtures"


def data(*parts: str) -> Path:
    """The path of a file, or a folder, of that data: `data("schemas", "results.json")`."""
    return _DATA.joinpath(*parts)
