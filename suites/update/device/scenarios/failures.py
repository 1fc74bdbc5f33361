"""Desired states that cannot be met: versions that fail, or that nobody knows; and malformed ones."""

from collections.abc import Mapping

from harness.protocols.update.suite import (
    Backend,
    ComponentChoice,
    Deadline,
    DeclaredComponent,
    MessageKind,
    Object,
    PhaseCommand,
    other,
    scenario,
)
from suites.update.device.limits import Limits

__all__ = [
    "device_fails_in_activation",
    "device_fails_in_download",
    "device_fails_in_update",
    "device_incomplete",
    "device_malformed",
    "device_unidentifiable",
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
    b"[" * 500,
)


@scenario(takes=15, demands={"failing": ComponentChoice.failing_in_download})
async def device_fails_in_download(backend: Backend, failing: DeclaredComponent) -> None:
    """A version whose download fails."""
    await _fails(backend, failing, PhaseCommand.DOWNLOAD)


@scenario(takes=15, demands={"failing": ComponentChoice.failing_in_update})
async def device_fails_in_update(backend: Backend, failing: DeclaredComponent) -> None:
    """A version whose update fails."""
    await _fails(backend, failing, PhaseCommand.UPDATE)


@scenario(takes=15, demands={"failing": ComponentChoice.failing_in_activation})
async def device_fails_in_activation(backend: Backend, failing: DeclaredComponent) -> None:
    """A version whose activation fails."""
    await _fails(backend, failing, PhaseCommand.ACTIVATE)


@scenario(takes=10, demands={"one": ComponentChoice.unidentifiable})
async def device_unidentifiable(backend: Backend, one: DeclaredComponent, limits: Limits) -> None:
    """A version that nobody knows."""
    await backend.asks_and_waits("before it")
    await backend.desires({one: one.unknown}, "unknown version")
    await backend.until_ended()
    await backend.listen(limits.quiet)
    await backend.asks_and_waits("after it")


@scenario(takes=30, is_rough=True)
async def device_incomplete(backend: Backend) -> None:
    """Desired states that can be read and say nothing."""
    payloads: Mapping[str, Object] = {
        "no field": {},
        "no domain": {"domains": []},
        "a domain without an id": {"domains": [{"components": []}]},
    }
    for label, payload in payloads.items():
        await backend.desires_payload(payload, label)
        await backend.listen_for(Deadline.IDENTIFY)


@scenario(takes=25, is_rough=True, demands={"one": ComponentChoice.own})
async def device_malformed(backend: Backend, one: DeclaredComponent, limits: Limits) -> None:
    """Desired states and questions that nobody can read, and then one that is good."""
    for kind in (MessageKind.DESIRED_STATE, MessageKind.CURRENT_STATE_GET):
        for number, payload in enumerate(MALFORMED, start=1):
            await backend.says(kind, payload, f"malformed {kind} {number}")
            await backend.listen(limits.breath)
    await backend.listen(limits.quiet)
    await backend.desires({one: other(one)}, "after malformed")
    await backend.until_ended()


async def _fails(backend: Backend, failing: DeclaredComponent, phase: PhaseCommand) -> None:
    await backend.asks_and_waits("before the failure")
    await backend.desires({failing: failing.fails[phase]}, "failing")
    await backend.until_ended()
    await backend.listen_for(Deadline.CURRENT_STATE)
    await backend.asks_and_waits("after the failure")
