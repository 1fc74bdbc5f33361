"""Several subjects in one run: a trace, a spec and a closing sentence each, one results.json, the worst exit code."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.judging.verdicts.verdict import Verdict
from tests.packages import beside_setpoint, install_example
from tests.report.page.parsed_html import parsed
from tests.runs import Run, run_tests, setpoint

pytestmark = pytest.mark.process

STALE, THE_SAME = "etag.stale-is-invalid", "echo.is-the-same"
ONE_OF_EACH = ("--only", STALE, "--only", THE_SAME)
UDMI, ECHO = "udmi-device", "echo-device"

_INTERRUPTED = f"""
import os
import signal

from harness.protocols.udmi.suite import Cloud, Device, Episode, covers, scenario


@scenario(sample_rate=2)
async def interrupted(cloud: Cloud, device: Device) -> None:
    os.kill(os.getpid(), signal.SIGINT)
    await cloud.listen(1)


@covers({STALE!r})
def test_interrupted(interrupted: Episode) -> None:
    pass
"""


_UNREACHABLE = """

@asynccontextmanager
async def _open(target: EchoTarget, services: HostServices) -> AsyncIterator[RunningTarget]:
    from harness.errors import LinkError

    raise LinkError("echo", "nobody is there")
    yield


EchoTarget.open = _open
"""


@pytest.fixture(scope="module", autouse=True)
def echo_beside_udmi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """As long as this file is tested, in every process that it starts."""
    site = tmp_path_factory.mktemp("site")
    install_example(site, "echo_protocol")
    with pytest.MonkeyPatch.context() as patch, beside_setpoint(site, patch):
        yield


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A judgement or two on each."""
    return _run(tmp_path_factory.mktemp("both"), *ONE_OF_EACH)


def _run(reports: Path, *options: str) -> Run:
    """Over the suites of both."""
    return run_tests(reports, "-W", "error", "--pyargs", "suites/udmi/", "echo_protocol.suites", *options)


def _judged(run: Run) -> dict[str, list[str]]:
    """The requirements that were judged, by subject."""
    return {one.subject: [requirement.id for requirement in one.requirements] for one in run.results.subjects}


def test_each_subject_is_judged_by_its_own_clauses(both: Run) -> None:
    assert both.code == 0, both.output
    assert _judged(both) == {UDMI: [STALE], ECHO: [THE_SAME]}
    assert [one.run.spec for one in both.results.subjects] == ["udmi-1.5", "echo-1"]
    assert [one.of_other_specs for one in both.results.subjects] == [("status.category-is-free",), ()]


def test_each_subject_has_a_trace_and_a_sentence_of_its_own(both: Run) -> None:
    traces = [both.folder / one.trace for one in both.results.subjects]
    began = [json.loads(trace.read_text(encoding="utf-8").partition("\n")[0]) for trace in traces]

    assert [trace.name for trace in traces] == ["trace.ndjson", f"trace-{ECHO}.ndjson"]
    assert [(one["subject"], one["target"]) for one in began] == [(UDMI, "sim"), (ECHO, "echo")]
    sentences = [one.sentence for one in both.results.subjects]
    assert [sentence.split()[0] for sentence in sentences] == ["AHU-1", "ECHO-1"]
    assert both.results.sentence == " ".join(sentences)
    assert all(sentence in both.output for sentence in sentences)


def test_page_has_every_subject_and_each_anchor_once(both: Run) -> None:
    page = parsed((both.folder / "report.html").read_text(encoding="utf-8"))

    ids = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    assert [one.text for one in page.all("h1")] == [one.sentence for one in both.results.subjects]
    targets = {one.attributes["href"].removeprefix("#") for one in page.all("a") if one.attributes["href"][0] == "#"}
    assert targets <= set(ids)


def test_pages_are_made_again(both: Run) -> None:
    pages = {name: (both.folder / name).read_bytes() for name in ("junit.xml", "summary.md", "report.html")}

    again = setpoint("report", str(both.folder))

    assert again.code == 0, again.output
    assert {name: (both.folder / name).read_bytes() for name in pages} == pages


@pytest.mark.parametrize(("subject", "trace"), [(UDMI, "trace.ndjson"), (ECHO, f"trace-{ECHO}.ndjson")])
def test_one_trace_of_several_is_judged_again(both: Run, tmp_path: Path, subject: str, trace: str) -> None:
    again = _run(tmp_path, *ONE_OF_EACH, f"--device=trace:{both.folder / trace}")

    (before,) = [one for one in both.results.subjects if one.subject == subject]
    assert again.code == 0, again.output
    assert again.judged.requirements == before.requirements
    assert again.judged.trace == "trace.ndjson"


def test_folder_of_several_traces_asks_for_one(both: Run, tmp_path: Path) -> None:
    again = _run(tmp_path, f"--device=trace:{both.folder}")

    assert again.code == 3
    assert f"has several traces: name one of them, such as {both.folder / 'trace.ndjson'}" in again.output


def test_nothing_is_restored_of_brokers_that_went_with_the_run(both: Run) -> None:
    restored = setpoint("restore", str(both.folder))

    assert restored.code == 3
    assert "that broker went with the run" in restored.output


