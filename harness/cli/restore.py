"""`setpoint restore RUN`: the device's config topic as it was before the run, where the run could not see to it."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from harness.cli.recovery_copy import RecoveryCopy, recovery_copy
from harness.clock import Clock
from harness.errors import UsageError
from harness.files.credentials import add_options, as_before, client_id_of, login_of, tls_of
from harness.interruption import run
from harness.mqtt.broker_url import endpoint_of
from harness.protocol import protocol_of
from harness.record.kinds import Began, Record, Sent, began_in
from harness.record.trace import Recorder, read_trace, traces_in


class Restore:
    """Put back the retained config that a run found, or empty the topic, where it was killed before it could."""

    examples: ClassVar[Mapping[str, str]] = {
        "setpoint restore reports/latest": "the last run of this folder",
        "setpoint restore reports/RUN --take-over": "though another run tests the device",
    }

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The folder of the run, and what it takes to be let in again."""
        add = parser.add_argument
        add("run", type=Path, metavar="RUN", help="any run of that device: its folder, such as reports/latest")
        add("--force", action="store_true", help="also in place of a config that no run has sent")
        add("--take-over", action="store_true", help="end a run that tests the device on that broker")
        add_options(add)

    def run(self, arguments: argparse.Namespace) -> int:
        """0 once the broker has it."""
        runs = [read_trace(trace) for trace in traces_in(arguments.run)]
        for records in [records for records in runs if _kept_from(records) is None] or runs[:1]:
            self._put_back(records, arguments)
        return 0

    def _put_back(self, records: Sequence[Record], arguments: argparse.Namespace) -> None:
        folder, began = arguments.run, _began(records)
        if problem := _kept_from(records):
            raise UsageError(f"{folder} {problem}")
        restores = protocol_of(began.spec).restoring
        assert restores  # noqa: S101 - else there was a problem
        as_before(arguments, began.options)
        endpoint = endpoint_of(began.target, login_of(arguments), tls_of(arguments))
        reports = folder.parent
        with ExitStack() as stack:
            ours = _kept(reports, began.target, stack)
            restoring = restores(
                records,
                replace(endpoint, client_id=client_id_of(arguments)),
                reports,
                ours.recorder,
                force=arguments.force,
                takes_over=arguments.take_over,
            )
            try:
                print(run(restoring.restore(_tell), Clock.REAL))  # noqa: T201 - to the operator
            finally:
                has_sent = any(isinstance(record, Sent) for record in ours.recorder.records)
                ours.is_needed = has_sent and not restoring.is_done


def _began(records: Sequence[Record]) -> Began:
    return began_in(records)


def _kept_from(records: Sequence[Record]) -> str | None:
    """Why nothing of that run can be put back, in words that stand behind its name; None: something can."""
    began = _began(records)
    if not began.target.startswith(("mqtt:", "mqtts:")):
        return f"was driven at {began.target}: that broker went with the run, and all on it"
    plug = protocol_of(began.spec)
    return None if plug.restoring else f"is a run of {plug.name}, which leaves nothing behind that could be put back"


def _kept(reports: Path, target: str, stack: ExitStack) -> RecoveryCopy:
    """A recovery copy of what restoring sends, as restoring may be killed as well. A full disk does not prevent it."""
    try:
        return stack.enter_context(recovery_copy(reports, f"restore-{target}"))
    except UsageError:
        return RecoveryCopy(reports, Recorder())


def _tell(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 - to the operator
