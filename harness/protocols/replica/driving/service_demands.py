"""Demands of a scenario on a service's profile: each is one question, asked before any drive too."""

from collections.abc import Callable

from harness.driving.scenario import Scenario
from harness.errors import UsageError
from harness.protocols.replica.profile import ServiceProfile
from harness.provocations.provocation import CannotProvoke
from harness.record.left_out import NotApplicable
from harness.record.trace import Recorder
from harness.target.declared import Declared


def rest_address(profile: ServiceProfile) -> str:
    """The address of its REST. Raises NotApplicable, with the line to add, where it has none."""
    if profile.http is None:
        raise NotApplicable('the profile tells of no REST: add the line http = "http://HOST:PORT", or --service-http')
    return profile.http


class NoLogin(CannotProvoke):
    """The suites cannot come as that client."""

    def __init__(self, name: str, lack: str) -> None:
        Exception.__init__(self, f"nobody can come as {name}: {lack}")


def login(name: str) -> Callable[[ServiceProfile], str]:
    """Of a device, of another, or of a component: the id of the device that it is."""

    def asked(profile: ServiceProfile) -> str:
        known = profile.logins.get(name)
        if known is None or not known.has_password:
            lines = f"[service.logins.{name}] with username, and password_env or password_file"
            raise NoLogin(name, f"the profile has no {lines}")
        return known.id

    return asked


def token(name: str) -> Callable[[ServiceProfile], str]:
    """Likewise of one that has a token for REST."""

    def asked(profile: ServiceProfile) -> str:
        known = profile.logins.get(name)
        if known is None or not known.has_token:
            raise NoLogin(name, f"the profile has no [service.logins.{name}] with token_env or token_file")
        return known.id

    return asked


def check_demands(scenario: Scenario, declared: Declared, recorder: Recorder) -> None:
    """Ask what it demands of a profile alone. Raises what asking raises, as in a drive."""
    del recorder
    if not isinstance(declared, ServiceProfile):
        raise UsageError(f"{declared.id} has a profile of another kind of thing than a replica service")
    for ask in scenario.demands.values():
        ask(declared)
