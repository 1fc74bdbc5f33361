"""Devices that break a clause on what every state says, or say it otherwise where the sources leave it open."""

from dataclasses import replace

from harness.protocols.udmi.words.messages import State
from simulator.udmi.rules import StateRules
from simulator.udmi.variations.narrowing import with_system
from simulator.udmi.variations.variation import deviation, other_side


def _an_hour_ahead(state: State, _said: State | None) -> State:
    at = state.timestamp
    return replace(state, timestamp=at + 3600) if isinstance(at, int | float) else state


def _as_old_as_its_config(state: State, _said: State | None) -> State:
    return replace(state, timestamp=state.last_config)


def _drops_the_name(state: State, said: State | None) -> State:
    """A state that no config asked for names none."""
    if said is None or said.last_config not in (state.last_config, None) or not _has_new_points(state, said):
        return state
    return with_system(state, lambda system: replace(system, last_config=None))


def _has_new_points(state: State, said: State) -> bool:
    return state.points != said.points


STATES = (
    deviation("an-hour-ahead", StateRules(say=_an_hour_ahead), breaks="config.state-carries-its-time"),
    deviation(
        "states-as-old-as-their-config",
        StateRules(say=_as_old_as_its_config),
        breaks="config.state-carries-its-time",
        implies=("status.timestamp-is-of-its-condition",),
    ),
    deviation(
        "says-nothing-of-being-operational",
        StateRules(say=lambda state, _said: with_system(state, lambda s: replace(s, operational=None))),
        breaks="config.device-is-operational",
    ),
    deviation(
        "never-operational",
        StateRules(say=lambda state, _said: with_system(state, lambda s: replace(s, operational=False))),
        breaks="config.device-is-operational",
        implies=("erroneous.unknown-field-is-ignored",),
    ),
    deviation(
        "names-no-config-unasked",
        StateRules(say=_drops_the_name),
        breaks="config.unsolicited-state-names-the-same",
        implies=("config.last-config-is-its-timestamp",),
    ),
    other_side("has-no-pointset-unasked", StateRules(mirrors=True), shows="config.without-pointset"),
    other_side("mirrors-the-blocks-of-a-config", StateRules(mirrors=True), shows="config.blocks-are-mirrored"),
    other_side("repeats-its-state-every-5-s", StateRules(repeats_after=5.0), shows="config.no-flood-of-states"),
)
