"""`setpoint validity`: the matrix of deviations and quirks."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from harness.arguments.quantities import count_of
from harness.errors import UsageError
from harness.judging.requirements.requirement import Catalogue
from harness.judging.verdicts.finding import Outcome
from harness.mutation.matrix import Row, asked_of, never_failed, seen_to_fail, totals
from harness.mutation.pytest_process import command_on_suites
from harness.mutation.variants import having, listed
from harness.mutation.worker_pool import ANSWERING, LostWorkerError, WorkerPool, worker_pool
from harness.protocol import (
    Protocol,
    Subject,
    device_or_default,
    protocol_of,
    protocols,
    protocols_at,
    spec_of,
    subjects_at,
)
from harness.target.spec_option import add_spec_option


class Validity:
    """See every judgement fail on a device that breaks its clause, and none on odd ones that conform."""

    examples: ClassVar[Mapping[str, str]] = {
        "setpoint validity": "all deviations and quirks of the default spec",
        "setpoint validity --spec replica-seed --variant replaces-objects": "one of them",
        "setpoint validity --device=update-agent --list": "what there is",
    }

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The target, some variants, and how many processes are at work."""
        add = parser.add_argument
        add("--device", metavar="TARGET", help="a target that can be driven broken; default: the simulated one")
        specs = parser.add_mutually_exclusive_group()
        add_spec_option(specs.add_argument)
        specs.add_argument("--all-specs", action="store_true", help="one after the other, in a line each")
        add("--variant", metavar="ID", action="append", help="only this one; may be given several times")
        add("--list", action="store_true", help="only say which variants there are")
        add(
            "--jobs",
            type=count_of("processes"),
            default=os.cpu_count() or 1,
            metavar="N",
            help="processes; default: all cores",
        )

    def run(self, arguments: argparse.Namespace) -> int:
        """0 if nothing is missed and nobody is wrongly accused."""
        if arguments.list:
            _say(*_list(arguments))
            return Outcome.CONFORMS
        chosen: list[str] = arguments.variant or []
        jobs = min(arguments.jobs, len(chosen) + 1) if chosen else arguments.jobs
        print_matrix = _print_line if arguments.all_specs else _print_rows
        outcomes = []
        try:
            for asked in _asked(arguments, chosen):
                options = (*ANSWERING, "--device", asked.device, "--spec", asked.spec)
                with worker_pool(jobs, (*command_on_suites(asked.subject), *options)) as judges:
                    outcomes.append(print_matrix(_Matrix(judges, asked.chosen, asked.spec)))
        except LostWorkerError as lost:
            print(f"setpoint: {lost}", file=sys.stderr)  # noqa: T201 - to the operator
            return Outcome.HARNESS_ERROR
        return max(outcomes)


@dataclass(frozen=True, slots=True)
class _Question:
    """A device that can be driven broken, its subject, and the spec that it is judged by.

    `chosen`: the variants of it that the operator named; empty: all of its variants.
    """

    device: str
    subject: Subject
    spec: str
    chosen: Sequence[str] = ()


def _asked(arguments: argparse.Namespace, chosen: Sequence[str]) -> Sequence[_Question]:
    """Of the spec that was asked for, or of all that are spoken. Variants that are named choose the devices.

    Raises UsageError where nothing can be driven broken, or no device has one of the variants.
    """
    possible = list(_possible(arguments, anywhere=bool(chosen)))
    if not possible:
        raise UsageError("nothing simulates what is to be driven broken: give --device")
    if not chosen:
        return possible
    variants = having({question.device: None for question in possible}, chosen)
    asked = (replace(question, chosen=variants[question.device]) for question in possible)
    return [question for question in asked if question.chosen]


def _possible(arguments: argparse.Namespace, *, anywhere: bool) -> Iterator[_Question]:
    """Every device that may be meant. `anywhere`: those of every protocol, unless the operator said of which."""
    typed: str | None = arguments.device
    spoken = protocols_at(typed) if typed else protocols()
    for spec in _specs(arguments, spoken, anywhere=anywhere):
        for subject in subjects_at(typed, spec) if typed else protocol_of(spec).subjects:
            if device := typed or subject.simulated:
                yield _Question(device, subject, spec)


