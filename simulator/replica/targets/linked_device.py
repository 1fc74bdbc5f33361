"""A device behind a replica with its link: its topics, and what it asks for and reads."""

from dataclasses import replace

from harness.mqtt.link import Delivery
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.words.topics import Operation
from simulator.base.linked_device import LinkedDevice
from simulator.link.link_rules import LinkRules
from simulator.link.outbox import LinkTopics
from simulator.replica.device.declared import DeviceFile
from simulator.replica.device.device import ReplicaDevice
from simulator.replica.device.events import Connected, DeviceEvent, Heard, Restarted
from simulator.replica.device_variations.variation import DeviceVariation


def simulated_device(file: DeviceFile, variation: DeviceVariation) -> ReplicaDevice:
    """The pure device."""
    profile = file.profile
    return ReplicaDevice(profile.id, file.properties, variation.rules, profile.scheme)


def linked_device(machine: ReplicaDevice, file: DeviceFile, variation: DeviceVariation) -> LinkedDevice[DeviceEvent]:
    """That device, made of the file and the variation. Its requests are of the moment: none outlasts an outage."""
    profile = file.profile
    return LinkedDevice(
        profile.id,
        machine,
        _heard,
        Connected(),
        Restarted(),
        LinkTopics(profile.inbox, profile.topic(Operation.UPDATE), profile.topic(Operation.GET)),
        _link_rules(variation.rules.link, profile),
        variation,
    )


def _link_rules(rules: LinkRules, profile: DeviceProfile) -> LinkRules:
    """A device asks for all that a replica says to it, and reads all that it asked for, unless it is varied in that."""
    usual = LinkRules()
    return replace(
        rules,
        filters=(lambda _inbox: profile.answers) if rules.filters is usual.filters else rules.filters,
        reads=(lambda _inbox, _topic: True) if rules.reads is usual.reads else rules.reads,
    )


def _heard(delivery: Delivery) -> DeviceEvent:
    return Heard(delivery.topic, delivery.payload)
