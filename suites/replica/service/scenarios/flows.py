"""The two flows of the source document, each with the numbers of its steps."""

from harness.protocols.replica.suite import AnswerLevel, Component, Object, scenario
from suites.replica.service.limits import Limits

OFF: Object = {"light": "off"}
ON: Object = {"light": "on"}


@scenario()
async def component_to_device(app: Component, device: Component, limits: Limits) -> None:
    """A component wants a light on, and the device turns it on; asked back wherever something is to be recorded."""
    await device.hears(AnswerLevel.ACCEPTED, AnswerLevel.REJECTED)
    await device.update({"reported": OFF}, "c2d 1")
    await app.get("c2d 2")
    await device.hears(AnswerLevel.DELTA)  # step 3

    await app.update({"desired": ON}, "c2d 4")
    await device.until_delta(limits.waits)  # step 5
    await app.get("c2d 4, read back")

    await device.update({"reported": ON}, "c2d 7")  # and step 8 is the answer to it
    await app.get("c2d 9")
