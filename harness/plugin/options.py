"""The command line, checked before anything is done."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from harness.broker.embedded import embedded_broker
from harness.broker.mosquitto import mosquitto_broker
from harness.clock import Clock
from harness.driving.scenario import Scenario
from harness.errors import HarnessError, UsageError
from harness.files.credentials import client_id_of, login_of, tls_of
from harness.judging.reader import subject_of_run
from harness.judging.requirements.binding import Levels, Measure
from harness.judging.requirements.requirement import Catalogue
from harness.plugin.other_plugins import Ours
from harness.plugin.run import RUN, Run, SubjectRun
from harness.plugin.selection import plugs_named
from harness.plugin.usage_exit import UsageExit
from harness.protocol import protocols, spec_of
from harness.suite_folder import PLACES
from harness.target import Recording, StartBroker, Target, TargetOptions, resolve, variants_of, varied
from harness.target.asked_subjects import (
    AskedSubject,
    asked_subjects,
    elsewhere_typed,
    options_of_their_own,
)
from harness.target.declared import Declared
from harness.target.listening import ListeningTarget
from harness.target.remote import RemoteTarget
from harness.target.resolving import no_variant
from harness.target.run_options import add_broker_options, add_run_options

_WITH_A_VALUE = ("profile", "broker", "user", "password_file", "ca", "certificate", "key", "client_ca", "client_id")
_FLAGS = ("insecure", "clear")
_OPTIMIZED = (
    "python -O leaves out the assertions that controls and judgements are made of, so no verdict could be trusted: run "
    "it without -O, and without PYTHONOPTIMIZE in the environment"
)
_BROKERS: Mapping[str, StartBroker] = {"embedded": embedded_broker, "mosquitto": mosquitto_broker}


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Options of ours."""
    ours = Ours(parser, pluginmanager)
    add = ours.group("setpoint", "Setpoint: which device, how it is driven, where the reports go")
    add_run_options(add)
    add_broker_options(ours.group("setpoint-broker", "Setpoint: the broker between device and cloud"))
    add(PLACES, action="store_true", help=argparse.SUPPRESS)  # `setpoint test` says it
    add("--plan", type=Path, metavar="FILE", help=argparse.SUPPRESS)  # `setpoint plan` says it
    add("--validity", action="store_true", help=argparse.SUPPRESS)  # `setpoint validity` says it
    ours.watch()


def pytest_configure(config: pytest.Config) -> None:
    """Refuse what cannot be, and read the catalogue."""
    config.addinivalue_line("markers", "covers(id): the requirement that a judgement decides")
    config.addinivalue_line("markers", "throughout(*scenarios): what a judgement on the whole run is to see at least")
    try:
        if sys.flags.optimize:
            raise UsageError(_OPTIMIZED)
        config.stash[RUN] = Run(Catalogue.read(), *_asked(config), _measure(config))
        chosen_clock(config)
        if config.getoption("numprocesses", None) and drives(config):
            raise UsageError("-n would drive the device once per worker; run without it, judging takes no time")
    except HarnessError as error:
        raise UsageExit(str(error)) from None


def drives(config: pytest.Config) -> bool:
    """Whether there may be something to drive; the project's own tests have nothing against several processes."""
    return wants_judgement(config) or any("suites" in Path(argument).parts for argument in config.args)


def chosen_device(config: pytest.Config, asked: AskedSubject) -> Target | Recording:
    """The target that the operator chose. Raises UsageError where it does not exist, or cannot be had so."""
    device = config.stash[RUN].recording or resolve(
        asked.device, target_options(config, asked), f"--{asked.subject.option}"
    )
    if isinstance(device, Recording):
        for option in ("variant", "clock", "stop-on-fail"):
            if config.getoption(option.replace("-", "_")):
                raise UsageError(f"--{option} asks for another drive, but a recording has been driven already")
        return device
    return varied(device, config.option.variant) if config.option.variant else device


def target_options(config: pytest.Config, asked: AskedSubject) -> TargetOptions:
    """The options for the target."""
    option: argparse.Namespace = config.option
    login, spec = login_of(option), asked.spec
    given = (option.profile, login, tls_of(option), option.insecure, spec, option.client_ca, client_id_of(option))
    return TargetOptions(*given, asked.part)


def _measure(config: pytest.Config) -> Measure:
    """The measure of verdicts that the operator chose. Raises UsageError, with the possible ones.

    pytest has a `--strict` of its own, so that none can be added; a file's `addopts` is no word of the operator's.
    """
    typed: str = config.option.levels or Levels.CATALOGUE
    try:
        return Measure(Levels(typed), "--strict" in config.invocation_params.args)
    except ValueError:
        known = " or ".join(repr(str(levels)) for levels in Levels)
        raise UsageError(f"--levels is {typed!r}; expected {known}") from None


