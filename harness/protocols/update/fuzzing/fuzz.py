"""Fuzzing of an agent, or of a device, as `setpoint fuzz` asks for it."""

from harness.errors import UsageError
from harness.protocol import Fuzzed
from harness.protocols.update.fuzzing.scenario_text import scenario_text
from harness.protocols.update.fuzzing.search import Search
from harness.protocols.update.profile import UpdateProfile
from harness.protocols.update.words.spec import UpdateSpec
from harness.target import Stepped, Target
from harness.text import printable


def fuzz(target: Target, spec: str, sequences: int, seed: int) -> Fuzzed:
    """Play so many sequences to the target. Raises UsageError where it cannot be told the time."""
    profile = target.profile
    if not isinstance(target, Stepped) or not isinstance(profile, UpdateProfile):
        needed = "that takes an agent or a device which can be told the time: update-agent or update-device"
        raise UsageError(f"{printable(target.name)} cannot be fuzzed: {needed}")
    search = Search(target.machine, profile, UpdateSpec(spec))
    accusation = search.run(sequences, seed)
    if accusation is None:
        return Fuzzed(search.asked, search.played)
    text = scenario_text(accusation, profile.role)
    return Fuzzed(search.asked, search.played, search.until_found, accusation.requirement, accusation.story, text)
