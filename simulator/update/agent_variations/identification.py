"""Agents that find out wrongly what is to be done."""

from collections.abc import Mapping, Sequence

from harness.payload.values import JSON
from harness.protocols.update.words.pairs import ConfigForm
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.agent.changes import NeededChange, needed, removals
from simulator.update.agent.components import SimulatedComponent, Stock
from simulator.update.agent.phase_report import Utterance
from simulator.update.agent.request import (
    CHECKS,
    all_but,
    configures_in,
    has_one_domain,
    is_of_own_domain,
    is_whole,
    names_known_versions,
)
from simulator.update.agent.rules import IdentifyingRules, TellingRules
from simulator.update.agent.rules.telling import Content
from simulator.update.agent_variations.variation import deviation
from simulator.update.law import ChangeKind

_Known = Mapping[str, SimulatedComponent]


def everything_anew(wanted: Stock, stock: Stock, known: _Known) -> tuple[NeededChange, ...]:
    """Everything, whether it is so or not."""
    every = (NeededChange(ChangeKind.REPLACE, name, one.version, one.config) for name, one in wanted.items())
    return (*every, *removals(wanted, stock, known))


def but_removals(wanted: Stock, stock: Stock, known: _Known) -> tuple[NeededChange, ...]:
    """All that is needed, but that nothing goes."""
    return tuple(change for change in needed(wanted, stock, known) if change.kind is not ChangeKind.REMOVE)


def _all_but_one(actions: Sequence[Content], utterance: Utterance) -> Sequence[JSON]:
    return actions[1:] if utterance.status is FeedbackStatus.IDENTIFIED else actions


def _as_downloading(action: Content, utterance: Utterance) -> Content:
    is_first = utterance.status is FeedbackStatus.IDENTIFIED
    return action | {"status": ActionStatus.DOWNLOADING.value} if is_first else action


def _but_identifying(utterance: Utterance) -> Sequence[FeedbackStatus]:
    return () if utterance.status is FeedbackStatus.IDENTIFYING else (utterance.status,)


IDENTIFICATION = (
    deviation("begins-with-identified", TellingRules(says=_but_identifying), breaks="agent-identification.begins"),
    deviation(
        "identifies-very-late",
        IdentifyingRules(seconds=6.5),
        breaks="agent-identification.in-time",
        implies=("agent-identification.unknown-version", "agent-identification.incomplete"),
    ),
    deviation(
        "identified-lists-all-but-one",
        TellingRules(actions=_all_but_one),
        breaks="agent-identification.lists-all",
        implies=("agent-action.same-set",),
    ),
    deviation(
        "identified-lists-downloads",
        TellingRules(action=_as_downloading),
        breaks="agent-identification.lists-all",
        implies=("agent-action.transitions", "agent-command.baseline"),
    ),
    deviation(
        "identifies-versions-that-nobody-knows",
        IdentifyingRules(checks=all_but(names_known_versions)),
        breaks="agent-identification.unknown-version",
    ),
    deviation(
        "does-not-say-what-it-cannot-identify",
        IdentifyingRules(fails_as=lambda _flaw: None),
        breaks="agent-identification.failure-explained",
    ),
    deviation(
        "takes-what-is-incomplete",
        IdentifyingRules(checks=all_but(is_whole, has_one_domain)),
        breaks="agent-identification.incomplete",
    ),
    deviation(
        "takes-what-is-of-another-domain",
        IdentifyingRules(checks=all_but(is_of_own_domain)),
        breaks="agent-identification.incomplete",
    ),
    deviation(
        "does-everything-anew", IdentifyingRules(changes=everything_anew), breaks="agent-identification.nothing-to-do"
    ),
    deviation(
        "reads-lists-of-config-alone",
        IdentifyingRules(checks=(*CHECKS, configures_in(ConfigForm.LIST))),
        breaks="agent-identification.config-forms",
    ),
    deviation("removes-nothing", IdentifyingRules(changes=but_removals), breaks="agent-identification.removal"),
)
