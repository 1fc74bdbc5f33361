"""A device behind a replica with its link: its topics, and what it asks for and reads."""

from harness.mqtt.link import Delivery
from harness.protocols.replica.words.topics import Operation
from simulator.base.linked_device import LinkedDevice
from simulator.link.link_rules import listening_at
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
        listening_at(profile.answers, variation.rules.link),
        variation,
    )


def _heard(delivery: Delivery) -> DeviceEvent:
    return Heard(delivery.topic, delivery.payload)
