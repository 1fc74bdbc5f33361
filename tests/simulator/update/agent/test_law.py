"""The statuses that actions go through, by what becomes of their component, and the commands that are taken."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import PHASES, ActionStatus, FeedbackStatus, PhaseCommand
from simulator.update.agent.rules import KEPT, AgentRules, CommandRules, kept_but
from simulator.update.agent.setup import AgentSetup
from simulator.update.law import ORDER, STEPS, TAKEN_BEHIND, ChangeKind, Step, Steps
from tests.simulator.update.agent.stepped import SteppedAgent

D, K = UpdateSpec.DIAGRAMS, UpdateSpec.KANTO
F, P = FeedbackStatus, PhaseCommand
INSTALL, REPLACE, CONFIGURE, REMOVE = tuple(ChangeKind)
REST = {"web": "1.0", "store": "4.3"}
# By the kind of change: what is desired beside the rest, and of which component.
CASES: Mapping[ChangeKind, tuple[str, str | None]] = {
    INSTALL: ("new", "0.1"),
    REPLACE: ("web", "1.1"),
    CONFIGURE: ("web", "1.0"),
    REMOVE: ("store", None),
}
# The phase in which the component fails; ROLLBACK: it does not, and is rolled back once it is activated; or is not.
Ending = PhaseCommand | str | None
STUCK = "rollback fails"
NEW, DOWN, UP, ACT = (
    "IDENTIFIED",
    "DOWNLOADING DOWNLOAD_SUCCESS",
    "UPDATING UPDATE_SUCCESS",
    "ACTIVATING ACTIVATION_SUCCESS",
)
DOWNS, UPS, ACTS = "DOWNLOADING DOWNLOAD_FAILURE", "UPDATING UPDATE_FAILURE", "ACTIVATING ACTIVATION_FAILURE"
SHOWN: list[tuple[UpdateSpec, ChangeKind, Ending, str]] = [
    *(
        row
        for kind in (INSTALL, REPLACE, CONFIGURE)
        for row in (
            (D, kind, None, f"{NEW} {DOWN} {UP} {ACT}"),
            (D, kind, P.DOWNLOAD, f"{NEW} {DOWNS}"),
            (D, kind, P.UPDATE, f"{NEW} {DOWN} {UPS}"),
            (D, kind, P.ACTIVATE, f"{NEW} {DOWN} {UP} {ACTS}"),
            (D, kind, P.CLEANUP, f"{NEW} {DOWN} {UP} {ACT}"),
            (D, kind, P.ROLLBACK, f"{NEW} {DOWN} {UP} {ACT}"),
        )
    ),
    (D, REMOVE, None, f"{NEW} REMOVING REMOVAL_SUCCESS"),
    (D, REMOVE, P.CLEANUP, f"{NEW} REMOVING REMOVAL_FAILURE"),
    (D, REMOVE, P.ROLLBACK, NEW),
    (K, INSTALL, None, f"{NEW} {DOWN} {ACT}"),
    (K, INSTALL, P.DOWNLOAD, f"{NEW} {DOWNS}"),
    (K, INSTALL, P.ACTIVATE, f"{NEW} {DOWN} {ACTS}"),
    (K, INSTALL, P.ROLLBACK, f"{NEW} {DOWN} {ACT} {UPS}"),
    (K, INSTALL, STUCK, f"{NEW} {DOWN} {ACT} {UPS}"),
    (K, REPLACE, None, f"{NEW} {DOWN} {UP} {ACT}"),
    (K, REPLACE, P.DOWNLOAD, f"{NEW} {DOWNS}"),
    (K, REPLACE, P.UPDATE, f"{NEW} {DOWN} {UPS}"),
    (K, REPLACE, P.ACTIVATE, f"{NEW} {DOWN} {UP} {ACTS}"),
    (K, REPLACE, P.ROLLBACK, f"{NEW} {DOWN} {UP} {ACT} {UPS}"),
    (K, REPLACE, STUCK, f"{NEW} {DOWN} {UP} {ACT} {UPS}"),
    (K, CONFIGURE, None, f"{NEW} {UP} {ACT}"),
    (K, CONFIGURE, P.UPDATE, f"{NEW} {UPS}"),
    (K, CONFIGURE, P.ACTIVATE, f"{NEW} {UP} {ACTS}"),
    (K, CONFIGURE, P.ROLLBACK, f"{NEW} {UP} {ACT} {UPS}"),
    (K, CONFIGURE, STUCK, f"{NEW} {UP} {ACT} {UPS}"),
    (K, REMOVE, None, f"{NEW} {UP} REMOVAL_SUCCESS"),
    (K, REMOVE, P.UPDATE, f"{NEW} {UPS}"),
    (K, REMOVE, P.CLEANUP, f"{NEW} {UP} REMOVAL_FAILURE"),
    (K, REMOVE, P.ROLLBACK, f"{NEW} {UP} {UPS}"),
    (K, REMOVE, STUCK, f"{NEW} {UP} {UPS}"),
]


def failing(ending: Ending, steps: Steps | None = None) -> AgentRules:
    """Every component fails in that phase; by these steps, or the law's."""
    rules = replace(KEPT.executing, fails=lambda _one, _version, command: "no" if command is ending else None)
    if ending is P.ROLLBACK:
        rules = replace(rules, fails=KEPT.executing.fails)
    if ending == STUCK:
        rules = replace(rules, fails=lambda _one, _version, command: "no" if command is P.ROLLBACK else None)
    return kept_but(replace(rules, steps=lambda _spec: steps) if steps is not None else rules)


