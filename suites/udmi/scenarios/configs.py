"""Configs that change nothing."""

from harness.protocols.udmi.suite import Cloud, Device, scenario
from suites.udmi.limits import Limits

__all__ = ["idle_configs"]


@scenario(sample_rate=2, takes=5)
async def idle_configs(cloud: Cloud, device: Device, limits: Limits) -> None:
    """Two, while nothing else happens; then five within a second."""
    await cloud.say_again("first")
    await cloud.allow_answer(at_most=limits.patience)

    await cloud.say_again("idle")
    await cloud.allow_answer(at_most=limits.patience)

    for number in range(1, 6):
        await cloud.say_again(f"burst {number}")
        await cloud.listen(0.1)

    await cloud.allow_answer(at_most=limits.patience)
    await cloud.listen(2)
    await device.allow_acknowledgements(at_most=limits.acknowledgement_patience)
