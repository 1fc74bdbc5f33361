"""UDMI as the instrument is given it: imported wherever a spec is named, so the rest is imported when asked for."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from harness.files.data import data
from harness.judging.reader import Reader
from harness.protocol import Fuzzed, Protocol, Subject
from harness.protocols.udmi.words.spec import Spec
from harness.suite_limits import limits_of

if TYPE_CHECKING:
    from pathlib import Path

    from harness.doctor.subject_doctor import SubjectDoctor
    from harness.driving.counterparts import Counterparts, DriveContext
    from harness.driving.scenario import Scenario
    from harness.protocols.udmi.driving.restoring import DeviceRestoring
    from harness.record.kinds import Record
    from harness.record.trace import Recorder
    from harness.target import Target
    from harness.target.declared import Declaration, Declared


def _device_reader() -> Reader[Any]:
    from harness.protocols.udmi.reader import DeviceReader  # noqa: PLC0415 - judging is not needed to name a spec

    return DeviceReader()


def _device_counterparts(context: "DriveContext") -> "Counterparts":
    from harness.protocols.udmi.driving.session.device_session import DeviceCounterparts  # noqa: PLC0415 - nor is driving

    return DeviceCounterparts(context)


def _read_profile(where: "Path") -> "Declaration":
    from harness.protocols.udmi.declaration import read_profile  # noqa: PLC0415 - nor are profiles

    return read_profile(where, partial(limits_of, DEVICE))


def _device_doctor() -> "SubjectDoctor":
    from harness.protocols.udmi.doctor.device_doctor import DeviceDoctor  # noqa: PLC0415 - nor is any check

    return DeviceDoctor()


def _check_demands(scenario: "Scenario", declared: "Declared", recorder: "Recorder") -> None:
    from harness.protocols.udmi.driving.demands import check_demands  # noqa: PLC0415 - nor are demands

    check_demands(scenario, declared, recorder)


def _check_profile(raw: Mapping[str, Any]) -> "Declared":
    from harness.protocols.udmi.profile import Profile  # noqa: PLC0415 - likewise

    return Profile.from_dict(raw)


def _restoring(run: "Sequence[Record]", *given: Any, force: bool, takes_over: bool) -> "DeviceRestoring":  # noqa: ANN401 - as it is
    from harness.protocols.udmi.driving.restoring import DeviceRestoring  # noqa: PLC0415 - only a command restores

    return DeviceRestoring.of_run(run, *given, force=force, takes_over=takes_over)


def _fuzz(target: "Target", spec: str, sequences: int, seed: int) -> Fuzzed:
    from harness.protocols.udmi.fuzzing.fuzz import fuzz  # noqa: PLC0415 - one command alone needs it

    return fuzz(target, spec, sequences, seed)


DEVICE = Subject(
    "udmi-device",
    suites="suites.udmi",
    reader=_device_reader,
    counterparts=_device_counterparts,
    doctor=_device_doctor,
    check_demands=_check_demands,
    targets=("sim", "mqtt", "mqtts", "listen", "listens"),
    simulated="sim",
)
UDMI = Protocol(
    name="udmi",
    specs=tuple(Spec),
    subjects=(DEVICE,),
    requirements=data("udmi", "requirements"),
    read_profile=_read_profile,
    check_profile=_check_profile,
    is_default=True,
    restoring=_restoring,
    fuzz=_fuzz,
    profile_forms="TOML, UDMI's metadata.json, or SITE_MODEL_FOLDER:AHU-1",
    profile_hint="`setpoint profile` drafts one from what it hears",
)
