"""Agents that take commands which they should not, or desired states twice."""

from harness.protocols.update.words.status import PhaseCommand
from simulator.update.agent.rules import (
    CommandRefusal,
    CommandRules,
    IdentifyingRules,
    InventoryRules,
    ReturningRules,
)
from simulator.update.agent_variations.variation import deviation

_FEW = 6  # messages that nobody can read
_EXECUTE, _IGNORE = CommandRefusal.EXECUTE, CommandRefusal.IGNORE


def _in_any_letters(word: str) -> PhaseCommand | None:
    return next((command for command in PhaseCommand if command == word.upper()), None)


COMMANDS = (
    deviation(
        "executes-out-of-turn",
        CommandRules(refusal=lambda _command, _statuses: _EXECUTE),
        breaks="agent-command.out-of-turn",
        implies=("agent-action.final", "agent-action.transitions"),
    ),
    deviation(
        "agent-refuses-without-a-word",
        CommandRules(words=lambda _command, _behind: None),
        breaks="agent-command.out-of-turn",
    ),
    deviation(
        "takes-commands-of-any-activity",
        CommandRules(heeds=lambda arrival: not arrival.retain),
        breaks="agent-command.foreign-activity",
    ),
    deviation("takes-commands-in-small-letters", CommandRules(reads=_in_any_letters), breaks="agent-command.unknown"),
    deviation(
        "takes-every-baseline-for-all",
        CommandRules(whole=lambda _baseline: True),
        breaks="agent-command.baseline",
        implies=("agent-command.unknown-baseline",),
    ),
    deviation(
        "executes-unknown-baselines",
        CommandRules(unknown_baseline=_EXECUTE),
        breaks="agent-command.unknown-baseline",
    ),
    deviation(
        "leaves-unknown-baselines", CommandRules(unknown_baseline=_IGNORE), breaks="agent-command.unknown-baseline"
    ),
    deviation(
        "begins-again-with-every-delivery",
        IdentifyingRules(heeds=lambda arrival: not arrival.retain),
        breaks="agent-command.executed-once",
        implies=("agent-action.transitions",),
    ),
    deviation(
        "dies-of-what-is-malformed",
        IdentifyingRules(heeds=lambda arrival: not arrival.is_known and arrival.malformed < _FEW),
        CommandRules(heeds=lambda arrival: arrival.is_own and not arrival.retain and arrival.malformed < _FEW),
        InventoryRules(answers=lambda asked: not asked.retain and asked.malformed < _FEW),
        breaks="agent-command.malformed",
        implies=("agent-connection.resumes", "agent-identification.incomplete"),
    ),
    deviation(
        "begins-again-with-what-is-retained",
        ReturningRules(remembers=False),
        breaks="agent-command.retained",
        implies=("agent-action.final", "agent-action.transitions"),
    ),
)
