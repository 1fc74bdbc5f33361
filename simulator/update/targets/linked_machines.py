"""Pure agents and devices of a file and a variation, and each with its link."""

from typing import Any

from harness.machine.effects import Machine
from harness.mqtt.link import Delivery
from harness.protocols.update.words.device_events import AgentEvent, Connected, HeardMessage, Restarted
from harness.protocols.update.words.topics import MessageKind
from simulator.base.linked_device import LinkedDevice
from simulator.base.variation import Variation
from simulator.link.link_rules import LinkRules, listening_at
from simulator.link.outbox import LinkTopics
from simulator.update.agent.agent import UpdateAgent
from simulator.update.agent.setup import AgentSetup
from simulator.update.agent_variations.variation import AgentVariation
from simulator.update.declared import DeviceFile
from simulator.update.device.device import UpdateDevice
from simulator.update.device.setup import ManagerSetup
from simulator.update.device_variations.variation import DeviceVariation


def setup_of(file: DeviceFile) -> AgentSetup:
    """The setup of the one agent that the file is of."""
    return AgentSetup.of(file.profile, file.profile.domain, file.spec)


def manager_setup_of(file: DeviceFile) -> ManagerSetup:
    """The setup of the manager of the device that the file is of."""
    return ManagerSetup.of(file.profile, file.spec)


def simulated_agent(file: DeviceFile, variation: AgentVariation) -> UpdateAgent:
    """The pure agent."""
    return UpdateAgent(setup_of(file), file.components, variation.rules)


def simulated_device(file: DeviceFile, variation: DeviceVariation) -> UpdateDevice:
    """The pure device."""
    return UpdateDevice(manager_setup_of(file), file.components, variation.rules)


def linked_agent(machine: UpdateAgent, file: DeviceFile, variation: AgentVariation) -> LinkedDevice[AgentEvent]:
    """That agent, made of the file and the variation."""
    return _linked(machine, file.profile.id, setup_of(file), variation.rules.link, variation)


def linked_device(machine: UpdateDevice, file: DeviceFile, variation: DeviceVariation) -> LinkedDevice[AgentEvent]:
    """That device, made of the file and the variation."""
    return _linked(machine, file.profile.id, manager_setup_of(file), variation.rules.link, variation)


def _linked(
    machine: Machine[AgentEvent],
    client_id: str,
    setup: AgentSetup | ManagerSetup,
    rules: LinkRules,
    variation: Variation[DeviceFile, Any],
) -> LinkedDevice[AgentEvent]:
    """Its feedback outlasts an outage; its inventory is told anew."""
    return LinkedDevice(
        client_id,
        machine,
        _heard,
        Connected(),
        Restarted(),
        LinkTopics(
            setup.topic(MessageKind.DESIRED_STATE),
            setup.topic(MessageKind.CURRENT_STATE),
            setup.topic(MessageKind.FEEDBACK),
        ),
        listening_at(setup.filters, rules),
        variation,
    )


def _heard(delivery: Delivery) -> AgentEvent:
    return HeardMessage(delivery.topic, delivery.payload, delivery.retain)
