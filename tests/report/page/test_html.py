"""`report.html`: what it tells, in which order, and that it needs nothing but itself."""

import hashlib
import json
import re
import shutil
from base64 import b64encode
from itertools import pairwise
from pathlib import Path

import pytest

from harness.judging.reader import reader_for
from harness.judging.requirements.requirement import Catalogue
from harness.judging.verdicts.verdict import Verdict
from harness.record.trace import read_trace
from harness.report.figures import verdict_words
from harness.report.page.html import write_html
from harness.report.page.scenes import Scenes
from harness.report.reading import read_results
from harness.report.results import TRACE
from tests.report.old_formats import first_format
from tests.report.page.parsed_html import TAGS, Element, parsed
from tests.runs import ROOT, Run, run_suites

SCRIPT = (ROOT / "harness/report/page/templates/report.js").read_text(encoding="utf-8")

pytestmark = pytest.mark.process  # the pages are those of runs in processes of their own


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The simulated device as it is."""
    return run_suites(tmp_path_factory.mktemp("healthy"))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One that gives up on a write too early."""
    return run_suites(tmp_path_factory.mktemp("broken"), "--variant", "fails-early")


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One that says nothing at all."""
    return run_suites(tmp_path_factory.mktemp("silent"), "--variant", "silent")


@pytest.fixture(scope="module")
def never_applied(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One that applies nothing, so that most of what rests on an applied write is undecided."""
    return run_suites(tmp_path_factory.mktemp("never-applied"), "--variant", "never-applied")


@pytest.fixture(params=["healthy", "broken", "silent"])
def any_page(request: pytest.FixtureRequest) -> Element:
    """Each of their pages."""
    return _page(request.getfixturevalue(request.param))


def _page(run: Run) -> Element:
    return parsed((run.folder / "report.html").read_text(encoding="utf-8"))


def _section(page: Element, name: str) -> Element:
    return page.all("section", id=name)[0]


def _made(run: Run, folder: Path) -> Element:
    """The page of the run's results again, in another folder."""
    write_html(read_results(run.folder / "results.json"), folder)
    return parsed((folder / "report.html").read_text(encoding="utf-8"))


def test_page_loads_nothing_and_runs_one_script_of_ours(any_page: Element) -> None:
    elements = any_page.all()
    names = {name for one in elements for name in one.attributes}
    (style,) = any_page.all("style")

    assert {one.tag for one in elements} <= TAGS
    assert {name for name in names if name in {"src", "srcset", "style", "action"} or name.startswith("on")} == set()
    abroad = {link.attributes["href"] for link in any_page.all("a") if not link.attributes["href"].startswith("#")}
    assert abroad <= {one.source.address for one in Catalogue.read()}
    assert re.search(r"url\(|@import|expression", style.text) is None
    assert [script.text for script in any_page.all("script")] == [SCRIPT]
    assert re.search(r"fetch|XMLHttp|WebSocket|innerHTML|eval|import|cookie|storage", SCRIPT, re.IGNORECASE) is None


def test_policy_allows_the_style_and_the_script_alone(any_page: Element) -> None:
    (style,) = any_page.all("style")
    policy = next(one.attributes["content"] for one in any_page.all("meta") if "http-equiv" in one.attributes)
    of_style, of_script = (b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style.text, SCRIPT))

    allowed = f"style-src 'sha256-{of_style}'; script-src 'sha256-{of_script}'"
    assert policy == f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def test_what_only_a_script_can_use_is_not_shown_without_one(any_page: Element) -> None:
    (bar,) = any_page.all("div", class_="filter")

    assert "hidden" in bar.attributes
    assert len(any_page.all("input")) == len(bar.all("input"))


def test_every_link_leads_somewhere_and_every_id_is_there_once(any_page: Element) -> None:
    ids = [one.attributes["id"] for one in any_page.all() if "id" in one.attributes]
    wanted = [one.attributes["href"][1:] for one in any_page.all("a") if one.attributes["href"].startswith("#")]
    wanted += [name for one in any_page.all() for name in one.attributes.get("aria-labelledby", "").split()]

    assert len(ids) == len(set(ids))
    assert set(wanted) <= set(ids)


