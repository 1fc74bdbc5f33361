"""`setpoint sim` from its options on: devices are made, and run until they are told that it is over."""

import argparse
import asyncio
import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from aiohttp import web

from harness.clock import Clock, new_loop
from harness.mqtt.endpoint import Endpoint
from harness.outlet import Outlet
from simulator.standalone.app import App, run
from simulator.standalone.devices.running_device import Log
from simulator.standalone.machine import StandaloneMachine
from simulator.standalone.open_files import see_to
from simulator.standalone.options import UNUSABLE, control_in, endpoint_in, silent, under_its_own_id

M = TypeVar("M", bound=StandaloneMachine)


def simulate(
    arguments: argparse.Namespace,
    makers: Mapping[str, Callable[[Endpoint, Log], M]],
    routes: Callable[[Sequence[M]], Iterable[web.RouteDef]],
    connections: int = 1,
) -> int:
    """The exit code: 0 when it ends as it was asked to. Raises UsageError, LinkError.

    `makers`: make the devices, by their ids, in the running loop. `routes`: what the control serves of them.
    `connections`: that each has.
    """
    see_to(len(makers), connections)
    out = Outlet(then=lambda: signal.raise_signal(signal.SIGTERM))  # nobody reads on, or can: it is over
    endpoint, log = endpoint_in(arguments), silent if arguments.quiet else out.say
    app = App(
        make=lambda: [make(under_its_own_id(endpoint, name), log) for name, make in makers.items()],
        routes=routes,
        control=control_in(arguments),
        wait=arguments.wait,
        seconds=arguments.seconds,
    )
    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        runner.run(run(app, out.say))
    return UNUSABLE if out.has_failed else 0
