"""For the tests of those who write a plug: everything that a run relies on, tried before there is any run."""

from importlib import import_module

from harness.doctor.check import Check
from harness.doctor.subject_doctor import SubjectDoctor
from harness.errors import UsageError
from harness.judging.reader import Reader
from harness.judging.requirements.requirement import Catalogue
from harness.protocol import Protocol, Subject, check_protocol, protocols
from harness.suite_folder import suite_folder
from harness.suite_limits import limits_of
from harness.target import Recording, resolve


def check_plug(plug: Protocol) -> None:
    """Raises AssertionError, with what is amiss, unless a run can rely on the plug, which must be installed.

    It is a protocol, and the one that is found under its name; its catalogue can be read, and each subject has a clause
    in it. Of each subject: suites, limits, reader, counterparts and doctor are there. Of one that is simulated: its
    target can be had, and its profile survives being written down. Whether suites judge well, `setpoint validity` says.
    """
    try:
        check_protocol(plug)
    except UsageError as problem:
        raise AssertionError(f"this is no plug, as it {problem}") from problem
    installed = {one.name: one for one in protocols()}
    _holds(installed.get(plug.name) is plug, f"{plug.name} is not what is installed by that name")
    try:
        catalogue = Catalogue.read(plug.requirements)
        for subject in plug.subjects:
            _holds(len(catalogue.of(subject.name)), f"no requirement is about {subject.name}")
            _check(subject, plug)
    except UsageError as problem:
        raise AssertionError(str(problem)) from problem


def _check(subject: Subject, plug: Protocol) -> None:
    """Raises AssertionError or UsageError."""
    suite_folder(subject)
    import_module(subject.suites)
    limits_of(subject)()
    reader, doctor = subject.reader(), subject.doctor()
    _holds(isinstance(reader, Reader), f"the reader of {subject.name} makes {reader!r}; expected a Reader")
    _holds(
        isinstance(doctor, SubjectDoctor), f"the doctor of {subject.name} makes {doctor!r}; expected a SubjectDoctor"
    )
    strange = [check for check in getattr(doctor, "checks", [None]) if not isinstance(check, Check)]
    _holds(not strange, f"the doctor of {subject.name} has {strange} among its checks; expected each to be a Check")
    _holds(callable(subject.counterparts), f"the counterparts of {subject.name} cannot be made: they are not callable")
    if subject.simulated:
        target = resolve(subject.simulated)
        _holds(not isinstance(target, Recording), f"{subject.simulated} is a recording, and simulates nothing")
        profile = getattr(target, "profile", None)
        _holds(profile is not None, f"{subject.simulated} has no profile")
        read = plug.check_profile(profile.as_dict() if profile else {})
        _holds(read == profile, f"the profile of {subject.simulated} does not survive being written down: {profile}")


def _holds(fact: object, otherwise: str) -> None:
    if not fact:
        raise AssertionError(otherwise)
