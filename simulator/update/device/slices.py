"""The part of a desired state that is one agent's."""

from harness.protocols.update.words.desired_state import Baseline, DesiredState


def slice_of(state: DesiredState, domain: str) -> DesiredState:
    """The domain's own entry, and of every baseline the components that are of it."""
    own = tuple(one for one in state.domains if one.id == domain)
    parts = (
        Baseline(one.title, tuple(name for name in one.components if name.partition(":")[0] == domain))
        for one in state.baselines
    )
    return DesiredState(own, tuple(part for part in parts if part.components))
