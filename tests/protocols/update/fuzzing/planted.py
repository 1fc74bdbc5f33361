"""Deviations, each of another rule, that the search has to find by the clause that they break.

They were listed before it was written. One of a device has been replaced since: `commands-before-all-are-identified`
says with its first IDENTIFIED that actions are missing, so another clause is nearly always told before its own.
"""

from collections.abc import Mapping

AGENT: Mapping[str, str] = {
    "lists-one-action-while-busy": "agent-action.same-set",
    "failure-is-taken-back-at-the-end": "agent-action.final",
    "takes-commands-of-any-activity": "agent-command.foreign-activity",
    "executes-out-of-turn": "agent-command.out-of-turn",
    "begins-again-with-every-delivery": "agent-command.executed-once",
    "begins-again-with-what-is-retained": "agent-command.retained",
    "identifies-versions-that-nobody-knows": "agent-identification.unknown-version",
    "does-not-answer-while-busy": "agent-inventory.answers-in-the-middle",
}
"""Of an agent: the deviation, and the requirement that it breaks, by which it is told."""

DEVICE: Mapping[str, str] = {
    "completed-and-incomplete": "device-end.one",
    "running-behind-the-end": "device-end.silence",
    "completes-before-all-have-succeeded": "device-end.completed-only-if-all",
    "completes-though-something-failed": "device-end.failure",
    "device-begins-again-with-every-delivery": "device-end.executed-once",
    "device-identifies-versions-that-nobody-knows": "device-identification.unknown-version",
    "leads-each-agent-at-its-own-pace": "device-agents.phases-together",
    "tells-agents-everything": "device-agents.slices",
}
"""Of a device, likewise."""
