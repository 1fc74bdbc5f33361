"""The replica as the instrument is given it: imported wherever a spec is named, the rest when it is asked for."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from harness.files.data import data
from harness.judging.reader import Reader
from harness.protocol import Protocol, Subject
from harness.protocols.replica.words.spec import A_SERVICE, ReplicaSpec
from harness.suite_limits import limits_of

if TYPE_CHECKING:
    from pathlib import Path

    from harness.doctor.subject_doctor import SubjectDoctor
    from harness.driving.counterparts import Counterparts, DriveContext
    from harness.driving.scenario import Scenario
    from harness.files.drafted import Drafted
    from harness.record.trace import Recorder
    from harness.target.declared import Declaration, Declared


def _service_reader() -> Reader[Any]:
    from harness.protocols.replica.reader import ServiceReader  # noqa: PLC0415 - judging is not needed to name a spec

    return ServiceReader()


def _service_counterparts(context: "DriveContext") -> "Counterparts":
    from harness.protocols.replica.driving.service_session import ServiceCounterparts  # noqa: PLC0415 - nor is driving

    return ServiceCounterparts(context)


def _service_doctor() -> "SubjectDoctor":
    from harness.protocols.replica.doctor.service_doctor import ServiceDoctor  # noqa: PLC0415 - nor is any check

    return ServiceDoctor()


def _device_reader() -> Reader[Any]:
    from harness.protocols.replica.reader import ReplicaDeviceReader  # noqa: PLC0415 - likewise, and so on

    return ReplicaDeviceReader()


def _device_counterparts(context: "DriveContext") -> "Counterparts":
    from harness.protocols.replica.driving.device.session import ReplicaDeviceCounterparts  # noqa: PLC0415 - likewise
    from harness.protocols.replica.judging.flat_document import FlatDocument  # noqa: PLC0415 - likewise

    return ReplicaDeviceCounterparts(context, FlatDocument())


def _device_doctor() -> "SubjectDoctor":
    from harness.protocols.replica.doctor.device_doctor import ReplicaDeviceDoctor  # noqa: PLC0415 - likewise

    return ReplicaDeviceDoctor()


def _check_demands(scenario: "Scenario", declared: "Declared", recorder: "Recorder") -> None:
    from harness.protocols.replica.driving.device.property_choice import check_demands  # noqa: PLC0415 - likewise

    check_demands(scenario, declared, recorder)


def _read_profile(where: "Path") -> "Declaration":
    from harness.protocols.replica.declaration import read_profile  # noqa: PLC0415 - nor are profiles

    return read_profile(where, partial(limits_of, SERVICE), partial(limits_of, DEVICE))


def _check_profile(raw: Mapping[str, Any]) -> "Declared":
    from harness.protocols.replica.declaration import profile_of  # noqa: PLC0415 - likewise

    return profile_of(raw)


def _draft(*given: Any) -> "Drafted":  # noqa: ANN401 - as it is
    from harness.protocols.replica.drafting.drafting import draft  # noqa: PLC0415 - only a command drafts

    return draft(*given)


def _service_part(declared: "Declaration", http: str | None) -> "Declaration":
    from harness.protocols.replica.declaration import service_part  # noqa: PLC0415 - likewise

    return service_part(declared, http)


def _check_service_demands(scenario: "Scenario", declared: "Declared", recorder: "Recorder") -> None:
    from harness.protocols.replica.driving.service_demands import check_demands  # noqa: PLC0415 - likewise

    check_demands(scenario, declared, recorder)


def _check_service_in_a_pair(scenario: "Scenario") -> None:
    from harness.protocols.replica.driving.not_played import check_service_in_a_pair  # noqa: PLC0415 - likewise

    check_service_in_a_pair(scenario)


def _check_device_in_a_pair(scenario: "Scenario") -> None:
    from harness.protocols.replica.driving.not_played import check_device_in_a_pair  # noqa: PLC0415 - likewise

    check_device_in_a_pair(scenario)


def _profile_kind(where: "Path") -> tuple[str, str] | None:
    from harness.protocols.replica.declaration import kind_of  # noqa: PLC0415 - likewise

    spec, is_a_devices = kind_of(where) or (None, False)
    return (spec, (DEVICE if is_a_devices else SERVICE).name) if spec else None


SERVICE = Subject(
    "replica-service",
    suites="suites.replica.service",
    reader=_service_reader,
    counterparts=_service_counterparts,
    doctor=_service_doctor,
    check_demands=_check_service_demands,
    targets=("replica-service",),
    simulated="replica-service",
    option="service",
    has_http=True,
    called=A_SERVICE,
    opposite="replica-device",
    check_pair=_check_service_in_a_pair,
    part=_service_part,
)
DEVICE = Subject(
    "replica-device",
    suites="suites.replica.device",
    reader=_device_reader,
    counterparts=_device_counterparts,
    doctor=_device_doctor,
    check_demands=_check_demands,
    targets=("replica-device", "mqtt", "mqtts", "listen", "listens"),
    simulated="replica-device",
    opposite="replica-service",
    check_pair=_check_device_in_a_pair,
)
REPLICA = Protocol(
    name="replica",
    specs=tuple(ReplicaSpec),
    subjects=(SERVICE, DEVICE),
    requirements=data("replica", "requirements"),
    read_profile=_read_profile,
    check_profile=_check_profile,
    profile_kind=_profile_kind,
    draft=_draft,
    profile_hint="`setpoint profile --spec replica-seed` drafts one; fixtures/replica/profiles has one of each kind",
)
