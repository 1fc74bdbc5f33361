"""The topics that a device's link treats apart: its requests are of the moment, and none outlasts an outage."""

from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.words.topics import Operation
from simulator.link.outbox import LinkTopics


def link_topics(profile: DeviceProfile) -> LinkTopics:
    """Of the device with that profile."""
    return LinkTopics(profile.inbox, profile.topic(Operation.UPDATE), profile.topic(Operation.GET))
