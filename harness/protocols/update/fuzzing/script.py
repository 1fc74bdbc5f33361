"""The sequences that there can be for an agent, or a device: a Hypothesis strategy, made from its profile."""

from hypothesis import strategies as st

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

Block = tuple[Step, ...]
TITLE = "some of it"  # of the one baseline that is ever desired
_GARBAGE = (b"", b"{", b"null", b"[]", b"{}", b"\xff\xfe{", b'{"activityId": 7, "payload": "x"}')
_WAITS = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0)
_ENOUGH = 8.0  # seconds in which any step of ours is done
_WHOLE = 30.0  # seconds in which a device has done all that is desired
_MOST = {Role.AGENT: 8, Role.DEVICE: 5}  # blocks of steps: a device says more, and takes longer to be judged
_ORDER = (PhaseCommand.DOWNLOAD, PhaseCommand.UPDATE, PhaseCommand.ACTIVATE, PhaseCommand.CLEANUP)


def scripts(profile: UpdateProfile) -> st.SearchStrategy[list[Step]]:
    """Short ones first: what fails is made as short as it can be."""
    desires = st.builds(Desires, _states(profile), st.booleans())
    singles: list[st.SearchStrategy[Step]] = [
        desires,
        st.just(DesiresAgain()),
        st.just(Asks()),
        st.just(Restarts()),
        st.builds(Garbage, st.sampled_from([MessageKind.DESIRED_STATE]), st.sampled_from(_GARBAGE)),
    ]
    if profile.role is Role.AGENT:
        kinds = [PhaseCommand(one) for one in PhaseCommand if profile.rolls_back or one is not PhaseCommand.ROLLBACK]
        titles = st.sampled_from([None, None, None, TITLE, "no such set"])
        singles.append(st.builds(Commands, st.sampled_from(kinds), st.sampled_from([*Whose]), titles))
        whole = st.builds(_led, desires, st.integers(0, len(_ORDER)))
    else:
        singles += [st.builds(Suffers, st.sampled_from(profile.played), _faults())] if profile.played else []
        singles += [st.builds(OwnerAnswers, _answers())] if profile.consent else []
        whole = desires.map(lambda step: (step, Wait(_WHOLE)))
    single = st.tuples(st.one_of(*singles), st.sampled_from(_WAITS).map(Wait))
    blocks: st.SearchStrategy[Block] = st.one_of(single, whole)
    return st.lists(blocks, min_size=1, max_size=_MOST[profile.role]).map(
        lambda found: [step for block in found for step in block]
    )


def _led(desires: Desires, count: int) -> Block:
    """A desired state, and so many of the commands that bring it about, each with the time that it takes."""
    steps: list[Step] = [desires, *(Commands(command) for command in _ORDER[:count])]
    return tuple(step for one in steps for step in (one, Wait(_ENOUGH)))


def _states(profile: UpdateProfile) -> st.SearchStrategy[DesiredState]:
    """Of each component some version, or none; and perhaps a baseline of the first of them."""
    each = {one.id: st.sampled_from(_versions(one)) for one in profile.components}
    return st.builds(lambda versions, has: _state(profile, versions, has), st.fixed_dictionaries(each), st.booleans())


def _versions(one: DeclaredComponent) -> list[str | None]:
    unknown = [one.unknown] if one.unknown else []
    return [*one.versions, *one.versions, *one.fails.values(), *unknown, None]


def _state(profile: UpdateProfile, versions: dict[str, str | None], has_baseline: object) -> DesiredState:
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


def _faults() -> st.SearchStrategy[AgentFault]:
    steps = [one for one in STEPS if one != PhaseCommand.ROLLBACK]
    return st.one_of(
        st.builds(FailsIn, st.sampled_from([one for one in steps if one != PhaseCommand.CLEANUP])),
        st.builds(LateIn, st.sampled_from(steps), st.sampled_from([0.5, 3.0])),
        st.builds(MuteIn, st.sampled_from([IDENTIFY, *steps])),
        st.just(HasNothingToDo()),
        st.builds(SaysOddly, st.sampled_from([*OddFeedback])),
    )


def _answers() -> st.SearchStrategy[Answers]:
    consents = st.sampled_from([Consent.APPROVED, Consent.APPROVED, Consent.DENIED, None])
    return st.builds(Answers, consents, st.sampled_from([0.0, 2.0]), st.booleans())
