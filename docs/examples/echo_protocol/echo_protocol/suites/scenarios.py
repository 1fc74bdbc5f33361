"""How an echoing device is driven."""

from echo_protocol.driving import Caller
from echo_protocol.suites.limits import Limits
from harness.driving.scenario import scenario


@scenario()
async def one_call(caller: Caller, limits: Limits) -> None:
    """One call, and all that comes of it."""
    await caller.call("Hello out there", "call")
    await caller.listen(limits.watched)
