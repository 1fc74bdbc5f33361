"""Whether a device has started anew between two states: by its restart_count, its mode, and last_start."""

from collections.abc import Sequence
from itertools import pairwise

from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.words.messages import Mode, State, SystemState
from harness.record.kinds import Provoked


def has_started_between(before: SystemState, after: SystemState) -> bool:
    """restart_count is higher; or last_start moved by more than it jitters; or it moved, and the mode is initial again.

    A device that works last_start out from its uptime, in whole seconds, names a moment that jitters by a second.
    """
    moved = abs(_moved(before, after))
    return counts_up(before, after) or moved > _JITTER or (moved > 0 and _is_initial_again(before, after))


def has_started_later(before: SystemState, after: SystemState) -> bool:
    """The same, and the start that is named is no earlier one: a clock that lost the time proves nothing."""
    return has_started_between(before, after) and (counts_up(before, after) or _moved(before, after) > 0)


def states_by_start(history: History, states: Sequence[Heard[State]]) -> list[list[Heard[State]]]:
    """The states of each start by themselves: a device that has just started does not know what it said before.

    A start shows by what the states say of it, by an announced restart that is over, or by power that we cut.
    """
    cuts = [place for place, record in history.placed() if isinstance(record, Provoked) and record.name == _RESTART]
    told = [list(states[:1])]
    for before, after in pairwise(states):
        was_cut = any(before.place < place < after.place for place in cuts)
        if was_cut or _are_of_two_starts(before.message.system, after.message.system):
            told.append([])
        told[-1].append(after)
    return told


def _are_of_two_starts(before: SystemState | None, after: SystemState | None) -> bool:
    if before is None or after is None:
        return False
    is_over = before.mode is Mode.RESTART and after.mode not in (Mode.RESTART, None)
    return is_over or has_started_between(before, after)


def counts_up(before: SystemState, after: SystemState) -> bool:
    """Whether restart_count says that there was a start. Says nothing of a device that does not count."""
    was, now = before.restart_count, after.restart_count
    return isinstance(was, int) and isinstance(now, int) and now > was


def names_starts(system: SystemState) -> bool:
    """Whether it tells when the device was started."""
    return isinstance(system.last_start, int | float)


def _moved(before: SystemState, after: SystemState) -> float:
    """Seconds by which last_start has become later; 0 where one of the two names none."""
    was, now = before.last_start, after.last_start
    return now - was if isinstance(was, int | float) and isinstance(now, int | float) else 0.0


def _is_initial_again(before: SystemState, after: SystemState) -> bool:
    return after.mode is Mode.INITIAL and before.mode not in (Mode.INITIAL, None)


_RESTART = "restart"
_JITTER = 2.0  # seconds: two roundings to whole ones; no device starts twice in so short a time
