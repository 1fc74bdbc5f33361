"""Raised where a scenario asks for something that only a counterpart can do which the harness plays."""

from harness.driving.scenario import Scenario
from harness.protocols.replica.words.flow import A_FLOW
from harness.provocations.provocation import CannotProvoke


class NotPlayed(CannotProvoke):
    """The thing opposite is under test as well, and does what it does."""

    def __init__(self, thing: str, option: str) -> None:
        Exception.__init__(
            self,
            f"this takes a {thing} that the harness plays, and with --device and --service it plays components alone: "
            f"give --{option} alone, with no other {thing} there",
        )


def check_service_in_a_pair(scenario: Scenario) -> None:
    """Raises NotPlayed where it takes a device that is played."""
    if scenario.begins_in != A_FLOW:
        raise NotPlayed("device", "service")


def check_device_in_a_pair(scenario: Scenario) -> None:
    """Raises NotPlayed where it takes a replica that is played."""
    if scenario.begins_in != A_FLOW:
        raise NotPlayed("replica", "device")
