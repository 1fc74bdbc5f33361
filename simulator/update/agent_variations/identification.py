"""Agents that find out wrongly what is to be done."""

from collections.abc import Mapping, Sequence

from harness.protocols.update.words.pairs import ConfigForm
from harness.protocols.update.words.status import FeedbackStatus
from simulator.update.agent.changes import NeededChange, needed, removals
from simulator.update.agent.components import SimulatedComponent, Stock
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
from simulator.update.agent_variations.variation import deviation
from simulator.update.feedback.report import FeedbackContext
from simulator.update.feedback.styles import ALL_BUT_ONE_IDENTIFIED, IDENTIFIED_AS_DOWNLOADING
from simulator.update.law import ChangeKind

_Known = Mapping[str, SimulatedComponent]


def everything_anew(wanted: Stock, stock: Stock, known: _Known) -> tuple[NeededChange, ...]:
    """Everything, whether it is so or not."""
    every = (NeededChange(ChangeKind.REPLACE, name, one.version, one.config) for name, one in wanted.items())
    return (*every, *removals(wanted, stock, known))


def but_removals(wanted: Stock, stock: Stock, known: _Known) -> tuple[NeededChange, ...]:
    """All that is needed, but that nothing goes."""
    return tuple(change for change in needed(wanted, stock, known) if change.kind is not ChangeKind.REMOVE)


def _but_identifying(context: FeedbackContext) -> Sequence[FeedbackStatus]:
    return () if context.status is FeedbackStatus.IDENTIFYING else (context.status,)


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
        ALL_BUT_ONE_IDENTIFIED,
        breaks="agent-identification.lists-all",
        implies=("agent-action.same-set",),
    ),
    deviation(
        "identified-lists-downloads",
        IDENTIFIED_AS_DOWNLOADING,
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
