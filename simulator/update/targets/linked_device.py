"""A device with an update manager and its link: its topics, and those that it asks for and reads."""

from dataclasses import replace

from harness.mqtt.link import Delivery
from harness.protocols.update.words.device_events import AgentEvent, Connected, HeardMessage, Restarted
from harness.protocols.update.words.topics import MessageKind
from simulator.base.linked_device import LinkedDevice
from simulator.link.link_rules import LinkRules
from simulator.link.outbox import LinkTopics
from simulator.update.declared import DeviceFile
from simulator.update.device.device import UpdateDevice
from simulator.update.device.setup import ManagerSetup
from simulator.update.device_variations.variation import DeviceVariation


def manager_setup_of(file: DeviceFile) -> ManagerSetup:
    """The setup of the manager of the device that the file is of."""
    return ManagerSetup.of(file.profile, file.spec)


def simulated_device(file: DeviceFile, variation: DeviceVariation) -> UpdateDevice:
    """The pure device."""
    return UpdateDevice(manager_setup_of(file), file.components, variation.rules)


def linked_device(machine: UpdateDevice, file: DeviceFile, variation: DeviceVariation) -> LinkedDevice[AgentEvent]:
    """That device, made of the file and the variation. Its feedback outlasts an outage; its inventory is told anew."""
    setup = manager_setup_of(file)
    return LinkedDevice(
        file.profile.id,
        machine,
        _heard,
        Connected(),
        Restarted(),
        LinkTopics(
            setup.topic(MessageKind.DESIRED_STATE),
            setup.topic(MessageKind.CURRENT_STATE),
            setup.topic(MessageKind.FEEDBACK),
        ),
        _link_rules(variation.rules.link, setup),
        variation,
    )


def _link_rules(rules: LinkRules, setup: ManagerSetup) -> LinkRules:
    """A manager asks for all that is said to it, and reads all of that, unless it is varied in that."""
    usual = LinkRules()
    return replace(
        rules,
        filters=(lambda _inbox: setup.filters) if rules.filters is usual.filters else rules.filters,
        reads=(lambda _inbox, _topic: True) if rules.reads is usual.reads else rules.reads,
    )


def _heard(delivery: Delivery) -> AgentEvent:
    return HeardMessage(delivery.topic, delivery.payload, delivery.retain)
