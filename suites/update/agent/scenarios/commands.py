"""Commands out of turn, of another activity, and that nobody knows."""

from collections.abc import Sequence

from harness.protocols.update.suite import (
    TO_THE_END,
    ComponentChoice,
    DeclaredComponent,
    Manager,
    PhaseCommand,
    other,
    scenario,
)
from suites.update.agent.limits import Limits

__all__ = ["foreign_command", "out_of_turn", "unknown_commands"]
DOWNLOAD, UPDATE, ACTIVATE = TO_THE_END[:3]
ROLLBACK = PhaseCommand.ROLLBACK
# Behind these commands, one that is out of turn.
PAIRS: Sequence[tuple[tuple[PhaseCommand, ...], PhaseCommand]] = (
    ((), UPDATE),
    ((), ACTIVATE),
    ((), ROLLBACK),
    ((DOWNLOAD,), DOWNLOAD),
    ((DOWNLOAD,), ACTIVATE),
    ((DOWNLOAD, UPDATE), DOWNLOAD),
    ((DOWNLOAD, UPDATE), UPDATE),
    ((DOWNLOAD, UPDATE, ACTIVATE), DOWNLOAD),
    ((DOWNLOAD, UPDATE, ACTIVATE), UPDATE),
    ((DOWNLOAD, UPDATE, ACTIVATE), ACTIVATE),
)


def label_of(place: int) -> str:
    """The label of a command that is out of turn."""
    behind, command = PAIRS[place]
    return f"{command} after {behind[-1] if behind else 'IDENTIFIED'}"


@scenario(takes=55, demands={"one": ComponentChoice.settable})
async def out_of_turn(manager: Manager, one: DeclaredComponent, limits: Limits) -> None:
    """Each command that is not due, in a desired state of its own, which is then cleaned up."""
    for place, (behind, command) in enumerate(PAIRS):
        wanted = one.versions[1 if manager.versions.get(one.id) != one.versions[1] else 0]
        await manager.desires({one: wanted}, f"for {label_of(place)}")
        await manager.until_identified()
        await manager.commands_through(*behind)
        await manager.commands(command, label_of(place))
        await manager.listen(limits.quiet)
        if not manager.progress.is_over:
            await manager.commands_and_waits(PhaseCommand.CLEANUP, f"CLEANUP {place}")
        await manager.asks_and_waits(f"current state {place}")


@scenario(takes=10, demands={"one": ComponentChoice.settable, "_named": ComponentChoice.named})
async def foreign_command(manager: Manager, one: DeclaredComponent, limits: Limits) -> None:
    """A command of an activity that nobody began; and then the agent's own to the end."""
    await manager.desires({one: other(one)}, "its own")
    await manager.until_identified()
    await manager.commands(DOWNLOAD, "foreign DOWNLOAD", activity="activity-of-somebody-else")
    await manager.listen(limits.quiet)
    await manager.commands_through(*TO_THE_END)


@scenario(takes=20, demands={"one": ComponentChoice.settable})
async def unknown_commands(manager: Manager, one: DeclaredComponent, limits: Limits) -> None:
    """Commands that are no command: another word, and small letters; and then those that are."""
    await manager.desires({one: other(one)}, "with unknown commands")
    await manager.until_identified()
    for command in ("REPAINT", "download", ""):
        await manager.commands(command, f"unknown {command!r}")
        await manager.listen(limits.quiet)
    await manager.commands_through(*TO_THE_END)
