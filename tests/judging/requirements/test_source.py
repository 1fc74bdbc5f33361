"""The sources of requirements: every one can be followed, and a table that is amiss is told."""

import tomllib
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.judging.requirements.requirement import Catalogue
from harness.judging.requirements.source import FILE, SourceDocuments, topic
from harness.protocol import Protocol, protocols
from tests.judging.requirements.test_requirement import ENTRY, catalogue

TABLE = '[document."Writeback"]\nversion = "1"\naddress = "https://example.org/"\npages = { value_state = "write" }\n'


def test_source_has_the_version_and_the_address_of_its_section(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(TABLE, encoding="utf-8")

    source = catalogue(tmp_path, writeback=ENTRY)["writeback.applied"].source

    assert (source.version, source.address) == ("1", "https://example.org/write")


def test_source_needs_no_table(tmp_path: Path) -> None:
    source = catalogue(tmp_path, writeback=ENTRY)["writeback.applied"].source

    assert (source.version, source.address, source.unpublished) == ("", None, None)


def test_unknown_document_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(TABLE.replace("Writeback", "Writebacks"), encoding="utf-8")

    with pytest.raises(UsageError, match=r"writeback.toml, requirement 1: .* did you mean 'Writebacks'"):
        catalogue(tmp_path, writeback=ENTRY)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('version = "1"', "either an address, or why it is unpublished"),
        ('version = "1"\naddress = "https://a.b"\nunpublished = "so"', "either an address, or why it is unpublished"),
        ('version = "1"\naddress = "javascript:alert(1)"', "should begin with https://"),
    ],
    ids=["neither", "both", "no web address"],
)
def test_document_that_is_amiss_is_told(tmp_path: Path, table: str, told: str) -> None:
    (tmp_path / FILE).write_text(f"[document.A]\n{table}\n", encoding="utf-8")

    with pytest.raises(UsageError, match=f"{FILE}, A: .*{told}"):
        SourceDocuments.beside(tmp_path)


OURS = [plug for plug in protocols() if (plug.requirements / FILE).is_file()]


@pytest.mark.parametrize("plug", OURS, ids=lambda plug: plug.name)
def test_every_source_can_be_followed_or_says_why_not(plug: Protocol) -> None:
    for requirement in Catalogue.read(plug.requirements):
        assert requirement.source.version, requirement.id
        assert requirement.source.address or requirement.source.unpublished, requirement.id


@pytest.mark.parametrize("plug", OURS, ids=lambda plug: plug.name)
def test_document_of_several_pages_has_one_for_every_section_that_is_named(plug: Protocol) -> None:
    table = tomllib.loads((plug.requirements / FILE).read_text(encoding="utf-8"))["document"]
    of_pages = {name: entry["pages"] for name, entry in table.items() if entry.get("pages")}
    named = {(one.source.document, topic(one.source.section)) for one in Catalogue.read(plug.requirements)}

    assert [(name, page) for name, page in named if name in of_pages and page not in of_pages[name]] == []


@pytest.mark.parametrize("plug", OURS, ids=lambda plug: plug.name)
def test_table_lists_nothing_that_no_requirement_names(plug: Protocol) -> None:
    sources = [requirement.source for requirement in Catalogue.read(plug.requirements)]
    named = {(source.document, topic(source.section)) for source in sources}
    table = tomllib.loads((plug.requirements / FILE).read_text(encoding="utf-8"))["document"]

    assert set(table) == {document for document, _ in named}
    assert {(document, page) for document, entry in table.items() for page in entry.get("pages", {})} <= named
