"""Configs for the device itself, apart from its points."""

from collections.abc import Callable

from harness.protocols.udmi.suite import Cloud, Device, Mode, NotApplicable, State, SystemConfig, scenario, without
from suites.udmi.limits import Limits

__all__ = ["modes", "quiet_config", "restart_by_hand"]


@scenario(sample_rate=2, takes=13)
async def quiet_config(cloud: Cloud, limits: Limits) -> None:
    """No metrics and no log but warnings; meanwhile a config without pointset."""
    await cloud.ask(SystemConfig(min_loglevel=400, metrics_rate_sec=0), "quiet")
    await cloud.allow_answer(at_most=limits.patience)
    await cloud.listen(limits.gathered + 3 * cloud.allowance)

    await cloud.say_again("no pointset", alter=lambda payload: without(payload, "pointset"))
    await cloud.allow_answer(at_most=limits.patience)
    await cloud.listen(limits.metrics_watched)


@scenario(sample_rate=2, takes=13)
async def modes(cloud: Cloud, limits: Limits) -> None:
    """Active, then a restart, whose config lies there until the device has come back and longer; then active again."""
    if not cloud.heard.knows_modes:
        raise NotApplicable("the device reports no system.operation.mode, so it knows no modes")
    await cloud.ask(SystemConfig(mode=Mode.ACTIVE), "active")
    await cloud.allow_state(_is(Mode.ACTIVE), "it is active", at_most=limits.patience)

    await cloud.ask(SystemConfig(mode=Mode.RESTART), "restart")
    await cloud.allow_state(_is(Mode.RESTART), "it announces its restart", at_most=limits.patience)
    await cloud.allow_state(_is(Mode.INITIAL), "it has started anew", at_most=limits.boots_in)
    await cloud.listen(limits.loops_in)

    await cloud.ask(SystemConfig(mode=Mode.ACTIVE), "active again")
    await cloud.allow_state(_is(Mode.ACTIVE), "it is active", at_most=limits.patience)


@scenario(sample_rate=2, takes=3, hangs_on=("restart",))
async def restart_by_hand(cloud: Cloud, device: Device, limits: Limits) -> None:
    """The power goes and comes, while a config lies there that asks for nothing."""
    await cloud.say_again("before")
    await cloud.allow_answer(at_most=limits.patience)
    before = cloud.heard.last_start

    await device.restart("power cut")
    if before:
        await cloud.allow_state(_started_after(before, limits), "it has started anew", at_most=limits.boots_in)
    elif cloud.heard.knows_modes:
        await cloud.allow_state(_is(Mode.INITIAL), "it has started anew", at_most=limits.boots_in)
    else:
        await cloud.allow_entry("system.base.ready", at_most=limits.boots_in)
    await cloud.allow_entry("system.base.ready", at_most=limits.log_patience)


def _is(mode: Mode) -> Callable[[State], bool]:
    return lambda state: state.system is not None and state.system.mode is mode


def _started_after(moment: float, limits: Limits) -> Callable[[State], bool]:
    def is_newer(state: State) -> bool:
        start = state.system.last_start if state.system else None
        return isinstance(start, int | float) and start > moment + limits.start_jitter

    return is_newer
