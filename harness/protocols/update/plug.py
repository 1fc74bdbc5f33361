"""The update as the instrument is given it: imported wherever a spec is named, the rest when it is asked for."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from harness.files.data import data
from harness.judging.reader import Reader
from harness.protocol import Fuzzed, Protocol, Subject
from harness.protocols.update.profile import Role
from harness.protocols.update.words.spec import UpdateSpec
from harness.suite_limits import limits_of

if TYPE_CHECKING:
    from pathlib import Path

    from harness.doctor.subject_doctor import SubjectDoctor
    from harness.driving.counterparts import Counterparts, DriveContext
    from harness.driving.scenario import Scenario
    from harness.files.drafted import Drafted
    from harness.record.trace import Recorder
    from harness.target import Target
    from harness.target.declared import Declaration, Declared


def _agent_reader() -> Reader[Any]:
    from harness.protocols.update.reader import AgentReader  # noqa: PLC0415 - judging is not needed to name a spec

    return AgentReader()


def _device_reader() -> Reader[Any]:
    from harness.protocols.update.reader import UpdateDeviceReader  # noqa: PLC0415 - likewise

    return UpdateDeviceReader()


def _agent_counterparts(context: "DriveContext") -> "Counterparts":
    from harness.protocols.update.driving.agent.session import AgentCounterparts  # noqa: PLC0415 - nor is driving

    return AgentCounterparts(context)


def _device_counterparts(context: "DriveContext") -> "Counterparts":
    from harness.protocols.update.driving.device.session import UpdateDeviceCounterparts  # noqa: PLC0415 - likewise

    return UpdateDeviceCounterparts(context)


def _agent_doctor() -> "SubjectDoctor":
    from harness.protocols.update.doctor.update_doctor import AgentDoctor  # noqa: PLC0415 - nor is any check

    return AgentDoctor()


def _device_doctor() -> "SubjectDoctor":
    from harness.protocols.update.doctor.update_doctor import UpdateDeviceDoctor  # noqa: PLC0415 - likewise

    return UpdateDeviceDoctor()


def _check_demands(role: Role, scenario: "Scenario", declared: "Declared", recorder: "Recorder") -> None:
    from harness.protocols.update.driving.rehearsal import check_demands  # noqa: PLC0415 - nor are demands

    check_demands(role, scenario, declared, recorder)


def _read_profile(where: "Path") -> "Declaration":
    from harness.protocols.update.profile_file import UpdateProfileFile  # noqa: PLC0415 - nor are profiles

    return UpdateProfileFile.read(where, lambda role: limits_of(AGENT if role is Role.AGENT else DEVICE))


def _check_profile(raw: Mapping[str, Any]) -> "Declared":
    from harness.protocols.update.profile import UpdateProfile  # noqa: PLC0415 - likewise

    return UpdateProfile.from_dict(raw)


def _profile_kind(where: "Path") -> tuple[str, str] | None:
    from harness.protocols.update.profile_file import role_in  # noqa: PLC0415 - likewise

    role = role_in(where)
    return (UpdateSpec.DIAGRAMS, (AGENT if role is Role.AGENT else DEVICE).name) if role else None


def _draft(*given: Any) -> "Drafted":  # noqa: ANN401 - as it is
    from harness.protocols.update.drafting.drafting import draft  # noqa: PLC0415 - only a command drafts

    return draft(*given)


def _fuzz(target: "Target", spec: str, sequences: int, seed: int) -> Fuzzed:
    from harness.protocols.update.fuzzing.fuzz import fuzz  # noqa: PLC0415 - nor is what one command needs

    return fuzz(target, spec, sequences, seed)


AGENT = Subject(
    "update-agent",
    suites="suites.update.agent",
    reader=_agent_reader,
    counterparts=_agent_counterparts,
    doctor=_agent_doctor,
    check_demands=partial(_check_demands, Role.AGENT),
    targets=("update-agent", "mqtt", "mqtts", "listen", "listens"),
    simulated="update-agent",
)
DEVICE = Subject(
    "update-device",
    suites="suites.update.device",
    reader=_device_reader,
    counterparts=_device_counterparts,
    doctor=_device_doctor,
    check_demands=partial(_check_demands, Role.DEVICE),
    targets=("update-device", "mqtt", "mqtts", "listen", "listens"),
    simulated="update-device",
)
UPDATE = Protocol(
    name="update",
    specs=tuple(UpdateSpec),
    subjects=(AGENT, DEVICE),
    requirements=data("update", "requirements"),
    read_profile=_read_profile,
    check_profile=_check_profile,
    profile_kind=_profile_kind,
    fuzz=_fuzz,
    draft=_draft,
    draft_options=("deadline",),
    profile_hint="`setpoint profile --spec desired-state` drafts one; fixtures/update/profiles has one of each role",
)
