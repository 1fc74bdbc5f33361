"""Modules and classes bear the field's words, and one class name means one thing.

The project once had a vocabulary of its own. A name of it that comes back would hide a term of the field. Five are left
out, as the field says them of something else: `account`, `choice`, `reader`, `reading`, `words`.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runs import ROOT

SHIPPED = ("harness", "simulator", "suites")
OURS = (*SHIPPED, "tests", "live", "benchmarks", "docs")
# fmt: off
OLD = frozenset({
    "absences", "accent", "act", "altering", "asked_units", "askew", "asking", "attempt", "attention", "bench",
    "beyond", "brief", "concern", "conditions", "connecting", "dialect", "door", "ear", "errors_told", "followed",
    "giving_up", "greeting", "hello", "instant", "interference", "jury", "kept", "knock", "lasting", "ledger",
    "leftovers", "life", "listing", "lookout", "manners", "margin", "means", "membership", "mended", "misfit",
    "misfits", "odd", "outage", "paced", "play", "presence", "pretty", "reach", "reported", "reporting", "road",
    "roads", "seen", "shown", "sight", "sights", "sound", "speaking", "spelling", "spellings", "stage", "stand",
    "statuses", "stranger", "taking_in", "term", "trouble", "troubled", "utterance", "utterances", "visible", "visit",
    "where", "witness", "wording",
})
# fmt: on
SPECIALISED = {"Case", "Episode", "History", "WholeRun"}  # a plug's extends the instrument's of that name
OF_EACH_SUBJECT = {"Limits"}  # of its suites: the instrument imports them by that name

FILES = {tree: sorted((ROOT / tree).rglob("*.py")) for tree in OURS}


@pytest.mark.parametrize("tree", OURS)
def test_no_module_has_a_name_of_the_old_vocabulary(tree: str) -> None:
    prefix = "" if tree == "suites" else "test_"  # a file of a suite is a chapter of its specification

    names = {str(file.relative_to(ROOT)): file.stem.removeprefix(prefix) for file in FILES[tree]}

    assert names
    assert not [file for file, name in names.items() if name in OLD]


@pytest.mark.parametrize("tree", OURS)
def test_no_class_has_a_name_of_the_old_vocabulary(tree: str) -> None:
    assert not [f"{file.relative_to(ROOT)}: {name}" for file in FILES[tree] for name in _classes(file) if _old(name)]


def test_class_name_means_one_thing_within_the_instrument_and_a_plug() -> None:
    plugs = {file.parent.name for file in (ROOT / "harness" / "protocols").glob("*/__init__.py")}

    shared = {plug: dict(_shared(plug, plugs)) for plug in plugs}

    assert "udmi" in shared
    assert not {plug: names for plug, names in shared.items() if names}


def _shared(plug: str, plugs: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Names that several classes have among those of the instrument and of that plug, and where they are defined."""
    places = defaultdict[str, list[str]](list)
    for file in (file for tree in SHIPPED for file in FILES[tree]):
        if not (plugs - {plug}).intersection(file.relative_to(ROOT).parts):
            for name in _classes(file):
                places[name].append(str(file.relative_to(ROOT)))
    assert len(places) > 300
    return (
        (name, found) for name, found in places.items() if len(found) > 1 and name not in SPECIALISED | OF_EACH_SUBJECT
    )


def _classes(file: Path) -> list[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def _old(name: str) -> bool:
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).strip("_")
    return words in OLD


def test_no_docstring_begins_with_a_question_word() -> None:
    docstrings = [(file, text) for tree in OURS for file in FILES[tree] for text in _docstrings(file)]

    beginnings = [f"{file.relative_to(ROOT)}: {text[:60]}" for file, text in docstrings if _QUESTION.match(text)]

    assert len(docstrings) > 5000
    assert not beginnings


def _docstrings(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


_QUESTION = re.compile(r"(Who|Whoever|Whose|What|Whatever|Where)\b")
