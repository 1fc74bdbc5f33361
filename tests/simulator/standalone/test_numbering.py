"""Names that are numbered on."""

import pytest

from simulator.standalone.numbering import nth


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("AHU-1", ["AHU-1", "AHU-2", "AHU-3"]),
        ("AHU-09", ["AHU-09", "AHU-10", "AHU-11"]),
        ("VAV", ["VAV-1", "VAV-2", "VAV-3"]),
        ("7", ["7", "8", "9"]),
        ("A1B99", ["A1B99", "A1B100", "A1B101"]),
        ("A1B", ["A1B-1", "A1B-2", "A1B-3"]),
    ],
)
def test_number_at_the_end_is_counted_on(name: str, names: list[str]) -> None:
    assert [nth(name, place) for place in range(3)] == names
