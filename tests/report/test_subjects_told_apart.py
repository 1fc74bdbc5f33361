"""Several subjects in one outcome: those that go by one id say which of them they are."""

import msgspec

from harness.report.making import told_apart
from harness.report.results import SubjectResults
from tests.report.made_results import subject_results


def _of(subject: str, name: str) -> SubjectResults:
    one = subject_results()
    device = msgspec.structs.replace(one.device, id=name)
    return msgspec.structs.replace(one, subject=subject, device=device, sentence=f"{name} conforms.")


def test_subjects_of_one_id_are_told_apart() -> None:
    agent, device, other = told_apart([_of("update-agent", "G-1"), _of("update-device", "G-1"), _of("lamp", "L-1")])

    assert agent.sentence == "update-agent: G-1 conforms."
    assert device.sentence == "update-device: G-1 conforms."
    assert other.sentence == "L-1 conforms."