@pytest.mark.parametrize(
    ("variant", "code", "subject", "other"),
    [("shouts", 1, ECHO, UDMI), ("takes-a-breath", 0, ECHO, UDMI), ("ignores-etag", 1, UDMI, ECHO)],
)
def test_variant_selects_its_subject_and_the_rest_is_named(
    tmp_path: Path, variant: str, code: int, subject: str, other: str
) -> None:
    run = _run(tmp_path, *ONE_OF_EACH, "--variant", variant)

    assert run.code == code, run.output
    assert run.judged.subject == subject
    assert run.results.not_asked == (other,)
    assert f"Not asked for, so neither judged nor skipped: {other} (" in run.output
    assert f"Not asked for, so not judged: {other}." in (run.folder / "summary.md").read_text(encoding="utf-8")
    assert f"Not asked for, so not judged: {other}." in (run.folder / "report.html").read_text(encoding="utf-8")
    assert "skipped" not in run.output.splitlines()[-1]


def test_unknown_variant_is_refused_with_the_nearest_of_all(tmp_path: Path) -> None:
    run = _run(tmp_path, "--variant", "shoutz")

    assert run.code == 3
    assert "no simulated device has the variant 'shoutz'; did you mean 'shouts'?" in run.output


def test_spec_is_given_once_for_each_protocol(tmp_path: Path) -> None:
    run = _run(tmp_path / "both", *ONE_OF_EACH, "--spec", "echo-1", "--spec", "writeback-2021")
    twice = _run(tmp_path / "twice", "--spec", "udmi-1.5", "--spec", "writeback-2021")

    assert run.code == 0, run.output
    assert [one.run.spec for one in run.results.subjects] == ["writeback-2021", "echo-1"]
    assert twice.code == 3
    assert "one spec of udmi is spoken at a time" in twice.output


@pytest.mark.parametrize(
    ("options", "subject", "other"),
    [
        (("--spec", "echo-1"), ECHO, UDMI),
        (("--device", "echo"), ECHO, UDMI),
        (("--spec", "udmi-1.5"), UDMI, ECHO),
        (("--device", "sim:fixtures/udmi/devices/ahu-1.toml"), UDMI, ECHO),
    ],
)
def test_suites_of_a_subject_that_was_not_asked_for_are_left_out(
    tmp_path: Path, options: tuple[str, ...], subject: str, other: str
) -> None:
    run = _run(tmp_path, *ONE_OF_EACH, *options)

    assert run.code == 0, run.output
    assert (run.judged.subject, run.results.not_asked) == (subject, (other,))
    assert run.judged.trace == "trace.ndjson"


def test_worst_subject_decides_the_exit_code(tmp_path: Path) -> None:
    broken = tmp_path / "test_bug.py"
    broken.write_text(
        "from harness.protocols.udmi.suite import covers\n\n\n"
        f"@covers({STALE!r})\ndef test_bug(plain_write):\n    1 / 0\n"
    )

    run = _run(tmp_path / "reports", *ONE_OF_EACH, str(broken))

    assert [str(one.outcome) for one in run.results.subjects] == ["harness error", "nothing broken"]
    assert (run.code, run.results.outcome) == (4, "harness error"), run.output


def test_subject_that_an_interrupted_run_did_not_come_to_is_undecided(tmp_path: Path) -> None:
    (tmp_path / "test_interrupted.py").write_text(_INTERRUPTED)

    run = _run(tmp_path / "reports", *ONE_OF_EACH, str(tmp_path))

    echo = next(one for one in run.results.subjects if one.subject == ECHO)
    assert run.code == 2, run.output
    assert (echo.run.broken_off, dict(echo.counts)) == ("interrupted", {Verdict.COULD_NOT_TEST: 1})
    assert "Traceback" not in run.output


def test_later_subject_that_cannot_be_met_is_undecided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_example(tmp_path / "site", "echo_protocol")
    with (tmp_path / "site" / "echo_protocol" / "simulator.py").open("a", encoding="utf-8") as simulator:
        simulator.write(_UNREACHABLE)

    with beside_setpoint(tmp_path / "site", monkeypatch):
        run = _run(tmp_path / "reports", *ONE_OF_EACH)
        alone = _run(tmp_path / "alone", *ONE_OF_EACH, "--device", "echo")

    udmi, echo = run.results.subjects
    assert (run.code, alone.code) == (2, 3), run.output
    assert (dict(udmi.counts), dict(echo.counts)) == ({Verdict.PASS: 1}, {Verdict.COULD_NOT_TEST: 1})
    assert "nobody is there" in str(echo.run.broken_off)
    assert "nobody is there; `setpoint doctor`" in alone.output


def test_requirement_of_a_subject_that_was_not_asked_for_is_refused(tmp_path: Path) -> None:
    run = _run(tmp_path, "--only", THE_SAME, "--spec", "udmi-1.5")

    assert run.code == 3
    assert f"{THE_SAME} is about {ECHO}, which was not asked for" in run.output
