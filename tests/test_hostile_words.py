"""A device whose every string means harm to whoever prints it: what it says is told as text, on every page."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, parse

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.judging.reader import DeviceFacts
from harness.judging.requirements.requirement import Catalogue
from harness.judging.timing.window import within
from harness.judging.verdicts.finding import Finding
from harness.judging.verdicts.verdict import Level
from harness.protocols.udmi.judging.episode import Episode, episodes_of
from harness.protocols.udmi.judging.whole_run import whole_run_of
from harness.protocols.udmi.words.messages import Status, ValueState
from harness.record.kinds import Received, Record
from harness.record.lines import from_line, to_line
from harness.report.making import results_of, subject_results
from harness.report.markdown import write_markdown
from harness.report.reading import read_results
from harness.report.results import Results
from harness.report.run_folder import write_all
from harness.report.scope import Selection
from harness.text import markdown_text
from tests.hostile import CDATA, ESCAPE, LINES, MARKUP, TABLE, WORDS, device_with_hostile_words, driven
from tests.report.made_results import finding, requirement
from tests.report.made_results import subject_results as subject_results_of
from tests.report.page.parsed_html import TAGS, parsed
from tests.udmi_1_5 import decode_state

CATALOGUE = Catalogue.read()
JUDGED = "writeback.applied"
KINDS = ("writable", "read_only", "overridden", "faulty", "stuck")
PAGES = ("results.json", "junit.xml", "summary.md", "report.html")
MARKS = re.compile(r"[\\`*_{}\[\]<>#|!~&$]")
ESCAPED = re.compile(r"\\.")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    """Every scenario of the suites, driven against it."""
    return driven(device_with_hostile_words(), tmp_path_factory.mktemp("words") / "trace.ndjson")


@pytest.fixture(scope="module")
def results(records: list[Record]) -> Results:
    """Of judgements that want of every point what it does not do; so each has a story."""
    episode = episodes_of(records)["many_points"]
    findings = [_finding(episode, kind, _becomes(kind)) for kind in KINDS]
    findings.append(_finding(episode, "line", lambda one: one.statuses_beside().have_one_line_messages()))
    return results_of([subject_results(whole_run_of(records), findings, CATALOGUE, Selection({JUDGED: len(findings)}))])


@pytest.fixture(scope="module")
def folder(records: list[Record], results: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of every page of those results."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "trace.ndjson").write_text("".join(f"{to_line(record)}\n" for record in records), encoding="utf-8")
    write_all(results, folder)
    return folder


@pytest.fixture
def junit(folder: Path) -> Element:
    """`junit.xml`, parsed."""
    root = parse(folder / "junit.xml").getroot()  # noqa: S314 - our own file, and whether it parses is the question
    assert root is not None
    return root


@pytest.fixture
def markdown(folder: Path) -> list[str]:
    """The lines of `summary.md`."""
    return (folder / "summary.md").read_bytes().decode("utf-8").removesuffix("\n").split("\n")


def _becomes(kind: str) -> Callable[[Episode], object]:
    return lambda episode: episode.write(kind).becomes(ValueState.INITIALIZING, within(1))


def _finding(episode: Episode, name: str, judgement: Callable[[Episode], object]) -> Finding:
    with pytest.raises(AssertionError) as wrong:
        judgement(episode)
    return Finding.of(
        CATALOGUE[JUDGED], Level.MUST, f"suites/t.py::test_{name}", wrong.value, {"many_points": episode.evidence}
    )


def test_hostile_words_arrive_as_they_are(records: list[Record]) -> None:
    states = [decode_state(r.payload) for r in records if isinstance(r, Received) and r.topic.endswith("/state")]
    statuses = [state.point(CDATA).status for state in states]

    assert any(set(state.points) >= set(WORDS) for state in states)  # a config may list fewer
    assert f"Point {CDATA} {LINES}" in [status.message for status in statuses if isinstance(status, Status)]


def test_records_of_hostile_words_read_back(records: list[Record]) -> None:
    assert [from_line(to_line(record)) for record in records[1:]] == records[1:]


def test_results_keep_hostile_words_as_they_are(results: Results) -> None:
    assert results.subjects[0].device == DeviceFacts(
        id="<b>AHU|1</b>",
        make=ESCAPE,
        model=MARKUP,
        serial_no=TABLE,
        software={"firmware": CDATA, ESCAPE: LINES},
    )


def test_results_with_hostile_words_are_such_as_the_schema_wants(results: Results, folder: Path) -> None:
    assert read_results(folder / "results.json") == results


@pytest.mark.parametrize("page", PAGES)
def test_page_with_hostile_words_can_be_made_again(folder: Path, tmp_path: Path, page: str) -> None:
    shutil.copy(folder / "trace.ndjson", tmp_path)

    write_all(read_results(folder / "results.json"), tmp_path)

    assert (tmp_path / page).read_bytes() == (folder / page).read_bytes()


def test_junit_has_a_failure_for_every_story(junit: Element) -> None:
    assert len(list(junit.iter("failure"))) == len(KINDS) + 1


def test_junit_has_no_element_that_a_device_made_up(junit: Element) -> None:
    known = {"testsuites", "testsuite", "testcase", "properties", "property", "failure"}

    assert {element.tag for element in junit.iter()} == known


@pytest.mark.parametrize("word", [MARKUP, TABLE, CDATA.replace("\ud800", "\\ud800"), "\\x1b[31mred"])
def test_junit_tells_hostile_words_as_text(junit: Element, word: str) -> None:
    stories = [failure.text or "" for failure in junit.iter("failure")]

    assert [story for story in stories if story.startswith(f"{word} should become initializing")] != []


def test_markdown_is_printable_throughout(markdown: list[str]) -> None:
    assert [line for line in markdown if not line.isprintable()] == []


@pytest.mark.parametrize(
    "escaped_word",
    [
        r"\<b\>AHU\|1\</b\>",
        r"\\x1b\[31mred",
        r"\<script\>alert(1)\</script\>",
        r"\| md \| \`x\` \| \[a\](b) \&lt;",
        r"sim:\<b\>\|",
    ],
)
def test_markdown_escapes_what_a_device_says_of_itself(markdown: list[str], escaped_word: str) -> None:
    (device,) = [line for line in markdown if line.startswith("Device ")]

    assert escaped_word in device


def test_markdown_has_no_markup_that_a_device_made_up(markdown: list[str]) -> None:
    ours = [re.sub(r"\\.|`[^`]*`", "", line) for line in markdown if not line.startswith("    ")]

    assert [line for line in ours if re.search(r"[<>\[\]&]", line)] == []
    assert [line for line in ours if line.count("|") not in (0, 5)] == []


def test_markdown_has_no_heading_that_a_device_made_up(markdown: list[str]) -> None:
    headings = [line.partition(" ")[2] for line in markdown if line.startswith("#")]

    assert [heading for heading in headings if not heading.startswith(("\\<b\\>", "`", "Fail", "Req", "Not"))] == []


@pytest.mark.parametrize("word", [MARKUP, TABLE])
def test_markdown_tells_stories_as_code(markdown: list[str], word: str) -> None:
    assert f"    {word} should become initializing within 1 s, but never did." in markdown


@pytest.mark.parametrize("story", ["\ud800", "a\x1b[2Jb", "\x00", "a\rb", "a\x85b\u2028c"], ids=ascii)
def test_markdown_can_be_written_whatever_a_story_holds(tmp_path: Path, story: str) -> None:
    told = subject_results_of(requirement("a.one", "fail", finding("fail", story)))

    write_markdown(results_of([told]), tmp_path / "summary.md")

    assert (tmp_path / "summary.md").read_bytes().decode("utf-8").replace("\n", "").isprintable()


def test_html_draws_every_story_without_an_element_that_a_device_made_up(folder: Path) -> None:
    root = parsed((folder / "report.html").read_text(encoding="utf-8"))

    assert len(root.all("svg", class_="timeline")) == 2 * (len(KINDS) + 1)
    assert {one.tag for one in root.all()} <= TAGS
    assert (folder / "report.html").read_text(encoding="utf-8").replace("\n", "").isprintable()


@pytest.mark.parametrize("word", [MARKUP, TABLE, "]]>&\\ud800", "\\x1b[31mred"])
def test_html_tells_hostile_words_as_text(folder: Path, word: str) -> None:
    root = parsed((folder / "report.html").read_text(encoding="utf-8"))
    stories = [story.text for story in root.all("p", class_="said")]

    assert f"{word} should become initializing within 1 s, but never did." in stories


@given(st.text(st.characters()))
@settings(derandomize=True, deadline=None, database=None)
def test_text_stays_text_in_markdown(text: str) -> None:
    line = markdown_text(text)

    assert line.isprintable()
    assert MARKS.findall(ESCAPED.sub("", line)) == []