def shown(spec: UpdateSpec, kind: ChangeKind, ending: Ending, steps: Steps | None = None) -> str:
    """All that an agent shows of the component in an update like that."""
    agent = SteppedAgent(failing(ending, steps), AgentSetup("apps", spec=spec))
    name, version = CASES[kind]
    wanted = {one: each for one, each in REST.items() if one != name} | ({name: version} if version else {})
    agent.desire("a", wanted, config={"web": (("port", "80"),)} if kind is CONFIGURE else None)
    agent.wait()
    agent.go(*ORDER[:3], *((P.ROLLBACK,) if ending in (P.ROLLBACK, STUCK) else ()), P.CLEANUP)
    return " ".join(agent.path(f"apps:{name}"))


@pytest.mark.parametrize(("spec", "kind", "ending", "expected"), SHOWN)
def test_action_goes_through_these_statuses(spec: UpdateSpec, kind: ChangeKind, ending: Ending, expected: str) -> None:
    assert shown(spec, kind, ending) == expected


def altered(steps: Steps, kind: ChangeKind, command: PhaseCommand, step: Step | None) -> Steps:
    """The steps, but for that one; None: there is none."""
    others = {name: one for name, one in steps[kind].items() if name is not command}
    return {**steps, kind: others if step is None else {**others, command: step}}


EDGES = [
    (spec, kind, command, part)
    for spec, steps in STEPS.items()
    for kind, table in steps.items()
    for command, step in table.items()
    for part in ("under_way", "success", "failure")
    if getattr(step, part) is not None
]


@pytest.mark.parametrize(("spec", "kind", "command", "part"), EDGES)
def test_every_edge_of_the_law_is_shown(spec: UpdateSpec, kind: ChangeKind, command: PhaseCommand, part: str) -> None:
    """An edge that led elsewhere would be seen in one of the rows above."""
    other = ActionStatus.DOWNLOADING if part != "under_way" else ActionStatus.REMOVAL_FAILURE
    steps = altered(STEPS[spec], kind, command, replace(STEPS[spec][kind][command], **{part: other}))
    rows = [
        (ending, expected) for row_spec, row_kind, ending, expected in SHOWN if (row_spec, row_kind) == (spec, kind)
    ]

    assert any(shown(spec, kind, ending, steps) != expected for ending, expected in rows)


@pytest.mark.parametrize(
    ("spec", "kind", "command"),
    [
        (spec, kind, command)
        for spec, steps in STEPS.items()
        for kind, table in steps.items()
        for command, step in table.items()
        if step != Step()
    ],
)
def test_every_step_of_the_law_is_shown(spec: UpdateSpec, kind: ChangeKind, command: PhaseCommand) -> None:
    steps = altered(STEPS[spec], kind, command, None)
    rows = [
        (ending, expected) for row_spec, row_kind, ending, expected in SHOWN if (row_spec, row_kind) == (spec, kind)
    ]

    assert any(shown(spec, kind, ending, steps) != expected for ending, expected in rows)


