"""Deviations and quirks by their ids."""

import pytest

from harness.errors import UsageError
from simulator.standalone.variant_choice import variation_of
from simulator.udmi.variations import VARIATIONS
from simulator.udmi.variations.variation import HEALTHY


def test_device_keeps_all_rules_unless_told_otherwise() -> None:
    assert variation_of(None, None, among=VARIATIONS, healthy=HEALTHY) is HEALTHY


def test_every_variation_is_either_a_deviation_or_a_quirk() -> None:
    for variation in VARIATIONS:
        variant = variation.variant
        if variant.breaks or variant.mute:
            assert variation_of(variant.id, None, among=VARIATIONS, healthy=HEALTHY) is variation
        else:
            assert variation_of(None, variant.id, among=VARIATIONS, healthy=HEALTHY) is variation


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
        variation_of(deviation, quirk, among=VARIATIONS, healthy=HEALTHY)

    assert str(refused.value).startswith(complaint)
