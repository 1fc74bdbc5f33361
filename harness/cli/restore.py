"""`setpoint restore RUN`: what lay at the device's config topic before the run, put back where the run could not."""

import argparse
import asyncio
from pathlib import Path

from harness.clock import Clock, new_loop
from harness.credentials import add_options, login_of, tls_of
from harness.errors import UsageError
from harness.record import Began, Found
from harness.trace import read_trace
from harness.wire.broker_url import endpoint_of
from harness.wire.client_id import OURS
from harness.wire.endpoint import Endpoint
from harness.wire.link import connect


class Restore:
    """Put back the retained config that a run found, where it was killed before it could."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The folder of the run, and what it takes to be let in again."""
        add = parser.add_argument
        add("run", type=Path, metavar="RUN", help="its folder, such as reports/2026-11-21T11-17-00Z-…")
        add_options(add)

    def run(self, arguments: argparse.Namespace) -> int:
        """0 once the broker has it."""
        began, found = _found(arguments.run)
        endpoint = endpoint_of(began.target, login_of(arguments), tls_of(arguments))
        with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
            runner.run(_put_back(endpoint, began.profile["id"], found))
        print(f"{found.topic} at {endpoint} is what it was: {len(found.payload)} bytes")  # noqa: T201 - to the operator
        return 0


def _found(run: Path) -> tuple[Began, Found]:
    _is_what_was_meant(run)
    began, *rest = read_trace(run)
    assert isinstance(began, Began)  # noqa: S101 - read_trace sees to it
    found = next((record for record in rest if isinstance(record, Found)), None)
    if found is None:
        raise UsageError(f"{run} found no retained config, so there is none to put back")
    return began, found


def _is_what_was_meant(run: Path) -> None:
    """`latest` leads to the newest run that has results, and one that was killed has none."""
    if run.name != "latest":
        return
    ended = run.resolve().name if run.is_symlink() else ""
    later = [trace.parent for trace in run.parent.glob("*/trace.ndjson") if trace.parent.name not in ("latest", ended)]
    killed = max((folder for folder in later if folder.name > ended), default=None)
    if killed:
        raise UsageError(f"{run} is not the last run: {killed.name} is, and has no results; name {killed}")


async def _put_back(endpoint: Endpoint, device: str, found: Found) -> None:
    async with connect(endpoint, f"{OURS}restore-{device}") as link:
        await link.publish(found.topic, found.payload, retain=True)
