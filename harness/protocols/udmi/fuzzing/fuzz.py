"""Fuzzing of a device, as `setpoint fuzz` asks for it."""

from harness.errors import UsageError
from harness.protocol import Fuzzed
from harness.protocols.udmi.fuzzing.scenario_text import scenario_text
from harness.protocols.udmi.fuzzing.search import Search
from harness.protocols.udmi.profile import udmi_profile
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.spec import Spec
from harness.target import Stepped, Target


def fuzz(target: Target, sequences: int, seed: int) -> Fuzzed:
    """Play so many sequences to the target. Raises UsageError where it cannot be told the time."""
    if not isinstance(target, Stepped):
        raise UsageError(f"{target.name} cannot be fuzzed: that takes a device which can be told the time, such as sim")
    search = Search(target.machine, udmi_profile(target.profile), codec_of(Spec.UDMI_1_5))
    accusation = search.run(sequences, seed)
    if accusation is None:
        return Fuzzed(search.played)
    return Fuzzed(search.played, accusation.requirement, accusation.story, scenario_text(accusation))