STOPS: Mapping[FeedbackStatus, tuple[str, tuple[PhaseCommand, ...]]] = {
    F.IDENTIFIED: ("1.1", ()),
    F.DOWNLOAD_SUCCESS: ("1.1", (P.DOWNLOAD,)),
    F.DOWNLOAD_FAILURE: ("fails-download", (P.DOWNLOAD,)),
    F.UPDATE_SUCCESS: ("1.1", (P.DOWNLOAD, P.UPDATE)),
    F.UPDATE_FAILURE: ("fails-update", (P.DOWNLOAD, P.UPDATE)),
    F.ACTIVATION_SUCCESS: ("1.1", (P.DOWNLOAD, P.UPDATE, P.ACTIVATE)),
    F.ACTIVATION_FAILURE: ("fails-activate", (P.DOWNLOAD, P.UPDATE, P.ACTIVATE)),
    F.ROLLBACK_SUCCESS: ("1.1", (P.DOWNLOAD, P.ROLLBACK)),
    F.ROLLBACK_FAILURE: ("fails-rollback", (P.DOWNLOAD, P.ROLLBACK)),
}
"""The statuses at which an agent waits, and how it is brought there."""

TAKEN = {
    (F.IDENTIFIED, P.DOWNLOAD),
    (F.DOWNLOAD_SUCCESS, P.UPDATE),
    (F.DOWNLOAD_SUCCESS, P.ROLLBACK),
    (F.UPDATE_SUCCESS, P.ACTIVATE),
    (F.UPDATE_SUCCESS, P.ROLLBACK),
    (F.ACTIVATION_FAILURE, P.ROLLBACK),
    (F.ACTIVATION_SUCCESS, P.ROLLBACK),
    *((status, P.CLEANUP) for status in STOPS),
}


def takes(status: FeedbackStatus, command: PhaseCommand, rules: AgentRules = KEPT) -> bool:
    """Whether an agent that waits at that status executes the command; else it refuses it in words."""
    version, commands = STOPS[status]
    agent = SteppedAgent(rules)
    agent.desire("a", {"web": version, "store": "4.3"})
    agent.wait()
    agent.go(*commands)
    assert agent.statuses[-1] is status
    count = len(agent.said)
    agent.command(command)
    heard = [one.feedback for one in agent.said[count:]]
    if heard[0].status is PHASES[command].under_way:
        return True
    assert heard[0].status is PHASES[command].failure
    assert isinstance(heard[0].message, str)
    assert heard[0].message.startswith(f"{command} is possible only after status ")
    assert agent.agent.statuses == [status]
    return False


@pytest.mark.parametrize("command", PhaseCommand)
@pytest.mark.parametrize("status", STOPS)
def test_command_is_taken_in_its_phase_alone(status: FeedbackStatus, command: PhaseCommand) -> None:
    assert takes(status, command) == ((status, command) in TAKEN)


@pytest.mark.parametrize(
    ("command", "status"), [(command, status) for command, behind in TAKEN_BEHIND.items() for status in behind]
)
def test_every_precondition_of_the_law_is_needed(command: PhaseCommand, status: FeedbackStatus) -> None:
    without = {**TAKEN_BEHIND, command: tuple(one for one in TAKEN_BEHIND[command] if one is not status)}

    assert not takes(status, command, kept_but(CommandRules(behind=without)))


def test_phases_come_in_this_order() -> None:
    agent = SteppedAgent()
    agent.update({"web": "1.1", "store": "4.3"})

    assert [*ORDER] == [P.DOWNLOAD, P.UPDATE, P.ACTIVATE, P.CLEANUP]
    assert agent.statuses == [
        F.IDENTIFYING,
        F.IDENTIFIED,
        F.DOWNLOADING,
        F.DOWNLOAD_SUCCESS,
        F.UPDATING,
        F.UPDATE_SUCCESS,
        F.ACTIVATING,
        F.ACTIVATION_SUCCESS,
        F.CLEANUP,
        F.CLEANUP_SUCCESS,
        F.COMPLETED,
    ]
