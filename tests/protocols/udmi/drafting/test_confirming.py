"""A draft's guess is confirmed in the file, line by line, and nothing else in it moves."""

from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.protocols.udmi.drafting.confirming import Confirmed, confirmed
from harness.protocols.udmi.profile import PointKind
from harness.protocols.udmi.profile_file import ProfileFile

FILE = Path("acme.toml")
DRAFT = """# AHU-1, drafted
id = "AHU-1"
guessed = ["make"]  # take this out
make = "Acme"

[points.valve]
# of the north wing
kind = "read_only"  # drafted: say writable
guessed = ["kind"]  # take this out
good = []

[points."fan"]
guessed = ["kind"]
kind = "writable"
good = [1]
"""


def test_point_that_is_confirmed_loses_its_mark_and_keeps_all_else() -> None:
    text = confirmed(DRAFT, FILE, Confirmed({"valve": PointKind.READ_ONLY}))

    assert text == DRAFT.replace('guessed = ["kind"]  # take this out\n', "")


def test_point_that_is_another_kind_gets_it() -> None:
    text = confirmed(DRAFT, FILE, Confirmed({"valve": PointKind.STUCK, "fan": PointKind.SLOW}, nameplate=True))

    profile = ProfileFile.parse(text, FILE).profile
    assert {name: (point.kind, point.guessed) for name, point in profile.points.items()} == {
        "valve": (PointKind.STUCK, ()),
        "fan": (PointKind.SLOW, ()),
    }
    assert profile.guessed == ()
    assert "# of the north wing\n" in text


def test_point_that_is_no_guess_can_be_given_another_kind() -> None:
    once = confirmed(DRAFT, FILE, Confirmed({"fan": PointKind.WRITABLE}))

    assert 'kind = "faulty"' in confirmed(once, FILE, Confirmed({"fan": PointKind.FAULTY}))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (DRAFT, "acme.toml has no point 'pump'"),
        ('id = "A"\npoints.pump = { kind = "slow", guessed = ["kind"], good = [] }\n', "edit it by hand"),
        ('id = "A"\n[points.pump]\nkind = "slow"\ngood = []\nguessed = [\n"kind"\n]\n', "is not TOML|by hand"),
    ],
)
def test_what_cannot_be_edited_is_told(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        confirmed(text, FILE, Confirmed({"pump": PointKind.WRITABLE}))
