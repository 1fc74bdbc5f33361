"""Configs that a device cannot work on, and configs with something in them that it need not know."""

from dataclasses import replace
from functools import partial

from harness.suite import (
    APPLIED,
    Cloud,
    Device,
    Extra,
    Flaw,
    Oddity,
    State,
    Status,
    SystemConfig,
    odd,
    scenario,
    with_extra,
)
from suites.udmi.scenarios.waits import A_LOG, GATHERED, PATIENCE

__all__ = ["broken_configs", "unknown_fields"]

_COMPLAINS_IN = 12  # seconds: UDMI's own sequencer waits for 10, and messages may be on their way for two
_WARNING = 400


@scenario(sample_rate=2)
async def broken_configs(cloud: Cloud, device: Device) -> None:
    """Configs that cannot be worked on, and after each a good one; beside a write that is in force.

    All want another value of the point, and hardly any telemetry. The first is watched for longer, and comes when
    everything is long told that the device had to tell before; the good one after it likewise.
    """
    standing = device.one_of_each("writable")
    otherwise = [replace(setting, value=device.point("writable").good[-1]) for setting in standing]
    await cloud.ask(SystemConfig(min_loglevel=100, metrics_rate_sec=5), "wordy")
    await cloud.allow_answer(at_most=PATIENCE)
    if standing:
        await cloud.write(*standing, label="standing")
        await cloud.allow(standing[0], APPLIED, at_most=PATIENCE)
    await cloud.listen(GATHERED)

    await cloud.send_broken(Flaw.NO_VERSION, *otherwise, label="watched")
    await cloud.listen(9)
    await cloud.allow_entry("system.config.parse", at_most=A_LOG)
    await cloud.say_again("plain")
    await cloud.allow_state(_is_fine, "its error is over", at_most=_COMPLAINS_IN)
    await cloud.allow_entry("system.config.apply", at_most=A_LOG)

    for flaw in Flaw:
        for setting in standing:
            await cloud.allow(setting, APPLIED, at_most=PATIENCE)
        await cloud.send_broken(flaw, *otherwise, label=flaw)
        await cloud.allow_state(_is_in_trouble, "the device reports an error", at_most=_COMPLAINS_IN)
        await cloud.say_again(f"good after {flaw}")
        await cloud.allow_state(_is_fine, "its error is over", at_most=_COMPLAINS_IN)


@scenario(sample_rate=2)
async def unknown_fields(cloud: Cloud, device: Device) -> None:
    """Fields that no specification knows, one place after the other; then values of the wrong type."""
    del device
    await cloud.say_again("first")
    await cloud.allow_answer(at_most=PATIENCE)
    for extra in Extra:
        await cloud.say_again(extra, alter=partial(with_extra, extra=extra))
        await cloud.allow_answer(at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)

    for oddity in Oddity:
        await cloud.say_again(oddity, alter=partial(odd, oddity=oddity))
        await cloud.allow_news(at_most=_COMPLAINS_IN)
        await cloud.listen(1 + 2 * cloud.allowance)  # that may have been on its way, and keep the next waiting
        await cloud.say_again(f"good after {oddity}")
        await cloud.allow_state(_is_fine, "its error is over", at_most=_COMPLAINS_IN)


def _is_in_trouble(state: State) -> bool:
    """Whether the device tells of an error of its own."""
    status = state.system.status if state.system else None
    return isinstance(status, Status) and isinstance(status.level, int) and status.level >= _WARNING


def _is_fine(state: State) -> bool:
    return not _is_in_trouble(state)
