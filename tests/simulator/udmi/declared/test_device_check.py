"""A slip in a device file is refused by name, before it accuses the device."""

import re
from pathlib import Path

import pytest

from harness.errors import UsageError
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.target import AHU_1

WHOLE = AHU_1.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "instead", "complaint"),
    [
        ('kind = "slow"', 'kind = "slwo"', "points.cooling_valve_position.kind: 'slwo' is not one of"),
        ('kind = "slow"', 'kind = "slwo"', "did you mean 'slow'?"),
        ('kind = "slow"', "", "points.cooling_valve_position: 'kind' is a required property"),
        ("settles_after = 4", "", "'settles_after' is a required property"),
        ("out_of_range = 400.0", "out_of_rang = 400.0", "did you mean 'out_of_range'?"),
        ("out_of_range = 400.0", "out_of_range = 30.0", "out_of_range is 30.0, which the point takes"),
        ('wrong_type = "warm"', "wrong_type = 3.5", "wrong_type is 3.5, which the point takes"),
        ("good = [21.5, 18.0]", "good = [20.0, 18.0]", "good has 20.0, which the point shows by itself"),
        ("good = [21.5, 18.0]", "good = [21.5, 99.0]", "good has 99.0, but the point does not go above 60"),
        ("good = [21.5, 18.0]", "good = [21.5, 21.5]", "has non-unique elements"),
        ("good = [21.5, 18.0]", "good = []", "points.supply_air_temperature_setpoint.good"),
        ("good = [21.5, 18.0]", "good = 21.5", "21.5 is not of type 'array'"),
        ("Degrees-Fahrenheit = 68.0", "Fahrenheit = 68.0", "which nothing here converts to 'Degrees-Celsius'"),
        ("Degrees-Fahrenheit = 68.0", "Degrees-Fahrenheit = 6800.0", "but the point does not go above 60"),
        (
            "time_to_failure = 60",
            "time_to_failure = -1",
            "time_to_failure: -1 is less than or equal",
        ),
        ('id = "AHU-1"', 'id = "a/b +#"', "id: 'a/b +#' does not match"),
    ],
)
def test_slip_is_refused_with_file_and_place(tmp_path: Path, line: str, instead: str, complaint: str) -> None:
    file = tmp_path / "slip.toml"
    file.write_text(WHOLE.replace(line, instead, 1), encoding="utf-8")

    with pytest.raises(UsageError) as refused:
        DeviceFile.read(file)

    assert re.match(rf"{re.escape(str(file))}, line \d+: ", str(refused.value))
    assert complaint in str(refused.value)


def test_device_with_a_single_point_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "single.toml"
    file.write_text('id = "ONE-1"\n[points.setpoint]\nkind = "writable"\nbase = 1\ngood = [2]\n', encoding="utf-8")

    assert [point.name for point in DeviceFile.read(file).points] == ["setpoint"]
