"""Devices that find out wrongly what is to be done."""

from collections.abc import Sequence

from harness.protocols.update.words.pairs import ConfigForm
from harness.protocols.update.words.status import FeedbackStatus
from simulator.update.agent.request import all_but as all_agents_checks_but
from simulator.update.agent.request import configures_in, names_known_versions
from simulator.update.agent.rules import IdentifyingRules
from simulator.update.agent.rules import RuleGroup as AgentRuleGroup
from simulator.update.agent.rules import kept_but as agent_kept_but
from simulator.update.agent_variations.identification import but_removals, everything_anew
from simulator.update.device.rules import (
    DeviceIdentifyingRules,
    DeviceTellingRules,
    LeadingRules,
    OwnAgentsRules,
    SummingUpRules,
)
from simulator.update.device.rules.identifying import CHECKS
from simulator.update.device.rules.summing_up import end_of
from simulator.update.device.rules.telling import by_law
from simulator.update.device_variations.variation import deviation, other_side
from simulator.update.feedback.report import FeedbackContext
from simulator.update.feedback.styles import ALL_BUT_ONE_IDENTIFIED, IDENTIFIED_AS_DOWNLOADING


def own_agents(*changes: AgentRuleGroup) -> OwnAgentsRules:
    """All agents of the device's own are changed so."""
    rules = agent_kept_but(*changes)
    return OwnAgentsRules(of=lambda _domain: rules)


def _but_identifying(context: FeedbackContext) -> Sequence[FeedbackStatus]:
    return () if context.status is FeedbackStatus.IDENTIFYING else by_law(context)


IDENTIFICATION = (
    deviation(
        "device-begins-with-identified",
        DeviceTellingRules(says=_but_identifying),
        breaks="device-identification.begins",
    ),
    deviation(
        "device-identifies-very-late",
        own_agents(IdentifyingRules(seconds=6.5)),
        LeadingRules(patience=lambda deadline: 1.5 * deadline),
        breaks="device-identification.in-time",
        implies=("device-identification.unknown-version",),
    ),
    deviation(
        "device-lists-all-but-one",
        ALL_BUT_ONE_IDENTIFIED,
        breaks="device-identification.lists-all",
        implies=("device-action.same-set",),
    ),
    deviation(
        "device-lists-downloads",
        IDENTIFIED_AS_DOWNLOADING,
        breaks="device-identification.lists-all",
        implies=("device-action.transitions", "device-end.executed-once", "device-inventory.answers-in-the-middle"),
    ),
    deviation(
        "device-identifies-versions-that-nobody-knows",
        own_agents(IdentifyingRules(checks=all_agents_checks_but(names_known_versions))),
        breaks="device-identification.unknown-version",
    ),
    deviation(
        "device-reads-lists-of-config-alone",
        DeviceIdentifyingRules(checks=(*CHECKS, configures_in(ConfigForm.LIST))),
        breaks="device-identification.config-forms",
    ),
    deviation(
        "device-does-not-say-what-it-cannot-identify",
        DeviceIdentifyingRules(fails_as=lambda _flaw: None),
        breaks="device-identification.failure-explained",
    ),
    deviation(
        "device-leaves-what-is-incomplete",
        DeviceIdentifyingRules(refused=None),
        breaks="device-identification.incomplete",
    ),
    deviation(
        "device-completes-what-is-incomplete",
        DeviceIdentifyingRules(refused=FeedbackStatus.INCOMPLETE),
        breaks="device-identification.incomplete",
    ),
    deviation(
        "unknown-domain-without-its-activity",
        DeviceIdentifyingRules(unsupported_id=lambda _activity: ""),
        breaks="device-identification.unknown-domain",
        implies=("device-message.activity",),
    ),
    deviation(
        "device-completes-an-unknown-domain",
        DeviceIdentifyingRules(unsupported=FeedbackStatus.COMPLETED),
        breaks="device-identification.unknown-domain",
    ),
    deviation(
        "device-does-everything-anew",
        own_agents(IdentifyingRules(changes=everything_anew)),
        breaks="device-identification.nothing-to-do",
    ),
    deviation(
        "device-removes-nothing",
        own_agents(IdentifyingRules(changes=but_removals)),
        breaks="device-identification.removal",
    ),
    other_side(
        "unknown-domain-makes-the-whole-fail",
        SummingUpRules(ends=lambda outcome: FeedbackStatus.INCOMPLETE if outcome.unknown else end_of(outcome)),
        shows="device-identification.mixed-domains",
    ),
)
