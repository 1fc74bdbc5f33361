"""An agent that starts, that loses its connection in the middle, and to which old messages come again."""

from harness.protocols.update.suite import (
    TO_THE_END,
    ComponentChoice,
    Deadline,
    DeclaredComponent,
    Fault,
    Manager,
    MessageKind,
    Needs,
    PhaseCommand,
    ProvokedDevice,
    other,
    scenario,
)
from suites.update.agent.limits import Limits

__all__ = ["agent_start", "dropped_in_the_middle", "retained_state"]


@scenario(takes=15, hangs_on=("restart",))
async def agent_start(manager: Manager, agent: ProvokedDevice) -> None:
    """The agent's power goes and comes; and somebody subscribes who has heard nothing."""
    await agent.restarts("restart")
    await manager.listen_for(Deadline.CURRENT_STATE)
    await manager.somebody_subscribes_late()


@scenario(needs=Needs.OUR_BROKER, takes=10, demands={"one": ComponentChoice.settable})
async def dropped_in_the_middle(
    manager: Manager, agent: ProvokedDevice, one: DeclaredComponent, limits: Limits
) -> None:
    """The connection is lost while a download is under way; commands go on once it is back."""
    await manager.desires({one: other(one)}, "interrupted")
    await manager.until_identified()
    since = len(manager.progress.statuses)
    await manager.commands(PhaseCommand.DOWNLOAD, "DOWNLOAD")
    await agent.link.suffers(Fault.DROP, "dropped")
    await agent.link.until_back(at_most=limits.back)
    await manager.asks("back")
    await manager.until_answered(PhaseCommand.DOWNLOAD, since)
    await manager.commands_through(*TO_THE_END[1:])


@scenario(takes=15, is_rough=True, demands={"one": ComponentChoice.settable}, hangs_on=("restart",))
async def retained_state(manager: Manager, agent: ProvokedDevice, one: DeclaredComponent, limits: Limits) -> None:
    """A desired state and a command lie retained at the broker when the agent starts anew, and are not the latest."""
    payload = manager.state({one: other(one)}).as_json()
    try:
        await manager.desires_payload(payload, "retained", retain=True)
        await manager.until_identified()
        for command in TO_THE_END:
            since = len(manager.progress.statuses)
            await manager.commands(command, str(command), retain=True)
            await manager.until_answered(command, since)
        await manager.desires({}, "newer")
        await manager.until_identified()
        await manager.commands_through(*TO_THE_END)
        await agent.restarts("restart")
        await manager.listen_for(Deadline.CURRENT_STATE)
    finally:
        for kind in (MessageKind.DESIRED_STATE, MessageKind.COMMAND):
            await manager.says(kind, b"", f"no {kind} is retained", retain=True)
    await manager.listen(limits.settled)
