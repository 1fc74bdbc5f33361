"""For the tests of those who write a target: everything that a run relies on, tried before there is any run."""

import asyncio
from collections.abc import Callable

from harness.broker.embedded import embedded_broker
from harness.interruption import run
from harness.mqtt.link import connect
from harness.target.shape import problem_of
from harness.target.target import HostServices, RunningTarget, Stepped, Target, Varied

_TIMES = 2  # that a target is brought up: once more shows what the first time left behind


def check_target(make: Callable[[], Target]) -> None:
    """Raises AssertionError, with what is amiss, unless `make` makes targets that a run can rely on.

    Of every target: it has all that a target has; its profile survives being written down, as a trace has it; it is
    brought up twice, on a broker of ours and in its own time, can be met at its endpoint, and leaves no task behind. Of
    one with variants: each can be had. Whether the device conforms is no question here.
    """
    target = make()
    _holds(problem_of(target) is None, f"this is no target: {problem_of(target)}")
    profile = target.profile
    written_down = type(profile).from_dict(profile.as_dict())
    _holds(written_down == profile, f"its profile does not survive being written down: {profile}")
    for _ in range(_TIMES):
        run(_brought_up(make()), target.clock)
    if isinstance(target, Varied):
        for variant in target.variants:
            problem = problem_of(target.varied(variant.id))
            _holds(problem is None, f"its variant {variant.id!r} is no target: {problem}")
    if isinstance(target, Stepped):
        machine = target.machine()
        steps = callable(getattr(machine, "receive", None)) and callable(getattr(machine, "wake", None))
        _holds(steps, f"its machine cannot be told anything, or not be woken: {machine!r}")


async def _brought_up(target: Target) -> None:
    async with target.open(HostServices(embedded_broker, _nobody_is_there, lambda _line: None)) as running:
        _holds(isinstance(running, RunningTarget), f"its 'open' yields {running!r}; expected a RunningTarget")
        provokes = asyncio.iscoroutinefunction(getattr(running.provoker, "provoke", None))
        _holds(provokes, f"its provoker has no coroutine 'provoke': {running.provoker!r}")
        async with connect(running.endpoint, "setpoint-check"):
            pass
    left = [task.get_name() for task in asyncio.all_tasks() - {asyncio.current_task()}]
    _holds(not left, f"it leaves tasks behind: {', '.join(left)}")


async def _nobody_is_there(_question: str) -> bool:
    return False


def _holds(fact: object, otherwise: str) -> None:
    if not fact:
        raise AssertionError(otherwise)