def _asked(config: pytest.Config) -> tuple[Sequence[SubjectRun], Recording | None]:
    """The subjects to judge, and the spec of each: of a recording, the spec that was spoken in it.

    Raises UsageError if another is asked for.
    """
    typed: list[str] | None = config.option.spec
    device: str | None = config.option.device
    known = resolve(device) if device and device.startswith("trace:") else None
    if isinstance(known, Recording):
        subject = subject_of_run(known.records)
        if typed and (asked := spec_of(typed, protocols())) != known.spec:
            raise UsageError(f"--spec is {asked}, but {known.spec} was spoken when this was recorded")
        return [SubjectRun(AskedSubject(subject, known.spec, str(device)))], known
    asked_for = asked_subjects(
        device, typed, elsewhere_typed(config.option), config.option.profile, plugs_named(config)
    )
    if config.option.variant and len(asked_for) > 1:
        asked_for = [_with_the_variant(asked_for, config)]
    return [SubjectRun(one) for one in asked_for], None


def _with_the_variant(asked: Sequence[AskedSubject], config: pytest.Config) -> AskedSubject:
    """The one whose simulated device can be changed so. Raises UsageError, with the nearest known, where none can."""
    variant: str = config.option.variant
    known = [(one, variants_of(resolve(one.device, target_options(config, one)))) for one in asked]
    having = [one for one, variants in known if variant in variants]
    if len(having) > 1:
        names = " and ".join(one.subject.name for one in having)
        raise UsageError(f"--variant is {variant!r}, which is a variant of {names}: add --spec")
    if not having:
        raise no_variant(variant, {one.device: variants for one, variants in known})
    return having[0]


def given_along(option: argparse.Namespace) -> tuple[str, ...]:
    """The options that meet the same device again, as they were typed; of a secret, only its place."""
    values = ((name, getattr(option, name)) for name in _WITH_A_VALUE)
    flags = (f"--{name}" for name in _FLAGS if getattr(option, name))
    return (*(f"--{name.replace('_', '-')}={value}" for name, value in values if value is not None), *flags)


def wants_judgement(config: pytest.Config) -> bool:
    """Whether the operator asked for something that only judgements can give."""
    options = ("device", "spec", "clock", "only", "variant", "levels", "plan", "validity")
    return any(config.getoption(option) for option in (*options, *options_of_their_own()))


def opposite_of(config: pytest.Config, one: SubjectRun, device: Target) -> Declared | None:
    """Of the thing opposite, its declaration, where that is under test at the same broker."""
    for other in config.stash[RUN].subjects:
        if other.name == one.asked.subject.opposite and isinstance(device, RemoteTarget):
            met = chosen_device(config, other.asked)
            if isinstance(met, RemoteTarget) and met.endpoint == device.endpoint:
                return met.profile
    return None


def chosen_broker(config: pytest.Config, device: Target, clock: Clock) -> StartBroker:
    """The broker that the operator chose. Raises UsageError, with the possible ones."""
    typed: str = config.option.broker or "embedded"
    if typed not in _BROKERS:
        raise UsageError(f"--broker is {typed!r}; expected {' or '.join(repr(name) for name in _BROKERS)}")
    if config.option.broker and isinstance(device, RemoteTarget):
        raise UsageError(
            f"--broker has no use with --device={device.name}: that is a broker already, and none is started"
        )
    if typed == "mosquitto" and isinstance(device, ListeningTarget):
        raise UsageError(
            f"--device={device.name} is a broker of our own, as Mosquitto does not tell which devices come: leave "
            "--broker out; or start Mosquitto yourself, and write --device=mqtt://HOST"
        )
    if typed != "embedded" and clock is Clock.VIRTUAL:
        raise UsageError(f"{typed} has a clock of its own: it goes with --clock=real")
    return _BROKERS[typed]


def clock_for(device: Target, config: pytest.Config) -> Clock:
    """The clock that was chosen, or else the one that suits the device. Raises UsageError where the two do not fit."""
    clock = chosen_clock(config) or device.clock
    if clock is Clock.VIRTUAL and device.clock is Clock.REAL:
        raise UsageError(f"{device.name} lives in real time; --clock=virtual is for simulated devices")
    return clock


def driven_under(clock: Clock, needed: Sequence[Scenario], config: pytest.Config) -> Sequence[Scenario]:
    """In real time, those that take long are left out unless the operator asked for them."""
    if clock is Clock.REAL and not config.option.long:
        return [scenario.left_out() if scenario.minutes else scenario for scenario in needed]
    return needed


def chosen_clock(config: pytest.Config) -> Clock | None:
    """The clock that the operator chose. Raises UsageError, with the possible ones."""
    typed: str | None = config.option.clock
    if typed is None:
        return None
    try:
        return Clock(typed)
    except ValueError:
        raise UsageError(f"--clock is {typed!r}; expected {' or '.join(repr(str(clock)) for clock in Clock)}") from None
