"""An environment in which echo is the only protocol."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packages import beside_setpoint, install_example, remove_our_protocols


@pytest.fixture
def only_echo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As long as the test lasts, in every process that it starts."""
    install_example(tmp_path / "site", "echo_protocol")
    remove_our_protocols(tmp_path / "site")
    with beside_setpoint(tmp_path / "site", monkeypatch):
        yield
