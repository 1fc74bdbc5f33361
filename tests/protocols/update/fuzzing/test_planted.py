"""The list of what fuzzing has to find."""

from collections.abc import Mapping, Sequence

import pytest

from simulator.base.variation import Variation
from simulator.update.agent_variations import VARIATIONS as OF_AGENTS
from simulator.update.device_variations import VARIATIONS as OF_DEVICES
from tests.protocols.update.fuzzing.planted import AGENT, DEVICE

EIGHT = 8


@pytest.mark.parametrize(("planted", "variations"), [(AGENT, OF_AGENTS), (DEVICE, OF_DEVICES)])
def test_planted_deviations_are_of_eight_different_rules(
    planted: Mapping[str, str], variations: Sequence[Variation[object, object]]
) -> None:
    breaks = {one.variant.id: one.variant.breaks for one in variations}

    assert {name: breaks[name] for name in planted} == planted
    assert len(set(planted.values())) == len(planted) == EIGHT