def test_page_can_be_found_through_by_headings_landmarks_and_tables(any_page: Element) -> None:
    levels = [int(one.tag[1]) for one in any_page.all() if re.fullmatch("h[1-6]", one.tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= before + 1 for before, later in pairwise(levels))
    assert [len(any_page.all(tag)) for tag in ("header", "main", "nav", "footer")] == [1, 1, 1, 1]
    assert next(iter(any_page.all("a"))).attributes["class"] == "skip"
    assert {one.attributes["scope"] for one in any_page.all("th")} == {"col", "row"}
    assert next(iter(any_page.all("html"))).attributes["lang"] == "en"


def test_findings_come_before_what_is_not_decided_and_that_before_what_passed(any_page: Element) -> None:
    sections = [one.attributes["id"] for one in any_page.all("section") if "id" in one.attributes]

    assert sections == ["verdict", "findings", "undecided", "unseen", "observations", "requirements", "untested"]


def test_what_hangs_on_a_finding_is_told_with_it_and_nowhere_else(never_applied: Run) -> None:
    page = _page(never_applied)
    first = _section(page, "findings").all("article")[0]
    hanging = {one.text for one in first.all("details", class_="hanging")[0].all("a")}
    elsewhere = {
        one.text for one in _section(page, "undecided").all("article", class_="reason") for one in one.all("a")
    }

    assert f"{len(hanging)} undecided because of this" in first.text
    assert len(hanging) > 30
    assert not hanging & elsewhere
    assert never_applied.judged.counts[Verdict.COULD_NOT_TEST] >= len(hanging | elsewhere)


def test_words_between_backticks_are_code(silent: Run) -> None:
    page = _page(silent)

    assert "setpoint doctor" in [code.text for code in page.all("code")]
    assert "`" not in _section(page, "undecided").text


def test_printed_pages_name_the_device_and_the_run_and_are_numbered(broken: Run) -> None:
    (style,) = _page(broken).all("style")
    head = "".join(re.findall(r'@top-left { content: "(.*)"; }', style.text))
    told = re.sub(r"\\([0-9a-f]+) ", lambda one: chr(int(one[1], 16)), head)

    assert told == f"AHU-1, udmi-1.5, sim+fails-early, {broken.judged.run.began}"
    assert 'counter(page) " of " counter(pages)' in style.text


@pytest.mark.parametrize(
    ("name", "outcome", "code"),
    [("healthy", "conforms", 0), ("broken", "does not conform", 1), ("silent", "undecided", 2)],
)
def test_verdict_comes_first(request: pytest.FixtureRequest, name: str, outcome: str, code: int) -> None:
    run: Run = request.getfixturevalue(name)
    page = _page(run)
    stamp = page.all("p", class_="stamp")[0].text

    assert page.all("h1")[0].text == run.judged.sentence
    assert stamp == f"{outcome} exit code {code}"


def test_run_and_device_are_named(broken: Run) -> None:
    facts = _section(_page(broken), "verdict").text

    for known in ("SP-0001", "AHU simulator", "firmware 1.0", "sim+fails-early", " min "):
        assert known in facts
    assert broken.judged.run.profile_sha256 in facts
    assert broken.judged.run.driven_by in facts


def test_every_requirement_has_a_row_with_its_verdict(broken: Run) -> None:
    rows = _section(_page(broken), "requirements").all("tr")[0:]
    told = {
        row.all("span", class_="id")[0].text: (row.attributes["data-verdict"], row.all("td")[0].text)
        for row in rows
        if row.all("td")
    }

    assert {name: verdict for name, (verdict, _) in told.items()} == {
        one.id: one.verdict for one in broken.judged.requirements
    }
    assert all(verdict_words(Verdict(verdict)) in cell for verdict, cell in told.values())


def test_finding_has_story_clause_picture_message_and_command(broken: Run) -> None:
    (case,) = _section(_page(broken), "findings").all("article")

    assert case.all("p", class_="said")[0].text.endswith("at 60 s, give or take 5, but after 20.0 s.")
    assert "20.0 s  failure   <- here" in case.all("mark")[0].text
    assert case.all("p", class_="clause")[0].text.startswith("A write that has not settled after 60 s")
    assert "▼ decided at 20.0 s" in [text.text for text in case.all("svg")[0].all("text")]
    assert '"value_state": "failure"' in case.all("li", class_="decisive")[0].text
    assert case.all("pre", class_="command")[0].text == (
        "pytest suites/ --device=sim --variant=fails-early --clock=virtual --only=writeback.failure-after-a-minute"
    )


def test_command_of_a_finding_finds_it_again(broken: Run, tmp_path: Path) -> None:
    command = _page(broken).all("pre", class_="command")[0].text

    again = run_suites(tmp_path, *command.split()[2:])

    assert list(again.verdicts.values()) == ["fail"]


def test_silent_device_has_one_reason_for_all(silent: Run) -> None:
    (reason,) = _section(_page(silent), "undecided").all("article", class_="reason")
    (out_of_view,) = _section(_page(silent), "unseen").all("article", class_="reason")

    told = len(reason.all("li"))

    assert told > 60
    assert f"{told} requirements" in reason.all("h3")[0].text
    assert "listens://" in out_of_view.text
    assert _section(_page(silent), "findings").all("article") == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("healthy", "Nothing that was judged was found broken."),
        ("silent", "Nothing was decided, so nothing was found broken."),
    ],
)
def test_findings_that_there_are_none_of_are_told_with_how_much_that_means(
    request: pytest.FixtureRequest, name: str, told: str
) -> None:
    assert told in _section(_page(request.getfixturevalue(name)), "findings").text


