"""Demands of a scenario on a service's profile: each is one question, asked before any drive too."""

from harness.driving.scenario import Scenario
from harness.errors import UsageError
from harness.protocols.replica.profile import ServiceProfile
from harness.record.left_out import NotApplicable
from harness.record.trace import Recorder
from harness.target.declared import Declared


def rest_address(profile: ServiceProfile) -> str:
    """The address of its REST. Raises NotApplicable, with the line to add, where it has none."""
    if profile.http is None:
        raise NotApplicable('the profile tells of no REST: add the line http = "http://HOST:PORT", or --service-http')
    return profile.http


def check_demands(scenario: Scenario, declared: Declared, recorder: Recorder) -> None:
    """Ask what it demands of a profile alone. Raises what asking raises, as in a drive."""
    del recorder
    if not isinstance(declared, ServiceProfile):
        raise UsageError(f"{declared.id} has a profile of another kind of thing than a replica service")
    for ask in scenario.demands.values():
        ask(declared)
