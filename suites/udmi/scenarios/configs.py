"""Configs that change nothing."""

from harness.suite import Cloud, Device, scenario
from suites.udmi.scenarios.waits import PATIENCE

__all__ = ["idle_configs"]


@scenario(sample_rate=2)
async def idle_configs(cloud: Cloud, device: Device) -> None:
    """Two, while nothing else happens; then five within a second."""
    del device
    await cloud.say_again("first")
    await cloud.allow_answer(at_most=PATIENCE)

    await cloud.say_again("idle")
    await cloud.allow_answer(at_most=PATIENCE)

    for number in range(1, 6):
        await cloud.say_again(f"burst {number}")
        await cloud.listen(0.1)

    await cloud.allow_answer(at_most=PATIENCE)
    await cloud.listen(2)
