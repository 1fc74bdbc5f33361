"""A device file is read whole, or refused with its line."""

from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.files.data import data
from harness.protocols.replica.device_profile_file import DeviceProfileFile
from simulator.replica.device.declared import DeviceFile
from simulator.replica.targets.device import LAMP


def test_lamp_declares_what_its_profile_on_a_bench_does() -> None:
    on_a_bench = DeviceProfileFile.read(data("replica", "profiles", "lamp.toml"))

    assert DeviceFile.read(LAMP).profile.properties == on_a_bench.profile.properties


@pytest.mark.parametrize(
    ("line", "instead", "complaint"),
    [
        ("base = 50", "base = 500", "it does not take 500 itself"),
        ("good = [40, 80]", "good = [40, 180]", "it does not take 180 itself"),
        ("impossible = 400", "impossible = 70", "that is a value that it takes"),
        ("settles_after = 1.5", "settles_afer = 1.5", "settles_afer"),
        ('type = "boolean"', 'type = "bool"', "bool"),
    ],
)
def test_slip_is_refused_with_file_and_line(tmp_path: Path, line: str, instead: str, complaint: str) -> None:
    text = LAMP.read_text(encoding="utf-8")
    assert line in text
    file = tmp_path / "lamp.toml"
    file.write_text(text.replace(line, instead, 1), encoding="utf-8")

    with pytest.raises(UsageError, match=r"lamp\.toml, line \d+") as refused:
        DeviceFile.read(file)

    assert complaint in str(refused.value)
