"""Messages that a backend might send to a device, or a manager to an agent, for a person to change and to hand over."""

import json
from collections.abc import Iterator

from harness.payload.values import JSON
from harness.protocols.update.words.command import command_message
from harness.protocols.update.words.desired_state import DesiredComponent, DesiredDomain, DesiredState
from harness.protocols.update.words.envelope import encoded
from harness.protocols.update.words.status import PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from simulator.standalone.devices.message_draft import MessageDraft
from simulator.update.agent.agent import UpdateAgent
from simulator.update.agent.components import Stock
from simulator.update.device.device import UpdateDevice


def drafts_of(machine: UpdateAgent | UpdateDevice, now: float) -> Iterator[MessageDraft]:
    """All that it has as a desired state, of which a version can be changed; an agent's commands; a question."""
    setup, anew = machine.setup, f"panel-{now:.0f}"

    def draft(title: str, kind: MessageKind, payload: dict[str, JSON] | None, activity: str) -> MessageDraft:
        message = encoded(payload, activity=activity, now=now, enveloped=setup.envelope)
        return MessageDraft(title, setup.topic(kind), json.loads(message))

    yield draft("desired state: what it has", MessageKind.DESIRED_STATE, _desired(machine.stock), anew)
    if isinstance(machine, UpdateAgent):
        under_way = machine.activity or anew
        for command in PhaseCommand:
            content = command_message(command).as_json()
            yield draft(f"command {command}", MessageKind.COMMAND, content, under_way)
    yield draft("question for the current state", MessageKind.CURRENT_STATE_GET, None, anew)


def _desired(stock: Stock) -> dict[str, JSON]:
    domains = dict[str, list[DesiredComponent]]()
    for name, one in stock.items():
        domain, _, component = name.partition(":")
        domains.setdefault(domain, []).append(DesiredComponent(component, one.version, one.config))
    return DesiredState(tuple(DesiredDomain(name, tuple(listed)) for name, listed in domains.items())).as_json()
