"""Results of earlier versions are still read."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.errors import UsageError
from harness.judging.verdicts.verdict import Verdict
from harness.report.making import results_of
from harness.report.reading import read_results
from harness.report.results import AskedPart, EvidenceLines, Measurement
from tests.report.made_results import finding, requirement, subject_results
from tests.report.old_formats import third_format

FIGURE = "answered after 1.250 s; required within 5 s and before the next telemetry"


def _first_format(measured: str = FIGURE, spec: str = "udmi-1.5") -> dict[str, Any]:
    finding = {"judgement": "t.py::test_it", "verdict": "pass", "story": "", "observed": [], "places": [3]}
    requirement = {"id": "a.one", "verdict": "pass", "level": "must", "gist": "So.", "source": "UDMI", "judgements": 1}
    texts = ("target", "began", "ended", "driven_by", "judged_by")
    return {
        "format": 1,
        "outcome": "conforms",
        "sentence": "It conforms.",
        "run": {
            **dict.fromkeys(texts, "x"),
            "spec": spec,
            "clock": "real",
            "broken_off": None,
            "profile_sha256": "0" * 64,
            "catalogue_sha256": "0" * 64,
        },
        "device": {"id": "DEV-1", "software": {}},
        "counts": {"pass": 1},
        "requirements": [{**requirement, "findings": [{**finding, "measured": [measured]}]}],
        "not_judged": [],
    }


def _written(content: object, folder: Path) -> Path:
    file = folder / "results.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def test_first_format_is_read_as_the_present_one(tmp_path: Path) -> None:
    results = read_results(_written(_first_format(), tmp_path))

    (finding,) = results.subjects[0].requirements[0].findings
    assert results.format == 4
    assert finding.measured == (
        Measurement("answered after", 1.25, 1.25, "within 5 s and before the next telemetry", None, None),
    )
    assert (finding.due, finding.scenarios) == ((), ())
    assert finding.where == EvidenceLines(None, None, None)
    assert finding.places == (4,)


def test_second_format_counted_lines_from_zero(tmp_path: Path) -> None:
    second = _first_format()
    second["format"] = 2
    (finding,) = second["requirements"][0]["findings"]
    finding |= {"measured": [], "due": [], "scenarios": [], "where": {"decisive": 3, "since": None, "point": "damper"}}

    (told,) = read_results(_written(second, tmp_path)).subjects[0].requirements[0].findings

    assert told.places == (4,)
    assert told.where == EvidenceLines(4, None, "damper")


def test_third_format_was_of_one_subject(tmp_path: Path) -> None:
    broken = requirement("a.one", "fail", finding("fail", "It is not so.", places=(3, 4)))
    told = subject_results(broken, partial=AskedPart(1, 2, ("--only=a.one",)))

    results = read_results(_written(third_format(told), tmp_path))

    assert results == results_of([told])


def test_third_format_as_it_was_written_is_read() -> None:
    (judged,) = read_results(Path(__file__).parent / "results-3.json").subjects

    assert (judged.subject, judged.trace, judged.run.spec) == ("udmi-device", "trace.ndjson", "udmi-1.5")
    assert judged.sentence.startswith("AHU-1 does not conform to udmi-1.5: of 157 requirements 1 was asked")
    assert [(one.id, finding.verdict, finding.where.about) for one, finding in judged.found(Verdict.FAIL)] == [
        ("writeback.failure-after-a-minute", Verdict.FAIL, "damper_position")
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (_first_format("about a second"), "'about a second' is no figure that format 1 knows"),
        ({**_first_format(), "outcome": "conform"}, "did you mean 'conforms'?"),
        ({**_first_format(), "format": 2}, "is a required property"),
        ({**_first_format(), "format": 9}, "has format 9; this version reads up to 4"),
        (_first_format(spec="udmi-0"), "run.spec: no protocol that is installed has the spec 'udmi-0'"),
    ],
)
def test_results_that_are_none_are_refused_with_the_reason(tmp_path: Path, content: object, problem: str) -> None:
    with pytest.raises(UsageError, match=r"results\.json") as refused:
        read_results(_written(content, tmp_path))

    assert problem in str(refused.value)


def test_file_that_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    file.write_text("[" * 100_000)

    with pytest.raises(UsageError, match="is not JSON"):
        read_results(file)
