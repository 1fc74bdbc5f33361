"""Configs that change nothing, and configs in a burst."""

from harness.suite import Cloud, Device, scenario
from suites.udmi.scenarios.waits import PATIENCE

__all__ = ["config_burst", "idle_config"]


@scenario(sample_rate=2)
async def idle_config(cloud: Cloud, device: Device) -> None:
    """Two configs that change nothing, while nothing else happens."""
    del device
    await cloud.say_again("first")
    await cloud.allow_answer(at_most=PATIENCE)

    await cloud.say_again("idle")
    await cloud.until_answered(at_most=PATIENCE)


@scenario(sample_rate=2)
async def config_burst(cloud: Cloud, device: Device) -> None:
    """Five configs within a second."""
    del device
    await cloud.say_again("before")
    await cloud.allow_answer(at_most=PATIENCE)

    for number in range(1, 6):
        await cloud.say_again(f"burst {number}")
        await cloud.listen(0.1)

    await cloud.allow_answer(at_most=PATIENCE)
    await cloud.listen(2)
