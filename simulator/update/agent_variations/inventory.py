"""Agents whose current state does not come, or is wrong."""

from collections.abc import Callable
from dataclasses import replace

from harness.protocols.update.words.inventory import Association, Inventory, SoftwareNode
from harness.protocols.update.words.status import FeedbackStatus
from simulator.update.agent.rules import ExecutingRules, InventoryRules
from simulator.update.agent_variations.variation import deviation, other_side


def _changed(change: Callable[[Inventory], Inventory]) -> InventoryRules:
    return InventoryRules(of=change)


def twice(inventory: Inventory) -> Inventory:
    """Its last node is there twice."""
    return replace(inventory, software=(*inventory.software, *inventory.software[-1:]))


def led_astray(inventory: Inventory) -> Inventory:
    """One association leads nowhere."""
    return replace(inventory, associations=(*inventory.associations, Association("nobody", "nothing")))


def in_a_circle(inventory: Inventory) -> Inventory:
    """Every association has its reverse."""
    return replace(
        inventory,
        associations=(
            *inventory.associations,
            *(Association(one.target, one.source) for one in inventory.associations),
        ),
    )


def of_no_domain(inventory: Inventory) -> Inventory:
    """No node names a domain."""
    nodes = [SoftwareNode(node.id, node.version, node.name, node.type) for node in inventory.software]
    return replace(inventory, software=tuple(nodes))


_LATE = 6.5  # seconds, of 5

INVENTORY = (
    deviation(
        "keeps-its-state-to-itself-at-first",
        InventoryRules(at_start=lambda _again: False),
        breaks="agent-inventory.on-connect",
    ),
    deviation("current-state-is-not-retained", InventoryRules(retain=False), breaks="agent-inventory.retained"),
    deviation("current-state-at-qos-0", InventoryRules(qos=0), breaks="agent-inventory.qos"),
    deviation(
        "answers-without-the-activity",
        InventoryRules(answer_id=lambda _activity: "-"),
        breaks="agent-inventory.answers",
        implies=("agent-inventory.answers-in-the-middle", "agent-inventory.after-failure"),
    ),
    deviation(
        "answers-very-late",
        InventoryRules(waits=_LATE),
        breaks="agent-inventory.answers",
        implies=("agent-inventory.answers-in-the-middle", "agent-inventory.after-failure"),
    ),
    deviation(
        "does-not-answer-while-busy",
        InventoryRules(answers=lambda asked: not asked.retain and not asked.is_busy),
        breaks="agent-inventory.answers-in-the-middle",
    ),
    deviation(
        "question-ends-the-update", InventoryRules(disturbs=True), breaks="agent-inventory.answers-in-the-middle"
    ),
    deviation(
        "does-not-answer-after-a-failure",
        InventoryRules(answers=lambda asked: not asked.retain and not asked.has_failed),
        breaks="agent-inventory.after-failure",
    ),
    deviation("node-is-there-twice", _changed(twice), breaks="agent-inventory.hangs-together"),
    deviation("association-leads-nowhere", _changed(led_astray), breaks="agent-inventory.hangs-together"),
    deviation("associations-in-a-circle", _changed(in_a_circle), breaks="agent-inventory.hangs-together"),
    deviation("no-node-names-the-domain", _changed(of_no_domain), breaks="agent-inventory.hangs-together"),
    deviation(
        "completes-and-changes-nothing",
        ExecutingRules(takes_effect=lambda _kind, _command: False),
        breaks="agent-inventory.as-desired",
        implies=("agent-identification.removal",),
    ),
    other_side(
        "keeps-its-state-to-itself-after-a-failure",
        InventoryRules(behind=lambda status: status is not FeedbackStatus.INCOMPLETE),
        shows="agent-inventory.told-after-failure",
    ),
    other_side(
        "leaves-empty-questions",
        InventoryRules(answers=lambda asked: not asked.retain and not asked.is_empty),
        shows="agent-inventory.odd-questions",
    ),
)