def test_clauses_that_no_test_decides_come_last_and_are_counted_first(healthy: Run) -> None:
    count = len(healthy.judged.not_judged)

    assert f"No test decides {count} more clauses" in _section(_page(healthy), "undecided").text
    assert len(_section(_page(healthy), "untested").all("dt")) == count


def test_conforming_page_is_small(healthy: Run) -> None:
    assert (healthy.folder / "report.html").stat().st_size < 210_000


def test_page_without_the_trace_says_what_it_lacks(broken: Run, tmp_path: Path) -> None:
    page = _made(broken, tmp_path)

    assert "no trace.ndjson lies beside results.json" in page.all("p", class_="alert")[0].text
    assert page.all("svg", class_="timeline") == []
    assert len(page.all("pre", class_="command")) == 1


@pytest.mark.parametrize("content", [b"", b"nonsense\n", b"\xff\n"])
def test_page_beside_a_broken_trace_says_so(broken: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "trace.ndjson").write_bytes(content)

    assert "cannot be read" in _made(broken, tmp_path).all("p", class_="alert")[0].text


def test_page_beside_the_trace_of_another_run_says_so(broken: Run, healthy: Run, tmp_path: Path) -> None:
    shutil.copy(healthy.folder / "trace.ndjson", tmp_path)

    assert "is of another run" in _made(broken, tmp_path).all("p", class_="alert")[0].text


def test_page_of_scenes_at_hand_needs_no_trace(broken: Run, tmp_path: Path) -> None:
    records = read_trace(broken.folder)

    at_hand = {TRACE: Scenes.of_run(reader_for(records).read(records))}
    write_html(read_results(broken.folder / "results.json"), tmp_path, at_hand)

    assert (tmp_path / "report.html").read_bytes() == (broken.folder / "report.html").read_bytes()


def test_results_of_the_first_format_still_make_a_page(broken: Run, tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text(json.dumps(first_format(broken.judged)), encoding="utf-8")
    shutil.copy(broken.folder / "trace.ndjson", tmp_path)

    write_html(read_results(tmp_path / "results.json"), tmp_path)
    page = parsed((tmp_path / "report.html").read_text(encoding="utf-8"))

    assert len(_section(page, "findings").all("svg", class_="timeline")) == 2


def test_row_of_what_could_not_be_tested_has_the_reason(silent: Run) -> None:
    rows = [row for row in _section(_page(silent), "requirements").all("tr") if "could not test" in row.text]

    judgements = [judgement for row in rows for judgement in row.all("li")]
    assert len(judgements) > 100
    assert [judgement.text for judgement in judgements if ": " not in judgement.text] == []
