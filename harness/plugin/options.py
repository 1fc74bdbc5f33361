"""The command line, checked before anything is done."""

import argparse
from collections.abc import Mapping
from pathlib import Path

import pytest

from harness.broker.embedded import embedded_broker
from harness.broker.mosquitto import mosquitto_broker
from harness.clock import Clock
from harness.credentials import add_listening_options, add_options, login_of, tls_of
from harness.errors import HarnessError, UsageError
from harness.judging.requirement import Catalogue
from harness.plugin.giving_up import GaveUp
from harness.plugin.run import RUN, Run
from harness.target import Means, Recording, StartBroker, Target, resolve, varied
from harness.targets.listening import ListeningTarget
from harness.targets.remote import RemoteTarget
from harness.wire.spec import Spec, spec_of
from harness.wire.spec import add_option as add_spec

_WITH_A_VALUE = ("profile", "broker", "user", "password_file", "ca", "certificate", "key", "client_ca")
_FLAGS = ("insecure", "clear")
_BROKERS: Mapping[str, StartBroker] = {"embedded": embedded_broker, "mosquitto": mosquitto_broker}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of ours."""
    group = parser.getgroup("setpoint", "Setpoint: which device, how it is driven, where the reports go")
    group.addoption(
        "--device",
        metavar="TARGET",
        help="what to test: sim (the default), sim:FILE, trace:FILE, mqtt[s]://HOST[:PORT], listen[s]://HOST[:PORT], …",
    )
    group.addoption(
        "--profile",
        type=Path,
        metavar="FILE",
        help="what the device has, and how it is provoked: TOML, UDMI's metadata.json, or SITE_MODEL_FOLDER:AHU-1",
    )
    add_spec(group.addoption)
    group.addoption("--clock", metavar="CLOCK", help="virtual or real; by default what suits the device")
    group.addoption(
        "--only",
        metavar="ID",
        action="append",
        help="judge this requirement alone, and drive what that needs; may be given several times",
    )
    group.addoption("--long", action="store_true", help="in real time too, drive what takes more than a few minutes")
    group.addoption("--variant", metavar="ID", help="let the simulated device break a clause, or be odd")
    group.addoption("--reports", type=Path, metavar="DIR", help="where runs land (default: reports/)")
    group.addoption("--clear", action="store_true", help="leave no config behind where none was found")
    _add_means(parser.getgroup("setpoint-broker", "Setpoint: the broker between device and cloud"))
    group.addoption("--validity", action="store_true", help=argparse.SUPPRESS)  # `setpoint validity` says it


def _add_means(group: pytest.OptionGroup) -> None:
    group.addoption(
        "--broker", metavar="BROKER", help="for sim under --clock=real: embedded (the default) or mosquitto"
    )
    add_options(group.addoption, "ours: as a client, or with listens as the server")
    add_listening_options(group.addoption)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse what cannot be, and read the catalogue."""
    config.addinivalue_line("markers", "covers(id): the requirement that a judgement decides")
    config.addinivalue_line("markers", "throughout(*scenarios): what a judgement on the whole run is to see at least")
    try:
        config.stash[RUN] = Run(Catalogue.read(), *_under(config))
        chosen_clock(config)
        if config.getoption("numprocesses", None) and _drives(config):
            raise UsageError("-n would drive the device once per worker; run without it, judging takes no time")
    except HarnessError as error:
        raise GaveUp(str(error)) from None


def _drives(config: pytest.Config) -> bool:
    """Whether there may be something to drive; the project's own tests have nothing against several processes."""
    return wants_judgement(config) or any("suites" in Path(argument).parts for argument in config.args)


def chosen_device(config: pytest.Config) -> Target | Recording:
    """What the operator wants tested. Raises UsageError where it is not there, or cannot be had so."""
    device = config.stash[RUN].recording or resolve(config.option.device or "sim", means(config))
    if isinstance(device, Recording):
        for option in ("variant", "clock"):
            if config.getoption(option):
                raise UsageError(f"--{option} asks for another drive, but a recording has been driven already")
        return device
    return varied(device, config.option.variant) if config.option.variant else device


def means(config: pytest.Config) -> Means:
    """What the operator gave along."""
    option: argparse.Namespace = config.option
    login = login_of(option)
    return Means(option.profile, login, tls_of(option), option.insecure, config.stash[RUN].spec, option.client_ca)


def _under(config: pytest.Config) -> tuple[Spec, Recording | None]:
    """The spec to judge by: of a recording, what was spoken in it. Raises UsageError if another is asked for."""
    typed: str | None = config.option.spec
    device = resolve(config.option.device) if str(config.option.device).startswith("trace:") else None
    if not isinstance(device, Recording):
        return spec_of(typed), None
    if typed is not None and spec_of(typed) is not device.spec:
        raise UsageError(f"--spec is {typed}, but {device.spec} was spoken when this was recorded")
    return device.spec, device


def given_along(option: argparse.Namespace) -> tuple[str, ...]:
    """What it takes to meet the same device again, as it was typed; of secrets, only where they stand."""
    values = ((name, getattr(option, name)) for name in _WITH_A_VALUE)
    flags = (f"--{name}" for name in _FLAGS if getattr(option, name))
    return (*(f"--{name.replace('_', '-')}={value}" for name, value in values if value is not None), *flags)


def wants_judgement(config: pytest.Config) -> bool:
    """Whether the operator asked for something that only judgements can give."""
    options = ("device", "spec", "clock", "only", "variant", "validity")
    return any(config.getoption(option) for option in options)


def chosen_broker(config: pytest.Config, device: Target, clock: Clock) -> StartBroker:
    """What the operator typed. Raises UsageError, with what is possible."""
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
    """What the operator typed, or else what suits the device. Raises UsageError where the two do not go together."""
    clock = chosen_clock(config) or device.clock
    if clock is Clock.VIRTUAL and device.clock is Clock.REAL:
        raise UsageError(f"{device.name} lives in real time; --clock=virtual is for simulated devices")
    return clock


def chosen_clock(config: pytest.Config) -> Clock | None:
    """What the operator typed. Raises UsageError, with what is possible."""
    typed: str | None = config.option.clock
    if typed is None:
        return None
    try:
        return Clock(typed)
    except ValueError:
        raise UsageError(f"--clock is {typed!r}; expected {' or '.join(repr(str(clock)) for clock in Clock)}") from None