def _specs(arguments: argparse.Namespace, spoken: Sequence[Protocol], *, anywhere: bool) -> Sequence[str]:
    if arguments.all_specs:
        return [spec for plug in spoken for spec in plug.specs]
    if anywhere and not arguments.spec and len(spoken) > 1:
        return [plug.specs[0] for plug in spoken]
    return [spec_of(arguments.spec, spoken)]


def _list(arguments: argparse.Namespace) -> Iterator[str]:
    """The variants of every simulated device that is installed, or of the one that the operator asked for."""
    devices = list(dict.fromkeys(question.device for question in _possible(arguments, anywhere=True)))
    for number, device in enumerate(devices or [device_or_default(arguments.device, arguments.spec)]):
        if len(devices) > 1:
            yield from ["", ""] if number else []
            yield f"--device={device}"
            yield ""
        yield from listed(device)


class _Matrix:
    """The variants that are judged; for all variants, also the judgements that none of them made fail."""

    def __init__(self, judges: WorkerPool, chosen: Sequence[str], spec: str) -> None:
        catalogue = Catalogue.read()
        asked = {variant.id: asked_of(variant, catalogue, spec) for variant in judges.variants}
        known = {name: variant for name, variant in asked.items() if variant}
        self.spec, self._judges, self._chosen = spec, judges, chosen
        self._known = {name: known[name] for name in known if not chosen or name in chosen}
        self._left_out = 0 if chosen else len(asked) - len(known)

    @property
    def is_no_question(self) -> bool:
        """Whether all that was chosen is there for clauses of other specs."""
        return not self._known

    def rows(self) -> Iterator[Row]:
        """A row per variant, as soon as it is there. Raises UsageError where there is none."""
        if self.is_no_question:
            raise UsageError(f"{', '.join(self._chosen)}: what this is there for is no question of {self.spec}")
        findings = self._judges.findings([None, *self._known])
        self._healthy = next(findings)
        for variant, came_to in zip(self._known.values(), findings, strict=True):
            yield Row.of(variant, came_to, self._healthy)

    def idle(self, rows: Sequence[Row]) -> Sequence[str]:
        """The judgements that no variant made fail, if all were asked for."""
        return () if self._chosen else never_failed(self._healthy, rows)

    def last_lines(self, rows: Sequence[Row]) -> Iterator[str]:
        """Totals."""
        yield totals(rows, self._left_out)
        if not self._chosen:
            yield seen_to_fail(self._healthy, self.idle(rows))


def _print_rows(matrix: _Matrix) -> Outcome:
    """Everything."""
    rows = []
    for row in matrix.rows():
        rows.append(row)
        _say(str(row))
    idle = matrix.idle(rows)
    _say(*(f"NEVER FAILED    {judgement}" for judgement in idle), *matrix.last_lines(rows))
    return _outcome(rows, idle)


def _print_line(matrix: _Matrix) -> Outcome:
    """The errors, and one line of totals."""
    if matrix.is_no_question:
        _say(f"{f'{matrix.spec}:':<17}no question of it")
        return Outcome.CONFORMS
    rows = list(matrix.rows())
    idle = matrix.idle(rows)
    wrong = [str(row) for row in rows if row.is_wrong] + [f"NEVER FAILED    {judgement}" for judgement in idle]
    _say(*wrong, f"{f'{matrix.spec}:':<17}{'; '.join(matrix.last_lines(rows))}")
    return _outcome(rows, idle)


def _outcome(rows: Sequence[Row], idle: Sequence[str]) -> Outcome:
    is_wrong = bool(idle) or any(row.is_wrong for row in rows)
    return Outcome.DOES_NOT_CONFORM if is_wrong else Outcome.CONFORMS


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)  # noqa: T201 - the operator's output, while it goes on
