"""Deviations and quirks by their ids."""

import pytest

from harness.errors import UsageError
from simulator.standalone.choice import variation_of
from simulator.variations import VARIATIONS
from simulator.variations.variation import HEALTHY


def test_device_keeps_all_rules_unless_told_otherwise() -> None:
    assert variation_of(None, None) is HEALTHY


def test_every_variation_is_either_a_deviation_or_a_quirk() -> None:
    for variation in VARIATIONS:
        variant = variation.variant
        if variant.breaks or variant.mute:
            assert variation_of(variant.id, None) is variation
        else:
            assert variation_of(None, variant.id) is variation


@pytest.mark.parametrize(
    ("deviation", "quirk", "complaint"),
    [
        ("fails-erly", None, "unknown deviation 'fails-erly'; did you mean 'fails-early'?"),
        ("???", None, "unknown deviation '???'; there are "),
        (None, "nanosecond", "unknown quirk 'nanosecond'; did you mean 'nanoseconds'?"),
        (
            None,
            "fails-early",
            "'fails-early' is no quirk: it breaks writeback.failure-after-a-minute; write --deviation fails-early",
        ),
        (None, "silent", "'silent' is no quirk: it says nothing, or shows nothing; write --deviation silent"),
        ("nanoseconds", None, "'nanoseconds' is no deviation: it breaks no clause; write --quirk nanoseconds"),
    ],
)
def test_wrong_id_is_answered_with_the_right_one(deviation: str | None, quirk: str | None, complaint: str) -> None:
    with pytest.raises(UsageError) as refused:
        variation_of(deviation, quirk)

    assert str(refused.value).startswith(complaint)
