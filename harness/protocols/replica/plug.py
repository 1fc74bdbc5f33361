"""The replica as the instrument is given it: imported wherever a spec is named, the rest when it is asked for."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from harness.files.data import data
from harness.judging.reader import Reader
from harness.protocol import Protocol, Subject
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.suite_limits import limits_of

if TYPE_CHECKING:
    from pathlib import Path

    from harness.doctor.subject_doctor import SubjectDoctor
    from harness.driving.counterparts import Counterparts, DriveContext
    from harness.target.declared import Declaration


def _service_reader() -> Reader[Any]:
    from harness.protocols.replica.reader import ServiceReader  # noqa: PLC0415 - judging is not needed to name a spec

    return ServiceReader()


def _service_counterparts(context: "DriveContext") -> "Counterparts":
    from harness.protocols.replica.driving.service_session import ServiceCounterparts  # noqa: PLC0415 - nor is driving

    return ServiceCounterparts(context)


def _service_doctor() -> "SubjectDoctor":
    from harness.protocols.replica.doctor import ServiceDoctor  # noqa: PLC0415 - nor is any check

    return ServiceDoctor()


def _read_profile(where: "Path") -> "Declaration":
    from harness.protocols.replica.declaration import read_profile  # noqa: PLC0415 - nor are profiles

    return read_profile(where, partial(limits_of, SERVICE))


def _check_profile(raw: Mapping[str, Any]) -> object:
    from harness.protocols.replica.profile import ServiceProfile  # noqa: PLC0415 - likewise

    return ServiceProfile.from_dict(raw)


SERVICE = Subject(
    "replica-service",
    suites="suites.replica.service",
    reader=_service_reader,
    counterparts=_service_counterparts,
    doctor=_service_doctor,
    targets=("replica-service",),
    simulated="replica-service",
    option="service",
)
REPLICA = Protocol(
    name="replica",
    specs=tuple(ReplicaSpec),
    subjects=(SERVICE,),
    requirements=data("replica", "requirements"),
    read_profile=_read_profile,
    check_profile=_check_profile,
    profile_hint="fixtures/replica/profiles has one of each kind",
)
