"""The documents speak of the tree as it is: each file that they name exists, and each decision is listed once."""

import re
from pathlib import Path

import pytest

from tests.runs import ROOT

DECISIONS = ROOT / "docs" / "decisions"
ROOT_DOCUMENTS = [ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", ROOT / "README.md"]
DOCUMENTS = [*ROOT_DOCUMENTS, *sorted(DECISIONS.glob("*.md"))]
TREES = ("harness", "simulator", "suites", "fixtures", "tests", "live", "docs", "benchmarks")
FILES = [*ROOT.iterdir(), *(file for tree in TREES for file in (ROOT / tree).rglob("*"))]
PATHS = {f"/{file.relative_to(ROOT)}" for file in FILES if "__pycache__" not in file.parts}
NAMED = re.compile(r"`([a-z][\w./-]*(?:\.(?:py|html)|/))`")
OWN = re.compile(r"(?:harness|simulator|suites|fixtures|tests|live|docs|benchmarks)/|[\w-]+\.(?:py|html)$")
MADE = {"report.html"}  # by a run


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_file_that_a_document_names_exists(document: Path) -> None:
    named = {
        name.rstrip("/")
        for name in NAMED.findall(document.read_text(encoding="utf-8"))
        if OWN.match(name) and "NAME" not in name
    }

    assert not [name for name in sorted(named - MADE) if not any(file.endswith(f"/{name}") for file in PATHS)]


def test_every_decision_is_listed_once_in_order() -> None:
    listed = re.findall(
        r"^\| \[(\d{4})\]\((.*?)\)", (DECISIONS / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    pages = sorted(file.name for file in DECISIONS.glob("0*.md"))

    assert [page for _, page in listed] == pages
    assert [number for number, _ in listed] == [page[:4] for page in pages]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_within_the_project_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))

    assert not [link for link in links if not (document.parent / link).exists()]
