"""Devices that break a clause on what every state says, or say it otherwise where the sources leave it open."""

from dataclasses import replace

from harness.wire.udmi import State
from simulator.rules import KEPT
from simulator.variations.altering import with_system
from simulator.variations.variation import deviation, other_side


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
    deviation("an-hour-ahead", replace(KEPT, say=_an_hour_ahead), breaks="config.state-carries-its-time"),
    deviation(
        "states-as-old-as-their-config",
        replace(KEPT, say=_as_old_as_its_config),
        breaks="config.state-carries-its-time",
        implies=("status.timestamp-is-of-its-condition",),
    ),
    deviation(
        "says-nothing-of-being-operational",
        replace(KEPT, say=lambda state, _said: with_system(state, lambda s: replace(s, operational=None))),
        breaks="config.device-is-operational",
    ),
    deviation(
        "never-operational",
        replace(KEPT, say=lambda state, _said: with_system(state, lambda s: replace(s, operational=False))),
        breaks="config.device-is-operational",
        implies=("erroneous.unknown-field-is-ignored",),
    ),
    deviation(
        "names-no-config-unasked",
        replace(KEPT, say=_drops_the_name),
        breaks="config.unsolicited-state-names-the-same",
        implies=("config.last-config-is-its-timestamp",),
    ),
    other_side("has-no-pointset-unasked", replace(KEPT, mirrors=True), shows="config.without-pointset"),
    other_side("mirrors-the-blocks-of-a-config", replace(KEPT, mirrors=True), shows="config.blocks-are-mirrored"),
    other_side("repeats-its-state-every-5-s", replace(KEPT, repeats_after=5.0), shows="config.no-flood-of-states"),
)
