"""An update agent with its link: its topics, and those that it asks for and reads."""

from dataclasses import replace

from harness.mqtt.link import Delivery
from harness.protocols.update.words.device_events import AgentEvent, Connected, HeardMessage, Restarted
from harness.protocols.update.words.topics import MessageKind
from simulator.base.linked_device import LinkedDevice
from simulator.link.link_rules import LinkRules
from simulator.link.outbox import LinkTopics
from simulator.update.agent.agent import UpdateAgent
from simulator.update.agent.setup import AgentSetup
from simulator.update.agent_variations.variation import AgentVariation
from simulator.update.declared import DeviceFile


def setup_of(file: DeviceFile) -> AgentSetup:
    """The setup of the one agent that the file is of."""
    return AgentSetup.of(file.profile, file.profile.domain, file.spec)


def simulated_agent(file: DeviceFile, variation: AgentVariation) -> UpdateAgent:
    """The pure agent."""
    return UpdateAgent(setup_of(file), file.components, variation.rules)


def linked_agent(machine: UpdateAgent, file: DeviceFile, variation: AgentVariation) -> LinkedDevice[AgentEvent]:
    """That agent, made of the file and the variation. Its feedback outlasts an outage; its inventory is told anew."""
    setup = setup_of(file)
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


def _link_rules(rules: LinkRules, setup: AgentSetup) -> LinkRules:
    """An agent asks for all that a manager says to it, and reads all of that, unless it is varied in that."""
    usual = LinkRules()
    return replace(
        rules,
        filters=(lambda _inbox: setup.filters) if rules.filters is usual.filters else rules.filters,
        reads=(lambda _inbox, _topic: True) if rules.reads is usual.reads else rules.reads,
    )


def _heard(delivery: Delivery) -> AgentEvent:
    return HeardMessage(delivery.topic, delivery.payload, delivery.retain)
