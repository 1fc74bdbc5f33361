"""Results of earlier versions are still read."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.errors import UsageError
from harness.report.reading import read_results

FIGURE = "answered after 1.250 s; required within 5 s and before the next telemetry"


def _first_format(measured: str = FIGURE) -> dict[str, Any]:
    finding = {"judgement": "t.py::test_it", "verdict": "pass", "story": "", "observed": [], "places": [3]}
    requirement = {"id": "a.one", "verdict": "pass", "level": "must", "gist": "So.", "source": "UDMI", "judgements": 1}
    texts = ("target", "spec", "began", "ended", "driven_by", "judged_by")
    return {
        "format": 1,
        "outcome": "conforms",
        "sentence": "It conforms.",
        "run": {
            **dict.fromkeys(texts, "x"),
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

    finding = results["requirements"][0]["findings"][0]
    assert results["format"] == 2
    assert finding["measured"] == [
        {
            "what": "answered after",
            "least": 1.25,
            "most": 1.25,
            "required": "within 5 s and before the next telemetry",
            "earliest": None,
            "latest": None,
        }
    ]
    assert (finding["due"], finding["scenarios"]) == ([], [])
    assert set(finding["where"].values()) == {None}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (_first_format("about a second"), "'about a second' is no figure that format 1 knows"),
        ({**_first_format(), "outcome": "conform"}, "did you mean 'conforms'?"),
        ({**_first_format(), "format": 2}, "is a required property"),
        ({**_first_format(), "format": 9}, "has format 9; this version reads up to 2"),
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
