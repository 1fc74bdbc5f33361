"""The profile of a UDMI device, as a target has it."""

import pytest

from harness.errors import UsageError
from harness.protocols.udmi.profile import Profile, udmi_profile


def test_profile_says_where_the_device_is_spoken_to_and_what_is_its_own() -> None:
    profile = Profile("AHU-1", {}, topics="/r/site/d/{id}")

    assert profile.inbox == "/r/site/d/AHU-1/config"
    assert profile.own_filters == ("/r/site/d/AHU-1/#",)


def test_id_of_another_device_is_told_by_where_it_is_spoken_to() -> None:
    profile = Profile("AHU-1", {}, topics="/r/site/d/{id}")

    assert profile.id_at("/r/site/d/ahu-1/config") == "ahu-1"
    assert profile.id_at("/r/site/d/+/config") is None
    assert profile.id_at("/devices/ahu-1/config") is None


def test_profile_of_another_protocol_is_refused() -> None:
    class Replica:
        """Another thing under test."""

    with pytest.raises(UsageError, match="takes the profile of a UDMI device, and not a Replica"):
        udmi_profile(Replica())
