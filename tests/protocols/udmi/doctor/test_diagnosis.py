"""All checks together, and how they are told."""

from dataclasses import replace
from io import StringIO

from harness.clock import VIRTUAL_BIRTHDAY
from harness.doctor.check import Check
from harness.doctor.diagnosis import Diagnosis, at_first_contact, checks_of, diagnose
from harness.doctor.formatting import PLAIN, SIGNS, lines, marks_for, told_once
from harness.doctor.problem import Party, Problem, Severity
from harness.protocols.udmi.doctor.case import case_of
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Began, Desired, Found, Opened, Received, Record, Sent
from harness.record.lines import FORMAT
from harness.record.trace import Recorder
from simulator.udmi.rules import StateRules, kept_but
from tests.protocols.udmi.doctor.cases import CONFIG, NOW, PROFILE, beside, case, state, telemetry
from tests.protocols.udmi.driving.playing import idle, play, small_device
from tests.udmi_1_5 import encode


def test_healthy_device_has_nothing_amiss() -> None:
    diagnosis = diagnose(case())

    assert diagnosis.problems == []
    assert len(diagnosis.sound) == 11


def test_worst_is_told_first() -> None:
    heard = telemetry(readings={"setpoint": 21.5, "mode": "auto", "extra": 1}, off=2)

    weights = [t.weight for t in diagnose(case(telemetry=[heard], beside=beside(configs=[]))).problems]

    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == 3


def test_check_that_falls_over_is_ours_and_the_others_are_made() -> None:
    def falls(_case: object) -> list[Problem]:
        raise ZeroDivisionError("ours")

    diagnosis = diagnose(case(), [Check("luck", falls, lambda _: None), *checks_of(case())])  # type: ignore[arg-type]  # it raises

    assert [(t.whose, "luck" in t.what) for t in diagnosis.problems] == [(Party.TOOL, True)]
    assert diagnosis.sound


RECORDS: list[Record] = [
    Began(NOW, FORMAT, "h", Spec.UDMI_1_5, "real", "mqtt://b", PROFILE.as_dict()),
    Found(NOW, "/devices/DEV-1/config", CONFIG),
    Sent(NOW, "/devices/DEV-1/config", CONFIG, "first contact"),
    Received(NOW + 1, "/devices/DEV-1/state", encode(state().message), retain=False),
    Received(NOW + 2, "/devices/DEV-1/events/pointset", encode(telemetry().message), retain=False),
]
LATER = Received(NOW + 9, "/devices/DEV-1/events/pointset", encode(telemetry(off=99).message), retain=False)


def test_first_contact_of_a_healthy_device_tells_nothing() -> None:
    assert at_first_contact(RECORDS) == []


def test_first_contact_ends_with_the_first_scenario() -> None:
    write = Sent(NOW, "t", b"{}", "w", {"w": Desired("setpoint", 1)})
    ends: list[Record] = [Opened(NOW, "one"), Sent(NOW, "t", b"{}", "rest", resets=True), write]
    for end in ends:
        assert at_first_contact([*RECORDS, end, LATER]) == []


def test_first_contact_tells_what_it_shows() -> None:
    [problem] = at_first_contact([*RECORDS, LATER])

    assert "ahead of ours" in problem.what


def test_records_that_cannot_be_read_cost_nothing() -> None:
    [problem] = at_first_contact([])

    assert problem.whose is Party.TOOL


def test_first_contact_is_told_once() -> None:
    told: list[str] = []
    met = told_once(told.append, SIGNS)

    met([*RECORDS, LATER])
    met([*RECORDS, LATER])

    assert [line.partition(" ")[0] for line in told] == ["doctor:", ""]


def test_simulated_device_has_nothing_amiss_at_first_contact() -> None:
    assert at_first_contact(play(idle, recorder=Recorder(StringIO())).records) == []


def test_simulated_device_whose_clock_is_off_is_told_in_a_run() -> None:
    late = kept_but(StateRules(say=lambda said, _before: replace(said, timestamp=VIRTUAL_BIRTHDAY + 7_300)))

    [problem] = at_first_contact(play(idle, target=small_device(late)).records)

    assert "2.0 h ahead of ours" in problem.what


def test_case_reads_the_record() -> None:
    read = case_of(RECORDS)

    assert (len(read.states), len(read.telemetry), read.found, read.sent) == (1, 1, CONFIG, [CONFIG])


PROBLEM = Problem(Party.DEVICE, Severity.BLOCKING, "it is off\x1b…", "Switch it on.")


def test_lines_are_a_trouble_and_what_mends_it() -> None:
    assert list(lines(Diagnosis([PROBLEM], ["clock"]), SIGNS)) == [
        "✗✗ your device: it is off\\x1b…",
        "   → Switch it on.",
        "✓  clock",
        "",
        "1 thing found; no test is possible before the first is mended.",
    ]


def test_lines_are_plain_where_signs_cannot_be_written() -> None:
    told = list(lines(Diagnosis([PROBLEM], ["größer"]), marks_for("ascii")))

    assert marks_for(None) is marks_for("latin-1") is PLAIN
    assert all(line.isascii() for line in told)
    assert told[0] == "XX your device: it is off\\x1b..."


def test_signs_are_for_utf_8() -> None:
    assert marks_for("utf-8") is SIGNS
