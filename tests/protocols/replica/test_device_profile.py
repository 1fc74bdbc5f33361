"""The profile of a device behind a replica: read, recorded, and refused where it contradicts itself."""

from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.files.data import data
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.device_profile_file import DeviceProfileFile
from harness.protocols.replica.words.topics import Scheme

LAMP = data("replica", "profiles", "lamp.toml")


def test_lamp_is_read_with_its_topics_and_ways() -> None:
    file = DeviceProfileFile.read(LAMP)

    assert (file.profile.id, file.profile.inbox) == ("LAMP-1", "state/LAMP-1/update/delta")
    assert file.profile.properties["color.hue"].path == ("color", "hue")
    assert list(file.ways) == ["change", "restart"]
    assert file.profile.id_at("state/LAMP-2/update/delta") == "LAMP-2"
    assert file.profile.id_at("state/LAMP-2/update") is None


def test_profile_is_the_same_out_of_a_record() -> None:
    profile = DeviceProfileFile.read(LAMP).profile

    assert DeviceProfile.from_dict(profile.as_dict()) == profile


def test_scheme_of_aws_has_its_own_topics() -> None:
    profile = DeviceProfile("LAMP-1", {}, Scheme.AWS)

    assert profile.inbox == "$aws/things/LAMP-1/shadow/update/delta"
    assert profile.own_filters == ("$aws/things/LAMP-1/shadow/#",)


def test_record_of_something_else_is_refused() -> None:
    with pytest.raises(UsageError, match="no profile of a device behind a replica"):
        DeviceProfile.from_dict({"id": "LAMP-1", "points": {}})


@pytest.mark.parametrize(
    ("line", "instead", "complaint"),
    [
        ("good = [40, 80]", 'good = [40, "80"]', "'80' is no integer"),
        ("good = [40, 80]", "good = [40]", "good"),
        ("impossible = 400", "impossible = 80", "that is one of its good values"),
        ('counts = "power"', 'counts = "powr"', "a counter is read_only, and counts another property"),
        ('[properties."color.hue"]', '[properties."mode.hue"]', "it lies inside another property"),
        ('impossible = "bright"', 'imposible = "bright"', "did you mean 'impossible'?"),
        ("[provocations.change]", "[provocations.chnge]", "did you mean 'change'?"),
    ],
)
def test_slip_is_refused_with_file_and_line(tmp_path: Path, line: str, instead: str, complaint: str) -> None:
    text = LAMP.read_text(encoding="utf-8")
    assert line in text
    file = tmp_path / "lamp.toml"
    file.write_text(text.replace(line, instead, 1), encoding="utf-8")

    with pytest.raises(UsageError, match=r"lamp\.toml, line \d+") as refused:
        DeviceProfileFile.read(file)

    assert complaint in str(refused.value)
