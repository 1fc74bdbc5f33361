"""What the cloud asks of the device itself, apart from its points."""

from collections.abc import Callable

from harness.suite import Cloud, Device, Mode, NotApplicable, State, SystemConfig, scenario, without
from suites.udmi.scenarios.waits import A_LOG, GATHERED, PATIENCE

__all__ = ["modes", "quiet_config", "restart_by_hand"]

_BOOTS_IN = 120  # seconds: no source says how long a device may take to come back
_WATCHED = 6  # seconds more: with those before, longer than metrics are apart where nobody asks for a rate
_LOOPS_IN = 8  # seconds in which one that starts anew whenever it is told so would have done it once more


@scenario(sample_rate=2)
async def quiet_config(cloud: Cloud, device: Device) -> None:
    """No metrics and no log but warnings; meanwhile a config without pointset."""
    del device
    await cloud.ask(SystemConfig(min_loglevel=400, metrics_rate_sec=0), "quiet")
    await cloud.allow_answer(at_most=PATIENCE)
    await cloud.listen(GATHERED)

    await cloud.say_again("no pointset", alter=lambda payload: without(payload, "pointset"))
    await cloud.allow_answer(at_most=PATIENCE)
    await cloud.listen(_WATCHED)


@scenario(sample_rate=2)
async def modes(cloud: Cloud, device: Device) -> None:
    """Active, then a restart, whose config lies there until the device has come back and longer; then active again."""
    del device
    if not cloud.heard.knows_modes:
        raise NotApplicable("the device reports no system.operation.mode, so it knows no modes")
    await cloud.ask(SystemConfig(mode=Mode.ACTIVE), "active")
    await cloud.allow_state(_is(Mode.ACTIVE), "it is active", at_most=PATIENCE)

    await cloud.ask(SystemConfig(mode=Mode.RESTART), "restart")
    await cloud.allow_state(_is(Mode.RESTART), "it announces its restart", at_most=PATIENCE)
    await cloud.allow_state(_is(Mode.INITIAL), "it has started anew", at_most=_BOOTS_IN)
    await cloud.listen(_LOOPS_IN)

    await cloud.ask(SystemConfig(mode=Mode.ACTIVE), "active again")
    await cloud.allow_state(_is(Mode.ACTIVE), "it is active", at_most=PATIENCE)


@scenario(sample_rate=2)
async def restart_by_hand(cloud: Cloud, device: Device) -> None:
    """The power goes and comes, while a config lies there that asks for nothing."""
    await cloud.say_again("before")
    await cloud.allow_answer(at_most=PATIENCE)
    before = cloud.heard.last_start

    await device.restart("power cut")
    if before:
        await cloud.allow_state(_started_after(before), "it has started anew", at_most=_BOOTS_IN)
    elif cloud.heard.knows_modes:
        await cloud.allow_state(_is(Mode.INITIAL), "it has started anew", at_most=_BOOTS_IN)
    else:
        await cloud.allow_entry("system.base.ready", at_most=_BOOTS_IN)
    await cloud.allow_entry("system.base.ready", at_most=A_LOG)


def _is(mode: Mode) -> Callable[[State], bool]:
    return lambda state: state.system is not None and state.system.mode is mode


def _started_after(moment: float) -> Callable[[State], bool]:
    def is_newer(state: State) -> bool:
        start = state.system.last_start if state.system else None
        return isinstance(start, int | float) and start > moment

    return is_newer
