"""The two flows of the source document, each with the numbers of its steps."""

from harness.protocols.replica.suite import A_FLOW, AnswerLevel, Component, FlowDevice, Object, ServiceControl, scenario
from suites.replica.service.limits import Limits

OFF: Object = {"light": "off"}
ON: Object = {"light": "on"}


@scenario(begins_in=A_FLOW)
async def component_to_device(app: Component, lamp: FlowDevice, limits: Limits) -> None:
    """A component wants a light on, and the device turns it on; asked back wherever something is to be recorded."""
    await lamp.starts(OFF, "c2d 1")
    await app.get("c2d 2")
    await lamp.listens()  # step 3

    await lamp.is_desired(app, ON, "c2d 4", "c2d 4, read back", limits.waits)  # and step 5

    await lamp.performs(ON, "c2d 7", limits.performed)  # and step 8 is the answer to it
    await app.get("c2d 9")
    await app.listen(limits.quiet + lamp.may_be_late)


@scenario(begins_in=A_FLOW)
async def device_to_component(app: Component, lamp: FlowDevice, other: Component, limits: Limits) -> None:
    """A device tells of a change of its own, and a component that listens learns of it."""
    await lamp.starts({"temperature": 20, "unit": "C"}, "d2c 1")
    await other.hears(AnswerLevel.ACCEPTED, AnswerLevel.DELTA, AnswerLevel.DOCUMENTS)  # step 2

    await lamp.changes({"temperature": 21}, "d2c 3", limits.performed)
    await app.get("d2c 4")
    await other.listen(limits.waits)  # step 5


@scenario(hangs_on=("restart",))
async def component_to_device_over_restarts(app: Component, device: Component, service: ServiceControl) -> None:
    """The steps of component-to-device, and between any two of them the service ends and starts anew."""
    await device.hears(AnswerLevel.ACCEPTED, AnswerLevel.REJECTED)
    await device.update({"reported": OFF}, "c2d 1")
    await service.restart("behind c2d 2")
    await device.hears(AnswerLevel.DELTA)

    await app.update({"desired": ON}, "c2d 4")
    await service.restart("behind c2d 5")
    await app.get("c2d 4, read back")

    await device.update({"reported": ON}, "c2d 7")
    await service.restart("behind c2d 8")
    await app.get("c2d 9")


@scenario(hangs_on=("restart",))
async def device_to_component_over_restarts(app: Component, device: Component, service: ServiceControl) -> None:
    """The steps of device-to-component, with restarts between them."""
    await device.hears(AnswerLevel.ACCEPTED, AnswerLevel.REJECTED)
    await device.update({"reported": {"temperature": 20, "unit": "C"}}, "d2c 1")
    await service.restart("behind d2c 1")

    await device.update({"reported": {"temperature": 21}}, "d2c 3")
    await service.restart("behind d2c 5")
    await app.get("d2c 4")
