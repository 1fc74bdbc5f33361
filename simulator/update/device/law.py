"""The law of simulated update managers: which answer of an agent counts when, what follows it, and how all sums up.

Pure. Suites hold devices to a law of their own, which was written without this one.
"""

from collections.abc import Mapping

from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import ActionStatus as A
from harness.protocols.update.words.status import FeedbackStatus as F
from harness.protocols.update.words.status import PhaseCommand as P

ENDS = frozenset({F.IDENTIFICATION_FAILED, F.COMPLETED, F.INCOMPLETE, F.INCOMPLETE_INCONSISTENT, F.SUPERSEDED})
"""The statuses that end a desired state."""

AFTER: Mapping[F | None, frozenset[F]] = {
    None: frozenset({F.IDENTIFYING}),
    # INCOMPLETE: no domain of it is known, as Kanto's manager says it.
    F.IDENTIFYING: frozenset({F.IDENTIFIED, F.IDENTIFICATION_FAILED, F.INCOMPLETE}),
    F.IDENTIFIED: frozenset({F.RUNNING, F.COMPLETED}),
    F.RUNNING: frozenset({F.RUNNING, F.COMPLETED, F.INCOMPLETE, F.INCOMPLETE_INCONSISTENT, F.SUPERSEDED}),
}
"""The statuses of a desired state that a manager tells behind each; nothing behind an end."""

_GIVES_UP = frozenset({F.INCOMPLETE})

ANSWERS: Mapping[F, frozenset[F]] = {
    F.IDENTIFYING: frozenset({F.IDENTIFIED, F.IDENTIFICATION_FAILED}),
    F.DOWNLOADING: frozenset({F.DOWNLOAD_SUCCESS, F.DOWNLOAD_FAILURE}) | _GIVES_UP,
    F.UPDATING: frozenset({F.UPDATE_SUCCESS, F.UPDATE_FAILURE}) | _GIVES_UP,
    F.ACTIVATING: frozenset({F.ACTIVATION_SUCCESS, F.ACTIVATION_FAILURE}) | _GIVES_UP,
    F.ROLLBACK: frozenset({F.ROLLBACK_SUCCESS, F.ROLLBACK_FAILURE}) | _GIVES_UP,
    F.CLEANUP: frozenset({F.CLEANUP_SUCCESS, F.CLEANUP_FAILURE, F.COMPLETED}) | _GIVES_UP,
}
"""What an agent may say to end what it is at; whatever else it says changes nothing but its actions."""

FAILURES = frozenset(
    {
        F.IDENTIFICATION_FAILED,
        F.DOWNLOAD_FAILURE,
        F.UPDATE_FAILURE,
        F.ACTIVATION_FAILURE,
        F.ROLLBACK_FAILURE,
        F.CLEANUP_FAILURE,
        F.INCOMPLETE,
    }
)
"""The answers by which an agent fails."""

DONE = frozenset({F.CLEANUP_SUCCESS, F.CLEANUP_FAILURE, F.COMPLETED, F.INCOMPLETE})
"""The answers behind which an agent is commanded nothing more."""

SUCCESSES: Mapping[UpdateSpec, frozenset[A]] = {
    UpdateSpec.DIAGRAMS: frozenset({A.ACTIVATION_SUCCESS, A.REMOVAL_SUCCESS}),
    UpdateSpec.KANTO: frozenset({A.UPDATE_SUCCESS, A.ACTIVATION_SUCCESS, A.REMOVAL_SUCCESS}),
}
"""The statuses in which every action of a desired state is that is COMPLETED."""

NEXT: Mapping[F, P] = {
    F.IDENTIFIED: P.DOWNLOAD,
    F.DOWNLOAD_SUCCESS: P.UPDATE,
    F.UPDATE_SUCCESS: P.ACTIVATE,
    F.ACTIVATION_SUCCESS: P.CLEANUP,
    F.DOWNLOAD_FAILURE: P.CLEANUP,
    F.UPDATE_FAILURE: P.CLEANUP,
    F.ACTIVATION_FAILURE: P.CLEANUP,
    F.ROLLBACK_SUCCESS: P.CLEANUP,
    F.ROLLBACK_FAILURE: P.CLEANUP,
}
"""The command that follows each answer."""

BACK: Mapping[F, P] = {
    F.IDENTIFIED: P.CLEANUP,
    F.DOWNLOAD_SUCCESS: P.ROLLBACK,
    F.UPDATE_SUCCESS: P.ROLLBACK,
    F.ACTIVATION_SUCCESS: P.ROLLBACK,
}
"""The command that follows it instead, where the owner does not consent."""

TOLD_AS: Mapping[UpdateSpec, Mapping[A, A]] = {
    UpdateSpec.DIAGRAMS: {},
    UpdateSpec.KANTO: {
        A.ACTIVATING: A.UPDATING,
        A.ACTIVATION_SUCCESS: A.UPDATE_SUCCESS,
        A.ACTIVATION_FAILURE: A.UPDATE_FAILURE,
    },
}
"""The status as which an action is told to a backend; itself where it is not there."""
