"""Devices that break a clause on the mode of the whole device."""

from dataclasses import replace

from harness.payload.values import Field
from harness.protocols.udmi.words.messages import Mode, State
from simulator.udmi import operation
from simulator.udmi.operation import Operation
from simulator.udmi.rules import StateRules
from simulator.udmi.rules.system_rules import SystemRules
from simulator.udmi.variations.narrowing import with_system
from simulator.udmi.variations.variation import deviation, quirk


def _active_at_once(before: Operation) -> Operation:
    return replace(before.started_anew(), mode=Mode.ACTIVE)


def _keeps_its_first_start(before: Operation, now: float) -> Operation:
    return before if before.last_start is not None else before.started_at(now)


def _never_active(mode: Mode, wanted: Field[Mode]) -> Mode:
    return mode if wanted is Mode.ACTIVE else operation.obeys(mode, wanted)


def _active_only_once(mode: Mode, wanted: Field[Mode]) -> Mode:
    """Once it is told to restart it takes that for all time."""
    return Mode.RESTART if wanted is Mode.RESTART else operation.obeys(mode, wanted)


def _never_restarts(mode: Mode, wanted: Field[Mode]) -> Mode:
    return mode if wanted is Mode.RESTART else operation.obeys(mode, wanted)


def _counts_later_starts(state: State, _said: State | None) -> State:
    """The first start is none of those that it counts."""
    count = state.system.restart_count if state.system else None
    return with_system(state, lambda s: replace(s, restart_count=count - 1)) if isinstance(count, int) else state


def _without_mode(state: State, _said: State | None) -> State:
    return with_system(state, lambda s: s if s.mode is Mode.UPDATING else replace(s, mode=None))


def _without_start(state: State, _said: State | None) -> State:
    return with_system(state, lambda system: replace(system, last_start=None, restart_count=None))


MODES = (
    deviation(
        "active-at-once",
        SystemRules(begins_anew=_active_at_once),
        breaks="mode.initial-after-start",
        implies=("mode.restart-happens-once",),
    ),
    deviation("never-active", SystemRules(obeys=_never_active), breaks="mode.active-by-config"),
    deviation("never-restarts", SystemRules(obeys=_never_restarts), breaks="mode.restart-is-announced"),
    deviation(
        "restarts-unannounced",
        SystemRules(announces_restarts=False),
        breaks="mode.restart-is-announced",
    ),
    deviation(
        "restarts-as-long-as-it-is-told",
        SystemRules(obeys=_active_only_once),
        breaks="mode.restart-happens-once",
        implies=("mode.initial-after-start",),
    ),
    deviation(
        "forgets-that-it-was-started",
        SystemRules(started_at=_keeps_its_first_start),
        breaks="mode.restart-is-told",
    ),
    deviation(
        "counts-no-restarts",
        SystemRules(begins_anew=lambda before: replace(before.started_anew(), restarts=before.restarts)),
        breaks="mode.restart-is-told",
    ),
    quirk("knows-no-modes", StateRules(say=_without_mode)),
    quirk("tells-no-start", StateRules(say=_without_start)),
    quirk("counts-later-starts-alone", StateRules(say=_counts_later_starts)),
    quirk("takes-a-minute-to-boot", SystemRules(boots_for=60)),
)
