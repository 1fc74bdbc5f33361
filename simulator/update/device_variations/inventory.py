"""Devices whose current state does not come, or is wrong."""

from harness.protocols.update.words.status import FeedbackStatus
from simulator.update.agent.rules import ExecutingRules
from simulator.update.agent_variations.inventory import in_a_circle, led_astray, of_no_domain, twice
from simulator.update.device.rules import DeviceInventoryRules
from simulator.update.device_variations.identification import own_agents
from simulator.update.device_variations.variation import deviation, other_side

_LATE = 6.5  # seconds, of 5

INVENTORY = (
    deviation(
        "device-keeps-its-state-to-itself-at-first",
        DeviceInventoryRules(at_start=lambda _again: False, on_change=False),
        breaks="device-inventory.on-connect",
    ),
    deviation("device-state-is-not-retained", DeviceInventoryRules(retain=False), breaks="device-inventory.retained"),
    deviation("device-state-at-qos-0", DeviceInventoryRules(qos=0), breaks="device-inventory.qos"),
    deviation(
        "device-answers-without-the-activity",
        DeviceInventoryRules(answer_id=lambda _activity: "-"),
        breaks="device-inventory.answers",
        implies=("device-inventory.answers-in-the-middle", "device-inventory.after-failure"),
    ),
    deviation(
        "device-answers-very-late",
        DeviceInventoryRules(waits=_LATE),
        breaks="device-inventory.answers",
        implies=("device-inventory.answers-in-the-middle", "device-inventory.after-failure"),
    ),
    deviation(
        "device-does-not-answer-while-busy",
        DeviceInventoryRules(answers=lambda asked: not asked.retain and not asked.is_busy),
        breaks="device-inventory.answers-in-the-middle",
    ),
    deviation(
        "device-does-not-answer-after-a-failure",
        DeviceInventoryRules(answers=lambda asked: not asked.retain and not asked.has_failed),
        breaks="device-inventory.after-failure",
    ),
    deviation(
        "device-keeps-its-state-to-itself-after-a-failure",
        DeviceInventoryRules(behind=lambda status: status is not FeedbackStatus.INCOMPLETE, on_change=False),
        breaks="device-inventory.told-after-failure",
    ),
    deviation("device-node-is-there-twice", DeviceInventoryRules(of=twice), breaks="device-inventory.hangs-together"),
    deviation(
        "device-association-leads-nowhere",
        DeviceInventoryRules(of=led_astray),
        breaks="device-inventory.hangs-together",
    ),
    deviation(
        "device-associations-in-a-circle",
        DeviceInventoryRules(of=in_a_circle),
        breaks="device-inventory.hangs-together",
    ),
    deviation(
        "device-names-no-domain", DeviceInventoryRules(of=of_no_domain), breaks="device-inventory.hangs-together"
    ),
    deviation(
        "device-completes-and-changes-nothing",
        own_agents(ExecutingRules(takes_effect=lambda _kind, _command: False)),
        breaks="device-inventory.as-desired",
        implies=("device-identification.removal", "device-end.inconsistent"),
    ),
    other_side(
        "device-leaves-empty-questions",
        DeviceInventoryRules(answers=lambda asked: not asked.retain and not asked.is_empty),
        shows="device-inventory.odd-questions",
    ),
)
