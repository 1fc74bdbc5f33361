"""A device that starts, that loses its connection in the middle, and to which old messages come again."""

from harness.protocols.update.suite import (
    Backend,
    ComponentChoice,
    Deadline,
    DeclaredComponent,
    Fault,
    MessageKind,
    Needs,
    ProvokedDevice,
    other,
    scenario,
)
from suites.update.device.limits import Limits

__all__ = ["device_dropped", "device_questions", "device_retained", "device_start"]


@scenario(takes=15, hangs_on=("restart",))
async def device_start(backend: Backend, device: ProvokedDevice) -> None:
    """The device's power goes and comes; and somebody subscribes who has heard nothing."""
    await device.restarts("restart")
    await backend.listen_for(Deadline.CURRENT_STATE)
    await backend.somebody_subscribes_late()


@scenario(takes=45, demands={"one": ComponentChoice.own})
async def device_questions(backend: Backend, one: DeclaredComponent, limits: Limits) -> None:
    """The current state is asked for in several ways while nothing is under way, and in the middle of an update."""
    for label, payload in ODD_QUESTIONS.items():
        await backend.asks(label, payload)
        await backend.listen(limits.answer)
    await backend.asks_and_waits("while idle")
    await backend.desires({one: other(one)}, "with a question")
    await backend.until_running()
    await backend.asks("in the middle")
    await backend.until_ended()
    await backend.listen_for(Deadline.CURRENT_STATE)


@scenario(needs=Needs.OUR_BROKER, takes=10, demands={"one": ComponentChoice.own})
async def device_dropped(backend: Backend, device: ProvokedDevice, one: DeclaredComponent, limits: Limits) -> None:
    """The connection is lost while an update is RUNNING."""
    await backend.desires({one: other(one)}, "interrupted")
    await backend.until_running()
    await device.link.suffers(Fault.DROP, "dropped")
    await device.link.until_back(at_most=limits.back)
    await backend.until_ended()


@scenario(takes=20, is_rough=True, demands={"one": ComponentChoice.own}, hangs_on=("restart",))
async def device_retained(backend: Backend, device: ProvokedDevice, one: DeclaredComponent, limits: Limits) -> None:
    """A desired state lies retained at the broker when the device starts anew, and is not the latest."""
    try:
        await backend.desires_payload(backend.state({one: other(one)}).as_json(), "retained", retain=True)
        await backend.until_ended()
        await backend.desires({}, "newer")
        await backend.until_ended()
        await device.restarts("restart")
        await backend.listen_for(Deadline.CURRENT_STATE)
    finally:
        await backend.says(MessageKind.DESIRED_STATE, b"", "nothing is retained", retain=True)
    await backend.listen(limits.quiet)


ODD_QUESTIONS = {"empty": b"", "empty object": b"{}", "null": b"null"}
