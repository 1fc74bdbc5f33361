"""The sequences that there can be for an agent, or a device, drawn by chance, from its profile."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import TypeAlias

from harness.protocols.update.driving.device.faults import (
    IDENTIFY,
    STEPS,
    AgentFault,
    Answers,
    FailsIn,
    HasNothingToDo,
    LateIn,
    MuteIn,
    OddFeedback,
    SaysOddly,
)
from harness.protocols.update.fuzzing.step import (
    Asks,
    Commands,
    Desires,
    DesiresAgain,
    Garbage,
    OwnerAnswers,
    Restarts,
    Step,
    Suffers,
    Wait,
    Whose,
)
from harness.protocols.update.profile import DeclaredComponent, Role, UpdateProfile
from harness.protocols.update.words.desired_state import Baseline, DesiredComponent, DesiredDomain, DesiredState
from harness.protocols.update.words.status import Consent, PhaseCommand
from harness.protocols.update.words.topics import MessageKind

Move: TypeAlias = tuple[Step, Wait]  # a step, and the time behind it
TITLE = "some of it"  # of the one baseline that is ever desired
_GARBAGE = (b"", b"{", b"null", b"[]", b"{}", b"\xff\xfe{", b'{"activityId": 7, "payload": "x"}')
_WAITS = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0)
_ENOUGH = 8.0  # seconds in which any step of ours is done
_SOON = (0.1, 0.5, 1.0, 2.0)  # seconds in which a device is not done
_ONE_IN = 4
_FAULTS = 3  # times as likely as any other single step
_INTERRUPTIONS: Sequence[Step] = (DesiresAgain(), Restarts())
_WHOLE = 30.0  # seconds in which a device has done all that is desired
_MOST = {Role.AGENT: 8, Role.DEVICE: 5}  # single steps, and updates: a device says more, and takes longer to be judged
_TITLES = (None, None, None, TITLE, "no such set")
_ORDER = (PhaseCommand.DOWNLOAD, PhaseCommand.UPDATE, PhaseCommand.ACTIVATE, PhaseCommand.CLEANUP)


def drawn(profile: UpdateProfile, random: Random) -> list[Move]:
    """Half of it are single steps; half are whole updates, as far as they come."""
    kinds, is_agent = _kinds(profile), profile.role is Role.AGENT
    moves: list[Move] = []
    for _ in range(random.randint(1, _MOST[profile.role])):
        if random.choice((True, False)):
            moves.append((random.choice(kinds)(random), Wait(random.choice(_WAITS))))
        elif is_agent:
            moves += _led(_desires(profile, random), random)
        else:
            moves += _whole(_desires(profile, random), random)
    return moves


def plainer(step: Step) -> Iterator[Step]:
    """A desired state that is not retained, without a baseline, of fewer components; a command for all of it."""
    match step:
        case Desires(state, retain):
            if retain:
                yield Desires(state)
            if state.baselines:
                yield Desires(replace(state, baselines=()), retain)
            for domain in state.domains:
                for component in domain.components:
                    yield Desires(_without(state, domain, component), retain)
        case Commands(baseline=str()):
            yield replace(step, baseline=None)


def _kinds(profile: UpdateProfile) -> Sequence[Callable[[Random], Step]]:
    """Of single steps, each as likely as any other; but the agents opposite a device have many faults."""
    kinds: list[Callable[[Random], Step]] = [
        lambda random: _desires(profile, random),
        lambda _random: DesiresAgain(),
        lambda _random: Asks(),
        lambda _random: Restarts(),
        lambda random: Garbage(MessageKind.DESIRED_STATE, random.choice(_GARBAGE)),
    ]
    if profile.role is Role.AGENT:
        return [*kinds, lambda random: _command(profile, random)]
    if profile.played:
        kinds += [lambda random: Suffers(random.choice(profile.played), _fault(random))] * _FAULTS
    if profile.consent:
        kinds.append(_owner_answers)
    return kinds


def _led(desires: Desires, random: Random) -> list[Move]:
    """A desired state, and some of the commands that bring it about, each with the time that it takes."""
    count = random.randint(0, len(_ORDER))
    steps: list[Step] = [desires, *(Commands(command) for command in _ORDER[:count])]
    if _is_interrupted(random):
        steps.insert(random.randint(1, len(steps)), random.choice(_INTERRUPTIONS))
    return [(one, Wait(_ENOUGH)) for one in steps]


def _whole(desires: Desires, random: Random) -> list[Move]:
    """A desired state, and all the time that it takes."""
    if not _is_interrupted(random):
        return [(desires, Wait(_WHOLE))]
    return [(desires, Wait(random.choice(_SOON))), (random.choice(_INTERRUPTIONS), Wait(_WHOLE))]


def _is_interrupted(random: Random) -> bool:
    """One update in four is delivered again, or loses its power, while it is under way."""
    return not random.randrange(_ONE_IN)


def _command(profile: UpdateProfile, random: Random) -> Step:
    commands = [one for one in PhaseCommand if profile.rolls_back or one is not PhaseCommand.ROLLBACK]
    return Commands(random.choice(commands), random.choice([*Whose]), random.choice(_TITLES))


def _desires(profile: UpdateProfile, random: Random) -> Desires:
    """Of each component some version, or none; and perhaps a baseline of the first of them."""
    versions = {one.id: random.choice(_versions(one)) for one in profile.components}
    has_baseline, is_retained = random.choice((True, False)), random.choice((True, False))
    return Desires(_state(profile, versions, has_baseline=has_baseline), is_retained)


def _versions(one: DeclaredComponent) -> list[str | None]:
    unknown = [one.unknown] if one.unknown else []
    return [*one.versions, *one.versions, *one.fails.values(), *unknown, None]


def _state(profile: UpdateProfile, versions: dict[str, str | None], *, has_baseline: bool) -> DesiredState:
    domains = (
        DesiredDomain(
            domain,
            tuple(
                DesiredComponent(name.partition(":")[2], version)
                for name, version in versions.items()
                if version and name.partition(":")[0] == domain
            ),
        )
        for domain in profile.domains
    )
    desired = tuple(name for name, version in versions.items() if version)
    return DesiredState(tuple(domains), (Baseline(TITLE, desired[:1]),) if has_baseline and desired else ())


def _without(state: DesiredState, domain: DesiredDomain, component: DesiredComponent) -> DesiredState:
    fewer = replace(domain, components=tuple(one for one in domain.components if one is not component))
    name = f"{domain.id}:{component.id}"
    baselines = (
        replace(one, components=tuple(other for other in one.components if other != name)) for one in state.baselines
    )
    domains = tuple(fewer if one is domain else one for one in state.domains)
    return DesiredState(domains, tuple(one for one in baselines if one.components))


def _fault(random: Random) -> AgentFault:
    """Half of those that are of one step are of the first: there alone all agents are waited for."""
    steps = [one for one in STEPS if one != PhaseCommand.ROLLBACK]
    step = random.choice((IDENTIFY, random.choice(steps)))
    faults: Sequence[Callable[[], AgentFault]] = (
        lambda: FailsIn(IDENTIFY if step == PhaseCommand.CLEANUP else step),
        lambda: LateIn(step, random.choice((0.5, 3.0))),
        lambda: MuteIn(step),
        HasNothingToDo,
        lambda: SaysOddly(random.choice([*OddFeedback])),
    )
    return random.choice(faults)()


def _owner_answers(random: Random) -> Step:
    consent = random.choice((Consent.APPROVED, Consent.APPROVED, Consent.DENIED, None))
    return OwnerAnswers(Answers(consent, random.choice((0.0, 2.0)), random.choice((True, False))))
