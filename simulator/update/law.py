"""The law of simulated update agents: what each command does to an action, and when an agent takes it. Pure.

Suites hold agents to a law of their own, which was written without this one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import ActionStatus as A
from harness.protocols.update.words.status import FeedbackStatus as F
from harness.protocols.update.words.status import PhaseCommand as P


class ChangeKind(StrEnum):
    """The change that a component is to undergo."""

    INSTALL = "install"
    REPLACE = "replace"
    CONFIGURE = "configure"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Step:
    """An action's statuses while a command is executed on it, and after it; None: it keeps the one that it has."""

    under_way: A | None = None
    success: A | None = None
    failure: A | None = None


Steps = Mapping[ChangeKind, Mapping[P, Step]]

_DOWNLOAD = Step(A.DOWNLOADING, A.DOWNLOAD_SUCCESS, A.DOWNLOAD_FAILURE)
_UPDATE = Step(A.UPDATING, A.UPDATE_SUCCESS, A.UPDATE_FAILURE)
_ACTIVATE = Step(A.ACTIVATING, A.ACTIVATION_SUCCESS, A.ACTIVATION_FAILURE)
_REMOVE = Step(A.REMOVING, A.REMOVAL_SUCCESS, A.REMOVAL_FAILURE)
_UNSEEN = Step()
_UNDO = Step(A.UPDATING, A.UPDATE_FAILURE, A.UPDATE_FAILURE)  # Kanto: a rollback is an update that fails
_REMOVE_AT_ONCE = Step(None, A.REMOVAL_SUCCESS, A.REMOVAL_FAILURE)  # Kanto: of what was stopped as an update

_AS_DRAWN: Mapping[P, Step] = {
    P.DOWNLOAD: _DOWNLOAD,
    P.UPDATE: _UPDATE,
    P.ACTIVATE: _ACTIVATE,
    P.CLEANUP: _UNSEEN,
    P.ROLLBACK: _UNSEEN,
}

STEPS: Mapping[UpdateSpec, Steps] = {
    UpdateSpec.DIAGRAMS: {
        ChangeKind.INSTALL: _AS_DRAWN,
        ChangeKind.REPLACE: _AS_DRAWN,
        ChangeKind.CONFIGURE: _AS_DRAWN,
        ChangeKind.REMOVE: {P.CLEANUP: _REMOVE},
    },
    UpdateSpec.KANTO: {
        ChangeKind.INSTALL: {
            P.DOWNLOAD: _DOWNLOAD,
            P.ACTIVATE: _ACTIVATE,
            P.CLEANUP: _UNSEEN,
            P.ROLLBACK: _UNDO,
        },
        ChangeKind.REPLACE: {
            P.DOWNLOAD: _DOWNLOAD,
            P.UPDATE: _UPDATE,
            P.ACTIVATE: _ACTIVATE,
            P.CLEANUP: _UNSEEN,
            P.ROLLBACK: _UNDO,
        },
        ChangeKind.CONFIGURE: {
            P.UPDATE: _UPDATE,
            P.ACTIVATE: _ACTIVATE,
            P.CLEANUP: _UNSEEN,
            P.ROLLBACK: _UNDO,
        },
        ChangeKind.REMOVE: {P.UPDATE: _UPDATE, P.CLEANUP: _REMOVE_AT_ONCE, P.ROLLBACK: _UNDO},
    },
}
"""The step that a command is for an action, by its kind; a command that is not there leaves it alone."""


def rolled_back_as_an_update(spec: UpdateSpec) -> Steps:
    """The steps of that spec, but that a rollback is told as Kanto's agent tells of it: as an update that fails."""
    return {kind: {**steps, P.ROLLBACK: _UNDO} for kind, steps in STEPS[spec].items()}


ORDER: Sequence[P] = (P.DOWNLOAD, P.UPDATE, P.ACTIVATE, P.CLEANUP)
"""The phases of an update that goes well."""

TAKEN_BEHIND: Mapping[P, Sequence[F]] = {
    P.DOWNLOAD: (F.IDENTIFIED,),
    P.UPDATE: (F.DOWNLOAD_SUCCESS,),
    P.ACTIVATE: (F.UPDATE_SUCCESS,),
    P.ROLLBACK: (F.DOWNLOAD_SUCCESS, F.UPDATE_SUCCESS, F.ACTIVATION_FAILURE, F.ACTIVATION_SUCCESS),
}
"""The statuses of a baseline behind which an agent takes a command; CLEANUP behind every one."""
