"""No agent, and no device, that is odd and conforms is accused by random sequences, in either spec."""

import pytest

from harness.protocols.update.fuzzing.search import Search
from harness.protocols.update.words.spec import UpdateSpec
from harness.target import TargetOptions
from simulator.update.agent_variations.quirks import QUIRKS as OF_AGENTS
from simulator.update.device_variations.quirks import QUIRKS as OF_DEVICES
from simulator.update.targets.agent import UpdateAgentTarget
from simulator.update.targets.device import UpdateDeviceTarget

SEED = 0
SEQUENCES = 4  # of each: some 60 ms

ODD = [
    (made, one.variant.id)
    for made, quirks in ((UpdateAgentTarget, OF_AGENTS), (UpdateDeviceTarget, OF_DEVICES))
    for one in quirks
    if not one.variant.mute
]


@pytest.mark.parametrize("spec", UpdateSpec)
@pytest.mark.parametrize(("made", "quirk"), ODD)
def test_odd_peer_that_conforms_is_accused_of_nothing(
    made: type[UpdateAgentTarget | UpdateDeviceTarget], quirk: str, spec: UpdateSpec
) -> None:
    target = made.from_option("", TargetOptions(spec=spec)).varied(quirk)

    assert Search(target.machine, target.profile, spec).run(SEQUENCES, SEED) is None
