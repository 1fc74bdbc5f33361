"""Results in which every string means harm, and hundreds of findings: the page has the elements that it always has."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from harness.report.making import results_of
from harness.report.page.html import page
from harness.report.results import Results
from tests.report.page.parsed_html import parsed
from tests.runs import Run, run_suites

pytestmark = pytest.mark.process

TOLD = ("sentence", "target", "broken_off", "driven_by", "judged_by", "began", "ended", "make", "model", "serial_no")
FOUND = ("gist", "source", "story", "judgement", "what", "required", "why", "point")
WORDS = [
    "</style></title></textarea><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)> ' onload=alert(1)",
    "--><!-- ]]> <![CDATA[ </svg> <?php",
    "{{ 7 * 7 }} {% include '/etc/passwd' %} ${x}",
    "\u202eevil\u2066 \x00\x08\x1b[2J\ufeff\ud800",
    "Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307 \u0645\u0631\u062d\u0628\u0627",
    "&lt;b&gt; &#x3c;script&#x3e; &amp;amp;",
    "x" * 1_000_000,
]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run with a finding."""
    return run_suites(tmp_path_factory.mktemp("broken"), "--variant", "fails-early")


def _forged(results: Results, word: str) -> Results:
    """The same, with the word in every field that could hold one."""
    return msgspec.convert(_with(word, msgspec.to_builtins(results)), Results)


def _with(word: str, content: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(content, list | tuple):
        return [word if isinstance(one, str) else _with(word, one) for one in content]
    if not isinstance(content, dict):
        return content
    return {
        name: word if name in (*TOLD, *FOUND) else {word: word} if name == "software" else _with(word, value)
        for name, value in content.items()
    }


def _tags(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.tag, tuple(one.attributes)) for one in parsed(text).all()]


@pytest.mark.parametrize("word", WORDS, ids=range(len(WORDS)))
def test_words_make_no_element_and_no_attribute(broken: Run, word: str) -> None:
    harmless, harmful = (page(_forged(broken.results, text)) for text in ("word", word))

    assert _tags(harmful) == _tags(harmless)
    assert len(harmful) < 1_500_000


@pytest.mark.parametrize("word", WORDS[:-1], ids=range(len(WORDS) - 1))
def test_page_prints_throughout(broken: Run, word: str) -> None:
    text = page(_forged(broken.results, word))

    assert text.replace("\n", "").replace("\N{ARABIC LETTER MEEM}", "").isprintable()
    assert text.encode("utf-8")


def test_page_says_what_the_words_were(broken: Run) -> None:
    text = parsed(page(_forged(broken.results, WORDS[0]))).text

    assert WORDS[0] in text


def test_page_with_hundreds_of_findings_stays_small(broken: Run, tmp_path: Path) -> None:
    told = [
        replace(one, findings=300 * one.findings) if one.verdict == "fail" else one
        for one in broken.judged.requirements
    ]
    results = results_of([replace(broken.judged, requirements=tuple(told))])
    file = tmp_path / "report.html"

    file.write_text(page(results), encoding="utf-8")

    assert len(parsed(file.read_text(encoding="utf-8")).all("article")) == 300 + 1  # and what is out of view
    assert file.stat().st_size < 1_000_000
