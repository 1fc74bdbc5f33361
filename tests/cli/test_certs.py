"""`setpoint certs`."""

import stat
from pathlib import Path

import pytest

from harness.mqtt.endpoint import Tls
from harness.mqtt.tls import client_context
from tests.runs import Run, setpoint

NAMES = ["ca.crt", "ca.key", "device.crt", "device.key", "server.crt", "server.key"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that they were written to."""
    return tmp_path_factory.mktemp("bench") / "certs"


@pytest.fixture(scope="module", autouse=True)
def made(folder: Path) -> Run:
    """The command, given once."""
    return setpoint("certs", str(folder), "--host", "bench.local", "--device", "AHU-1")


@pytest.mark.process
def test_certs_says_what_each_file_is_for(made: Run, folder: Path) -> None:
    assert made.code == 0, made.output
    assert (
        f"{folder / 'server.crt'}  with server.key: for the broker, at bench.local, localhost, 127.0.0.1" in made.output
    )
    assert "for the device called AHU-1" in made.output


@pytest.mark.process
def test_certs_fit_each_other(folder: Path) -> None:
    assert sorted(file.name for file in folder.iterdir()) == NAMES
    client_context(Tls(folder / "ca.crt", folder / "device.crt", folder / "device.key"))
    client_context(Tls(folder / "ca.crt", folder / "server.crt", folder / "server.key"))


@pytest.mark.process
@pytest.mark.parametrize("name", ["ca.key", "server.key", "device.key"])
def test_keys_are_their_owners_alone(folder: Path, name: str) -> None:
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


@pytest.mark.process
def test_certs_overwrites_nothing_unless_told_to(folder: Path) -> None:
    before = (folder / "ca.crt").read_bytes()

    refused = setpoint("certs", str(folder))

    assert refused.code == 3
    assert "is there already; --force overwrites it" in refused.output
    assert (folder / "ca.crt").read_bytes() == before


@pytest.mark.process
def test_forced_certs_are_new_and_their_keys_closed(tmp_path: Path) -> None:
    setpoint("certs", str(tmp_path))
    old, key = (tmp_path / "ca.crt").read_bytes(), tmp_path / "ca.key"
    key.chmod(0o644)

    assert setpoint("certs", str(tmp_path), "--force").code == 0

    assert (tmp_path / "ca.crt").read_bytes() != old
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


@pytest.mark.process
def test_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    refused = setpoint("certs", str(tmp_path / "file"))

    assert refused.code == 3
    assert "Traceback" not in refused.output
