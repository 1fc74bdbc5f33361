"""Fuzzing of a device, as `setpoint fuzz` asks for it."""

from harness.errors import UsageError
from harness.protocol import Fuzzed
from harness.protocols.udmi.fuzzing.invariants import INVARIANTS
from harness.protocols.udmi.fuzzing.scenario_text import scenario_text
from harness.protocols.udmi.fuzzing.search import Search
from harness.protocols.udmi.profile import udmi_profile
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.spec import Spec
from harness.target import Stepped, Target


def fuzz(target: Target, spec: str, sequences: int, seed: int) -> Fuzzed:
    """Play so many sequences to the target. Raises UsageError if it cannot be told the time, or for another spec."""
    if spec != Spec.UDMI_1_5:
        raise UsageError(f"--spec={spec} cannot be fuzzed: sequences are held against what udmi-1.5 asks for")
    if not isinstance(target, Stepped):
        raise UsageError(f"{target.name} cannot be fuzzed: that takes a device which can be told the time, such as sim")
    search = Search(target.machine, udmi_profile(target.profile), codec_of(Spec.UDMI_1_5))
    accusation, asked = search.run(sequences, seed), frozenset(one.requirement for one in INVARIANTS)
    if accusation is None:
        return Fuzzed(asked, search.played)
    text = scenario_text(accusation)
    return Fuzzed(asked, search.played, search.until_found, accusation.requirement, accusation.story, text)
