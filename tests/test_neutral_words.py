"""The instrument knows no protocol, by its words too: identifiers, strings, comments and pages outside of the plugs."""

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runs import ROOT

HARNESS = ROOT / "harness"
PLUGS = HARNESS / "protocols"
PYTHON = [file for file in sorted(HARNESS.rglob("*.py")) if not file.is_relative_to(PLUGS)]
PAGES = [file for file in sorted((HARNESS / "report").rglob("*")) if file.suffix in (".j2", ".css")]

OF_UDMI = re.compile(
    r"\b(?:udmi|points?|pointsets?|telemetry|etags?|writebacks?|ahu"
    r"|value states?|set values?|sample rates?|last config|cov increment|site models?)\b"
)
_ENTRY_POINT = re.compile(r"\bentry points?\b")
_TOLD = {getattr(tokenize, name, None) for name in ("NAME", "STRING", "COMMENT", "FSTRING_MIDDLE")} - {None}

# What the instrument cannot call otherwise, and why.
ALLOWED = {
    "record/old_formats.py": {"point"},  # a key of traces of before
    "report/reading.py": {"point"},  # a key of results of before
    "report/results.py": {"point"},  # the same key, which readers of results know
    "report/page/svg.py": {"points"},  # an attribute of SVG
}


def words_in(text: str) -> str:
    """In small letters, with a space wherever a word of an identifier ends."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return re.sub(r"[^a-z0-9]+", " ", apart.lower())


def strange_words(text: str) -> set[str]:
    """Those of a protocol. An entry point is Python's."""
    return set(OF_UDMI.findall(_ENTRY_POINT.sub(" ", words_in(text))))


def _told(file: Path) -> Iterator[str]:
    """The identifiers, strings and comments of a module."""
    with file.open("rb") as lines:
        yield from (token.string for token in tokenize.tokenize(lines.readline) if token.type in _TOLD)


def test_instrument_is_looked_at() -> None:
    assert len(PYTHON) > 150
    assert len(PAGES) > 2


def test_code_of_the_instrument_has_no_word_of_a_protocol() -> None:
    found = {_name(file): set[str]().union(*map(strange_words, _told(file))) for file in PYTHON}
    strange = {name: words - ALLOWED.get(name, set()) for name, words in found.items()}

    assert not {name: words for name, words in strange.items() if words}
    assert ALLOWED.keys() <= {name for name, words in found.items() if words}


def test_pages_of_the_instrument_have_no_word_of_a_protocol() -> None:
    found = {_name(file): strange_words(file.read_text(encoding="utf-8")) for file in PAGES}

    assert not {name: words for name, words in found.items() if words}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("PointSetting", {"point"}),
        ("or_next_telemetry", {"telemetry"}),
        ("valueState", {"value state"}),
        ("state_etags", {"etags"}),
        ("What UDMI says", {"udmi"}),
        ("the sample\nrate of it", {"sample rate"}),
        ("an entry point, EntryPoint, entry_points", set()),
        ("appointed, pointed, disappoint", set()),
    ],
)
def test_word_is_found_however_it_is_written(text: str, words: set[str]) -> None:
    assert strange_words(text) == words


def _name(file: Path) -> str:
    return file.relative_to(HARNESS).as_posix()
