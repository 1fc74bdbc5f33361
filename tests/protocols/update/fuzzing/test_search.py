"""A planted deviation is found, made short, and can be pasted; who conforms is accused of nothing.

`python -m tests.protocols.update.fuzzing.test_search` prints after how many sequences each is found.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias, get_args

import pytest

from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import SCENARIOS, Scenario
from harness.judging.requirements.requirement import Catalogue
from harness.protocols.update.fuzzing.agent_invariants import AGENT_INVARIANTS
from harness.protocols.update.fuzzing.device_invariants import DEVICE_INVARIANTS
from harness.protocols.update.fuzzing.scenario_text import scenario_text
from harness.protocols.update.fuzzing.search import Accusation, Search
from harness.protocols.update.fuzzing.step import Commands, Desires, Garbage, Message, Restarts, Step, Suffers, Wait
from harness.protocols.update.plug import UPDATE
from harness.protocols.update.profile import Role
from harness.protocols.update.words.desired_state import DesiredComponent, DesiredDomain, DesiredState
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from harness.record.kinds import Closed, Record
from harness.record.trace import Recorder
from harness.target import Stepped, TargetOptions
from simulator.update.targets.agent import UpdateAgentTarget
from simulator.update.targets.device import UpdateDeviceTarget
from tests.protocols.update.fuzzing.planted import AGENT, DEVICE

PeerTarget: TypeAlias = UpdateAgentTarget | UpdateDeviceTarget

SEED = 0
ENOUGH = 40  # sequences, in which each planted deviation is found
PLANTED = [(role, *one) for role, planted in ((Role.AGENT, AGENT), (Role.DEVICE, DEVICE)) for one in planted.items()]
HEALTHY = {Role.AGENT: 200, Role.DEVICE: 100}  # sequences without an accusation


def _target(role: Role, variant: str | None = None, spec: UpdateSpec = UpdateSpec.DIAGRAMS) -> PeerTarget:
    made = UpdateAgentTarget if role is Role.AGENT else UpdateDeviceTarget
    target: PeerTarget = made.from_option("", TargetOptions(spec=spec))
    return target.varied(variant) if variant else target


def _search(role: Role, variant: str | None = None, spec: UpdateSpec = UpdateSpec.DIAGRAMS) -> Search:
    target = _target(role, variant, spec)
    return Search(target.machine, target.profile, spec)


def _desires(web: str, store: str | None, *, retain: bool = False) -> Desires:
    versions = {"web": web, "store": store}
    components = tuple(DesiredComponent(name, version) for name, version in versions.items() if version)
    return Desires(DesiredState((DesiredDomain("containers", components),)), retain=retain)


def _led(desires: Desires, *commands: PhaseCommand) -> list[Step]:
    steps: list[Step] = [desires, *map(Commands, commands)]
    return [step for one in steps for step in (one, Wait(8))]


@pytest.mark.parametrize("role", Role)
def test_simulated_peer_can_be_told_the_time(role: Role) -> None:
    assert isinstance(_target(role), Stepped)


@pytest.mark.parametrize("spec", UpdateSpec)
@pytest.mark.parametrize("role", Role)
def test_healthy_peer_is_accused_of_nothing(role: Role, spec: UpdateSpec) -> None:
    search = _search(role, spec=spec)

    assert search.run(HEALTHY[role], SEED) is None
    assert search.played == HEALTHY[role]


@pytest.mark.parametrize(("role", "variant", "requirement"), PLANTED)
def test_planted_deviation_is_told_by_the_clause_that_it_breaks(role: Role, variant: str, requirement: str) -> None:
    """A device that begins again is told by `device-end.executed-once` where a delivery interrupts what it is at.

    Behind the end its agents leave what they know, and nothing is executed again: then it breaks no more than what is
    said of ends, `device-end.one` and `device-end.silence`.
    """
    search = _search(role, variant)

    found = search.run(ENOUGH, SEED, shortens=False)

    assert found is not None
    assert found.requirement == requirement
    print(f"{variant}: {requirement}, after {search.until_found} sequences")  # noqa: T201 - shown with -rP


def test_what_is_found_is_made_short() -> None:
    found = _search(Role.AGENT, "identifies-versions-that-nobody-knows").run(ENOUGH, SEED)

    assert found is not None
    assert len([step for step in found.script if not isinstance(step, Wait)]) == 1


def test_same_seed_finds_the_same() -> None:
    first, second = (_search(Role.AGENT, "executes-out-of-turn").run(ENOUGH, SEED) for _ in range(2))

    assert first == second is not None


def test_invariants_name_clauses_of_the_catalogue() -> None:
    known = {requirement.id for requirement in Catalogue.read(UPDATE.requirements)}

    assert {one.requirement for one in AGENT_INVARIANTS} | {one.requirement for one in DEVICE_INVARIANTS} <= known


def test_removal_of_what_a_superseded_desired_state_brought_is_no_fault() -> None:
    """Nothing showed that version: the desired state that brought it was superseded before its end."""
    first = _led(_desires("1.0", "4.4"), PhaseCommand.DOWNLOAD, PhaseCommand.UPDATE, PhaseCommand.ACTIVATE)

    assert _search(Role.AGENT).accuse([*first, *_led(_desires("1.0", None), PhaseCommand.DOWNLOAD)]) is None


def test_feedback_belongs_to_no_message_that_cannot_be_read() -> None:
    script = [*_led(_desires("1.1", "4.3")), Garbage(MessageKind.DESIRED_STATE, b""), *_led(_desires("1.0", "4.3"))]

    assert _search(Role.AGENT).accuse(script) is None


@pytest.mark.parametrize(
    ("role", "variant"),
    [
        (Role.AGENT, "begins-again-with-what-is-retained"),
        (Role.AGENT, "executes-out-of-turn"),
        (Role.DEVICE, "completed-and-incomplete"),
        (Role.DEVICE, "running-behind-the-end"),
    ],
)
def test_printed_scenario_brings_it_out_on_the_stage(role: Role, variant: str) -> None:
    search = _search(role, variant)
    found = search.run(ENOUGH, SEED)
    assert found is not None

    driven = _driven(_target(role, variant), scenario_text(found, role))

    assert found.requirement in dict(search.broken_in(driven))


def test_printed_scenario_with_played_agents_goes_all_the_way() -> None:
    search = _search(Role.DEVICE)
    [script] = _scripts(search, lambda steps: any(isinstance(step, Suffers) for step in steps))

    driven = _driven(_target(Role.DEVICE), scenario_text(Accusation("a.clause", "", script), Role.DEVICE))

    assert [one.cut_short for one in driven if isinstance(one, Closed)] == [None]
    assert [*search.broken_in(driven)] == []


@pytest.mark.parametrize("role", Role)
def test_printed_scenario_knows_every_step(role: Role) -> None:
    """The lines of any step that can be drawn are Python."""
    drawn = _scripts(_search(role), lambda _steps: False, at_most=60)

    for script in drawn:
        compile(scenario_text(Accusation("a.clause", "", script), role), "<pasted>", "exec")
    kinds = {type(step) for script in drawn for step in script}
    assert kinds >= {*get_args(Message), Restarts, Wait} - ({Commands} if role is Role.DEVICE else set())


def _scripts(
    search: Search, is_wanted: Callable[[Sequence[Step]], bool], at_most: int = 60
) -> Sequence[Sequence[Step]]:
    """The first that is wanted; or all that were drawn, if none is."""
    drawn: list[Sequence[Step]] = []

    def noted(script: Sequence[Step]) -> Accusation | None:
        drawn.append(script)
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "accuse", noted)
        search.run(at_most, SEED)
    return next(([script] for script in drawn if is_wanted(script)), drawn)


def _driven(target: PeerTarget, text: str) -> Sequence[Record]:
    """The record of the printed scenario, once it is pasted and driven."""
    names: dict[str, object] = {"__name__": "pasted"}
    exec(text, names)  # noqa: S102 - what was printed to be pasted
    pasted: Scenario = SCENARIOS.pop("fuzzed")
    recorder, subject = Recorder(), f"update-{target.profile.role}"
    plan = RunPlan(target, [pasted], Clock.VIRTUAL, spec=UpdateSpec.DIAGRAMS, subject=subject)
    drive_target(plan, recorder, Unseen())
    return recorder.records


if __name__ == "__main__":
    for _role, _name, _clause in PLANTED:
        _one = _search(_role, _name)
        _found = _one.run(ENOUGH, SEED, shortens=False)
        _told = _found.requirement if _found else "nothing"
        print(f"{_name:45} {_clause:40} {_told:40} {_one.until_found:4} sequences")  # noqa: T201 - what it is for
