"""A sequence as a scenario that can be pasted into a suite."""

from collections.abc import Iterator, Sequence

from harness.protocols.update.fuzzing.search import Accusation
from harness.protocols.update.fuzzing.step import (
    Commands,
    Desires,
    DesiresAgain,
    Garbage,
    OwnerAnswers,
    Restarts,
    Step,
    Suffers,
    Wait,
)
from harness.protocols.update.fuzzing.stepped_run import ANSWERS, ENDS, LAST
from harness.protocols.update.profile import Role

_HANDS = {
    Role.AGENT: {"manager": "Manager", "agent": "ProvokedDevice"},
    Role.DEVICE: {"backend": "Backend", "agents": "Agents", "device": "ProvokedDevice"},
}
_NAMED = {Role.AGENT: ("manager", "agent"), Role.DEVICE: ("backend", "device")}


def scenario_text(accusation: Accusation, role: Role) -> str:
    """Python, in the words of `harness.protocols.update.suite`."""
    return "\n".join(_lines(accusation, role))


def _lines(accusation: Accusation, role: Role) -> Iterator[str]:
    script, hands = _sensible(accusation.script), _HANDS[role]
    requester = _NAMED[role][0]
    yield f"from harness.protocols.update.suite import {', '.join(sorted({*hands.values(), *_names(script)}))}"
    yield ""
    yield ""
    yield f"@scenario({', '.join(_facts(script))})"
    yield f"async def fuzzed({', '.join(f'{name}: {kind}' for name, kind in hands.items())}) -> None:"
    yield f'    """Found by `setpoint fuzz`: breaks {accusation.requirement}."""'
    lines = [_named(line, role) for number, step in enumerate(script) for line in step.lines(number)]
    lines += [f"await {requester}.listen({ENDS:g})", f'await {requester}.asks("{LAST}")']
    lines += _forgotten(script, requester)
    lines.append(f"await {requester}.listen({ANSWERS:g})")
    if unused := [name for name in hands if not any(f"{name}." in line for line in lines)]:
        yield f"    del {', '.join(unused)}"
    yield from (f"    {line}" for line in lines)


def _named(line: str, role: Role) -> str:
    requester, peer = _NAMED[role]
    at_first = line.replace("await requester.", f"await {requester}.", 1).replace("await peer.", f"await {peer}.", 1)
    return at_first.replace("activity=requester.latest", f"activity={requester}.latest")


def _sensible(script: Sequence[Step]) -> Sequence[Step]:
    """Nothing is desired again before it was desired at all."""
    first = next((place for place, step in enumerate(script) if isinstance(step, Desires)), len(script))
    return [step for place, step in enumerate(script) if place > first or not isinstance(step, DesiresAgain)]


def _forgotten(script: Sequence[Step], requester: str) -> Iterator[str]:
    """Nothing stays retained."""
    if any(isinstance(step, Desires) and step.retain for step in script):
        yield f'await {requester}.says(MessageKind.DESIRED_STATE, b"", "nothing is retained", retain=True)'


def _facts(script: Sequence[Step]) -> Iterator[str]:
    """The fields that a scenario declares."""
    yield f"takes={sum(step.seconds for step in script if isinstance(step, Wait)) + ENDS + ANSWERS:g}"
    if any(isinstance(step, Restarts) for step in script):
        yield 'hangs_on=("restart",)'
    if any(isinstance(step, Garbage) or (isinstance(step, Desires) and step.retain) for step in script):
        yield "is_rough=True"


def _names(script: Sequence[Step]) -> Iterator[str]:
    yield "scenario"
    for step in script:
        match step:
            case Garbage():
                yield "MessageKind"
            case Desires(retain=True):
                yield "MessageKind"
            case Commands():
                yield "PhaseCommand"
            case Suffers(_, fault):
                yield type(fault).__name__
                if hasattr(fault, "feedback"):
                    yield "OddFeedback"
            case OwnerAnswers():
                yield from ("Answers", "Consent")
