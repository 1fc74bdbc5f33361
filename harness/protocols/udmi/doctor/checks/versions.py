"""The version that its messages name: UDMI's own readers refuse a message whose version is none."""

from collections.abc import Iterator

from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity, of_its
from harness.payload.fields import read_raw
from harness.protocols.udmi.doctor.case import Case
from harness.protocols.udmi.words.versions import is_version
from harness.text import brief, plural


def _find(case: Case) -> Iterator[Problem]:
    versions = [read_raw(payload, []).get("version") for payload in case.said]
    odd = [version for version in versions if isinstance(version, str) and not is_version(version)]
    if odd:
        those = f"{of_its(len(odd), len(versions), 'message')} {plural(len(odd), 'names', 'name')}"
        yield Problem(
            Party.DEVICE,
            Severity.MINOR,
            f"{those} {brief(odd[0])} as version, which is none.",
            'Name the version of UDMI that it follows, such as "1.5.7".',
        )


def _sound(case: Case) -> str | None:
    named = any(isinstance(read_raw(payload, []).get("version"), str) for payload in case.said)
    return "its messages name a version of UDMI" if case.beside and named else None


VERSIONS = Check("the version of its messages", _find, _sound)
