"""Desired states that cannot be met: versions that fail, or that nobody knows; malformed ones; and rollbacks."""

from collections.abc import Mapping

from harness.protocols.update.suite import (
    TO_THE_END,
    ComponentChoice,
    Deadline,
    DeclaredComponent,
    Manager,
    MessageKind,
    Object,
    PhaseCommand,
    other,
    scenario,
)
from suites.update.agent.limits import Limits

__all__ = [
    "failing_activation",
    "failing_download",
    "failing_update",
    "incomplete",
    "malformed",
    "rolled_back_after_download",
    "rolled_back_after_update",
    "unidentifiable",
]
MALFORMED = (
    b"",
    b"{",
    b"null",
    b"[]",
    b'"desired"',
    b"\xff\xfe\x00",
    b'{"activityId": 7, "timestamp": "now", "payload": []}',
    b'{"activityId": "x", "timestamp": 1, "payload": "y"}',
    b'{"activityId": "x", "timestamp": null, "payload": {"domains": {"id": "x"}, "baselines": 4}}',
    b'{"activityId": "x", "timestamp": 1.5, "payload": {"domains": [null, 7, {"components": "all"}]}}',
    b'{"activityId": "x", "payload": {"command": ["DOWNLOAD"], "baseline": {}}}',
    b"[" * 500,
)


@scenario(takes=15, demands={"failing": ComponentChoice.failing_in_download})
async def failing_download(manager: Manager, failing: DeclaredComponent) -> None:
    """A version whose download fails."""
    await _fails(manager, failing, PhaseCommand.DOWNLOAD)


@scenario(takes=15, demands={"failing": ComponentChoice.failing_in_update})
async def failing_update(manager: Manager, failing: DeclaredComponent) -> None:
    """A version whose update fails."""
    await _fails(manager, failing, PhaseCommand.UPDATE)


@scenario(takes=15, demands={"failing": ComponentChoice.failing_in_activation})
async def failing_activation(manager: Manager, failing: DeclaredComponent) -> None:
    """A version whose activation fails."""
    await _fails(manager, failing, PhaseCommand.ACTIVATE)


@scenario(takes=10, demands={"one": ComponentChoice.unidentifiable})
async def unidentifiable(manager: Manager, one: DeclaredComponent, limits: Limits) -> None:
    """A version that nobody knows."""
    await manager.desires({one: one.unknown}, "unknown version")
    await manager.until_identified()
    await manager.listen(limits.settled)


@scenario(takes=35, is_rough=True)
async def incomplete(manager: Manager) -> None:
    """Desired states that can be read and say nothing: without a domain, without any field, and of another domain."""
    foreign: Object = {"id": f"{manager.profile.domain}-of-somebody-else", "components": []}
    payloads: Mapping[str, Object] = {
        "no field": {},
        "no domain": {"domains": []},
        "a domain without an id": {"domains": [{"components": []}]},
        "another domain": {"domains": [foreign]},
    }
    for label, payload in payloads.items():
        await manager.desires_payload(payload, label)
        await manager.listen_for(Deadline.IDENTIFY)


@scenario(takes=25, is_rough=True, demands={"one": ComponentChoice.settable})
async def malformed(manager: Manager, one: DeclaredComponent, limits: Limits) -> None:
    """Desired states, commands and questions that nobody can read, and then one that is good."""
    for kind in (MessageKind.DESIRED_STATE, MessageKind.COMMAND, MessageKind.CURRENT_STATE_GET):
        for number, payload in enumerate(MALFORMED, start=1):
            await manager.says(kind, payload, f"malformed {kind} {number}")
            await manager.listen(limits.breath)
    await manager.listen(limits.settled)
    await manager.desires({one: other(one)}, "after malformed")
    await manager.until_identified()
    await manager.commands_through(*TO_THE_END)


@scenario(takes=5, demands={"one": ComponentChoice.settable, "_knows": ComponentChoice.rolls_back})
async def rolled_back_after_download(manager: Manager, one: DeclaredComponent) -> None:
    """ROLLBACK once the download has succeeded."""
    await _rolls_back(manager, one, PhaseCommand.DOWNLOAD)


@scenario(takes=5, demands={"one": ComponentChoice.settable, "_knows": ComponentChoice.rolls_back})
async def rolled_back_after_update(manager: Manager, one: DeclaredComponent) -> None:
    """ROLLBACK once the update has succeeded."""
    await _rolls_back(manager, one, PhaseCommand.DOWNLOAD, PhaseCommand.UPDATE)


async def _fails(manager: Manager, failing: DeclaredComponent, phase: PhaseCommand) -> None:
    await manager.desires({failing: failing.fails[phase]}, "failing")
    await manager.until_identified()
    await manager.commands_through(*TO_THE_END)
    await manager.listen_for(Deadline.CURRENT_STATE)
    await manager.asks_and_waits("after the failure")


async def _rolls_back(manager: Manager, one: DeclaredComponent, *commands: PhaseCommand) -> None:
    await manager.desires({one: other(one)}, "to be rolled back")
    await manager.until_identified()
    await manager.commands_through(*commands)
    await manager.commands_and_waits(PhaseCommand.ROLLBACK, "ROLLBACK")
    await manager.commands_and_waits(PhaseCommand.CLEANUP, "CLEANUP")
    await manager.asks_and_waits("after the rollback")
