"""The law of an update as suites know it: which status may follow which, and how actions sum up to a device's. Pure.

An observer may miss statuses, as nothing obliges anybody to report each. So a status is held against what can be
reached from the one before; what may follow at once is a matter of observation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import ActionStatus as A
from harness.protocols.update.words.status import FeedbackStatus as F
from harness.protocols.update.words.status import PhaseCommand

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True)
class Transitions(Generic[S]):
    """`edges`: the statuses that may follow each at once, beside itself. `first`: those that may be the first."""

    first: frozenset[S]
    edges: Mapping[S, frozenset[S]]

    def allows(self, before: S | None, after: S) -> bool:
        """Whether one may follow the other at once; None: nothing came before."""
        return after in self.first if before is None else after == before or after in self.after(before)

    def reaches(self, before: S | None, after: S) -> bool:
        """Whether there is a way from one to the other, for an observer who missed what lies between."""
        begins = self.first if before is None else {before}
        return any(after == one or after in self._reached.get(one, ()) for one in begins)

    def after(self, status: S) -> frozenset[S]:
        """Those that may follow at once."""
        return self.edges.get(status, frozenset())

    def ends_in(self, status: S) -> bool:
        """Whether nothing follows it; a status that it does not know ends nothing."""
        return status in self.statuses and not self.after(status)

    @property
    def statuses(self) -> frozenset[S]:
        """All that it knows."""
        return self.first.union(self.edges, *self.edges.values())

    @cached_property
    def _reached(self) -> Mapping[S, frozenset[S]]:
        return {status: frozenset(self._all_behind(status)) for status in self.statuses}

    def _all_behind(self, status: S) -> set[S]:
        found, waiting = set[S](), [*self.after(status)]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self.after(one)
        return found


def transitions(first: Iterable[S], edges: Iterable[tuple[S, Iterable[S]]]) -> Transitions[S]:
    """A table of these; a status that stands there twice may be followed by both."""
    table: dict[S, frozenset[S]] = {}
    for before, after in edges:
        table[before] = table.get(before, frozenset()).union(after)
    return Transitions(frozenset(first), table)


# Source document, diagram of action states.
_DIAGRAM = (
    (A.IDENTIFIED, (A.DOWNLOADING, A.REMOVING)),
    (A.DOWNLOADING, (A.DOWNLOAD_SUCCESS, A.DOWNLOAD_FAILURE)),
    (A.DOWNLOAD_SUCCESS, (A.UPDATING,)),
    (A.UPDATING, (A.UPDATE_SUCCESS, A.UPDATE_FAILURE)),
    (A.UPDATE_SUCCESS, (A.ACTIVATING,)),
    (A.ACTIVATING, (A.ACTIVATION_SUCCESS, A.ACTIVATION_FAILURE)),
    (A.REMOVING, (A.REMOVAL_SUCCESS, A.REMOVAL_FAILURE)),
)
# Kanto's container agent: a phase may have nothing to do for a component, what is removed is stopped first, and a
# rollback is an update that fails.
_KANTO = (
    *_DIAGRAM,
    (A.IDENTIFIED, (A.UPDATING, A.ACTIVATING)),
    (A.DOWNLOAD_SUCCESS, (A.ACTIVATING,)),
    (A.UPDATE_SUCCESS, (A.UPDATING, A.REMOVAL_SUCCESS, A.REMOVAL_FAILURE)),
    (A.ACTIVATION_SUCCESS, (A.UPDATING,)),
    (A.ACTIVATION_FAILURE, (A.UPDATING,)),
)
# Kanto's update manager tells a backend of an activation as of an update.
_TOLD_AS = {
    A.ACTIVATING: A.UPDATING,
    A.ACTIVATION_SUCCESS: A.UPDATE_SUCCESS,
    A.ACTIVATION_FAILURE: A.UPDATE_FAILURE,
}


def _told(status: A) -> A:
    return _TOLD_AS.get(status, status)


ACTIONS: Mapping[UpdateSpec, Transitions[A]] = {
    UpdateSpec.DIAGRAMS: transitions({A.IDENTIFIED}, _DIAGRAM),
    UpdateSpec.KANTO: transitions({A.IDENTIFIED}, _KANTO),
}
"""Of an action, as an agent tells of it."""

DRAWS_A_ROLLBACK = frozenset({UpdateSpec.KANTO})
"""The specs whose tables of actions say what a rollback does. Others end where one is commanded."""

ACTIONS_OF_A_DEVICE: Mapping[UpdateSpec, Transitions[A]] = {
    UpdateSpec.DIAGRAMS: ACTIONS[UpdateSpec.DIAGRAMS],
    UpdateSpec.KANTO: transitions(
        {A.IDENTIFIED},
        (
            *_KANTO,  # one that tells of an activation as such does what the diagram says
            *(
                (_told(before), [_told(one) for one in after if _told(one) != _told(before)])
                for before, after in _KANTO
            ),
        ),
    ),
}
"""Of an action, as a device tells of it."""

SUCCESSES = frozenset({A.ACTIVATION_SUCCESS, A.REMOVAL_SUCCESS})
SUCCESSES_OF_A_DEVICE: Mapping[UpdateSpec, frozenset[A]] = {
    UpdateSpec.DIAGRAMS: SUCCESSES,
    UpdateSpec.KANTO: SUCCESSES | {A.UPDATE_SUCCESS},
}
FAILURES = frozenset({A.DOWNLOAD_FAILURE, A.UPDATE_FAILURE, A.ACTIVATION_FAILURE, A.REMOVAL_FAILURE})

_BETWEEN = (F.DOWNLOAD_COMPLETED, F.DOWNLOAD_FAILED, F.UPDATE_COMPLETED, F.UPDATE_FAILED)
_LATE = (F.ACTIVATION_COMPLETED, F.ACTIVATION_FAILED)
_ENDS = (F.COMPLETED, F.INCOMPLETE, F.INCOMPLETE_INCONSISTENT, F.SUPERSEDED)
# Source document, diagram of aggregated states; and from IDENTIFIED to the end where there is nothing to do.
DEVICE: Transitions[F] = transitions(
    {F.IDENTIFYING},
    (
        (F.IDENTIFYING, (F.IDENTIFIED, F.IDENTIFICATION_FAILED)),
        (F.IDENTIFIED, (F.RUNNING, F.COMPLETED)),
        (F.RUNNING, _ENDS),
        # They stand in the document's table, and not in its diagram.
        *((one, (F.RUNNING, *_BETWEEN, *_LATE, *_ENDS)) for one in (*_BETWEEN, *_LATE)),
        (F.RUNNING, (*_BETWEEN, *_LATE)),
    ),
)
"""Of a desired state as a device tells of it."""

TERMINAL = (F.IDENTIFICATION_FAILED, *_ENDS)
UNSUCCESSFUL = frozenset({F.INCOMPLETE, F.INCOMPLETE_INCONSISTENT})


# Kanto's container agent: the statuses of a domain behind which it takes a command.
TAKES: Mapping[PhaseCommand, frozenset[F]] = {
    PhaseCommand.DOWNLOAD: frozenset({F.IDENTIFIED}),
    PhaseCommand.UPDATE: frozenset({F.DOWNLOAD_SUCCESS}),
    PhaseCommand.ACTIVATE: frozenset({F.UPDATE_SUCCESS}),
    PhaseCommand.ROLLBACK: frozenset(
        {F.DOWNLOAD_SUCCESS, F.UPDATE_SUCCESS, F.ACTIVATION_FAILURE, F.ACTIVATION_SUCCESS}
    ),
}
"""Behind which statuses an agent executes a command; CLEANUP always."""


def rolled_up(actions: Iterable[A], successes: frozenset[A]) -> frozenset[F]:
    """The statuses that may end a desired state whose actions ended like that, but SUPERSEDED."""
    statuses = [*actions]
    if all(status in successes for status in statuses):
        return frozenset({F.COMPLETED})
    return UNSUCCESSFUL
