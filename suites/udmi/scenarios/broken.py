"""Configs that a device cannot work on, and configs with something in them that it need not know."""

from dataclasses import replace
from functools import partial

from harness.protocols.udmi.suite import (
    ALIVE_IN,
    APPLIED,
    Cloud,
    ConfigFlaw,
    Device,
    DevicePace,
    Extra,
    Oddity,
    Setting,
    State,
    SystemConfig,
    is_error,
    odd,
    one_of_each,
    scenario,
    some_points,
    with_extra,
)
from suites.udmi.limits import Limits

__all__ = ["broken_configs", "unknown_fields"]

_HARDLY_EVER = 30  # seconds from one telemetry to the next
_LEGIBLE = (
    ConfigFlaw.NOT_UTF_8,
    ConfigFlaw.NO_TIMESTAMP,
    ConfigFlaw.NO_VERSION,
)  # what they would set is there to be read


def _longest(pace: DevicePace[Limits]) -> float:
    """From a good config to the next good one, which may be all that comes between two of them."""
    limits = pace.limits
    applied, fine = pace.applied(limits.patience), limits.said_patience + ALIVE_IN
    at_first = applied + limits.log_patience + limits.gathered + 9 + limits.log_patience
    watched = fine + limits.log_patience + limits.told_apart + 2 * pace.allowance
    return max(at_first, watched + applied + 2 * limits.said_patience)


@scenario(sample_rate=2, takes=32, longest_wait=_longest, is_rough=True, demands={"standing": one_of_each("writable")})
async def broken_configs(cloud: Cloud, device: Device, standing: list[Setting], limits: Limits) -> None:
    """Configs that cannot be worked on, and after each a good one; beside a write that is in force.

    All want another value of the point. The first asks for hardly any telemetry besides: a device that heeds it falls
    silent. It is watched for longer, and comes when everything is long told that the device had to tell before; the
    good one after it likewise. Of those that can be read in part, telemetry tells whether their value is in force.
    """
    otherwise = [replace(setting, value=device.point("writable").good[-1]) for setting in standing]
    await cloud.ask(SystemConfig(min_loglevel=100, metrics_rate_sec=5), "wordy")
    await cloud.allow_answer(at_most=limits.patience)
    if standing:
        await cloud.write(*standing, label="standing")
        await cloud.allow(standing[0], APPLIED, at_most=limits.patience)
    await cloud.allow_entry("system.config.apply", at_most=limits.log_patience)
    await cloud.listen(limits.gathered)

    since = cloud.now
    await cloud.send_broken(ConfigFlaw.NO_VERSION, *otherwise, label="watched", sample_rate=_HARDLY_EVER)
    await cloud.listen(9)
    await cloud.allow_entry("system.config.parse", at_most=limits.log_patience)
    await cloud.say_again("plain")
    await cloud.allow_state(_is_fine, "its error is over", at_most=limits.said_patience)
    await cloud.until_alive(since, "watched")
    await cloud.allow_entry("system.config.apply", at_most=limits.log_patience)
    await cloud.listen(limits.told_apart + 2 * cloud.allowance)

    for flaw in ConfigFlaw:
        for setting in standing:
            await cloud.allow(setting, APPLIED, at_most=limits.patience)
        since = cloud.now
        await cloud.send_broken(flaw, *otherwise, label=flaw)
        await cloud.allow_state(_is_in_trouble, "the device reports an error", at_most=limits.said_patience)
        if standing and flaw in _LEGIBLE:
            await cloud.allow_telemetry(at_most=limits.said_patience)
        await cloud.say_again(f"good after {flaw}")
        await cloud.allow_state(_is_fine, "its error is over", at_most=limits.said_patience)
        await cloud.until_alive(since, flaw)


_IN_POINTS = (Extra.POINT, Oddity.SET_VALUE)


@scenario(sample_rate=2, takes=12, is_rough=True, demands={"points": some_points(*_IN_POINTS)})
async def unknown_fields(cloud: Cloud, device: Device, limits: Limits) -> None:
    """Fields that no specification knows, one place after the other; then values of the wrong type."""
    await cloud.say_again("first")
    await cloud.allow_answer(at_most=limits.patience)
    for extra in (extra for extra in Extra if device.names or extra not in _IN_POINTS):
        since = cloud.now
        await cloud.say_again(extra, alter=partial(with_extra, extra=extra))
        await cloud.allow_answer(at_most=limits.patience)
        await cloud.until_alive(since, extra)
    await cloud.until_telemetry(at_most=limits.patience)

    for oddity in (oddity for oddity in Oddity if device.names or oddity not in _IN_POINTS):
        since = cloud.now
        await cloud.say_again(oddity, alter=partial(odd, oddity=oddity))
        await cloud.allow_news(at_most=limits.said_patience)
        await cloud.listen(1 + 2 * cloud.allowance)  # that may have been on its way, and keep the next waiting
        await cloud.say_again(f"good after {oddity}")
        await cloud.allow_state(_is_fine, "its error is over", at_most=limits.said_patience)
        await cloud.until_alive(since, oddity)


def _is_in_trouble(state: State) -> bool:
    """Whether the device tells of an error of its own."""
    return state.system is not None and is_error(state.system.status)


def _is_fine(state: State) -> bool:
    return not _is_in_trouble(state)
