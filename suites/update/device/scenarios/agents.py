"""Played agents: how the device's manager leads them, and what they do wrong."""

from harness.protocols.update.suite import (
    IDENTIFY,
    Agents,
    Backend,
    Baseline,
    ComponentChoice,
    DeclaredComponent,
    FailsIn,
    HasNothingToDo,
    LateIn,
    MuteIn,
    OddFeedback,
    SaysOddly,
    other,
    scenario,
)
from suites.update.device.limits import Limits

__all__ = ["failing_agents", "idle_agent", "late_agent", "odd_agents", "silent_agents", "slices", "unidentified_agent"]
Two = tuple[DeclaredComponent, DeclaredComponent]
STEPS = ("DOWNLOAD", "UPDATE", "ACTIVATE")
SILENT_STEPS = (IDENTIFY, *STEPS, "CLEANUP")


@scenario(takes=5, demands={"two": ComponentChoice.two_played})
async def slices(backend: Backend, two: Two) -> None:
    """Components of two played domains, in a baseline each and in one of both; and then back, in none."""
    one, second = two
    baselines = [Baseline("one", (one.id,)), Baseline("both", (one.id, second.id))]
    await backend.desires({one: other(one), second: other(second)}, "slices", baselines=baselines)
    await backend.until_ended()
    await backend.desires({}, "without baselines")
    await backend.until_ended()


@scenario(takes=20, demands={"two": ComponentChoice.two_played})
async def late_agent(backend: Backend, agents: Agents, two: Two, limits: Limits) -> None:
    """One of two agents ends every step late."""
    one, second = two
    for step in (IDENTIFY, *STEPS):
        await agents.suffer(f"late in {step}", LateIn(step, limits.late), domain=one.domain)
    await backend.desires({one: other(one), second: other(second)}, "with a late agent")
    await backend.until_ended()


@scenario(takes=10, demands={"two": ComponentChoice.two_played})
async def unidentified_agent(backend: Backend, agents: Agents, two: Two, limits: Limits) -> None:
    """One of two agents cannot identify what is to be done."""
    one, second = two
    await agents.suffer("fails to identify", FailsIn(IDENTIFY), domain=one.domain)
    await backend.desires({one: other(one), second: other(second)}, "unidentified")
    await backend.until_ended()
    await backend.listen(limits.quiet)


@scenario(takes=5, demands={"two": ComponentChoice.two_played})
async def idle_agent(backend: Backend, agents: Agents, two: Two) -> None:
    """One of two agents has nothing to do."""
    one, second = two
    await agents.suffer("has nothing to do", HasNothingToDo(), domain=one.domain)
    await backend.desires({one: other(one), second: other(second)}, "with an idle agent")
    await backend.until_ended()


@scenario(takes=5, demands={"two": ComponentChoice.two_played})
async def failing_agents(backend: Backend, agents: Agents, two: Two) -> None:
    """One of two agents fails, in one phase after the other."""
    one, second = two
    for step in STEPS:
        await agents.suffer(f"fails in {step}", FailsIn(step), domain=one.domain)
        wanted = {each: each.versions[backend.versions.get(each.id) == each.versions[0]] for each in (one, second)}
        await backend.desires(wanted, f"failing in {step}")
        await backend.until_ended()
        await agents.recover()


@scenario(takes=65, demands={"two": ComponentChoice.two_played})
async def silent_agents(backend: Backend, agents: Agents, two: Two) -> None:
    """One of two agents is silent, in one step after the other."""
    one, second = two
    for step in SILENT_STEPS:
        await agents.suffer(f"mute in {step}", MuteIn(step), domain=one.domain)
        wanted = {each: each.versions[backend.versions.get(each.id) == each.versions[0]] for each in (one, second)}
        await backend.desires(wanted, f"silent in {step}")
        await backend.until_ended()
        await agents.recover()


@scenario(takes=20, is_rough=True, demands={"one": ComponentChoice.played})
async def odd_agents(backend: Backend, agents: Agents, one: DeclaredComponent, limits: Limits) -> None:
    """Agents say odd things beside what is right, which comes late where the odd thing is the end of a later step."""
    for feedback in OddFeedback:
        late = (LateIn(step, limits.late) for step in (IDENTIFY, *STEPS) if feedback is OddFeedback.EARLY)
        await agents.suffer(f"says feedback {feedback}", SaysOddly(feedback), *late)
        wanted = one.versions[backend.versions.get(one.id) == one.versions[0]]
        await backend.desires({one: wanted}, f"beside feedback {feedback}")
        await backend.until_ended()
        await agents.recover()
        await backend.asks_and_waits(f"after feedback {feedback}")
