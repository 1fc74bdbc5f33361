"""The sources of requirements: which document, in which version, and where anybody can read it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.errors import UsageError
from harness.suggest import hinted

FILE = "sources.toml"  # beside the requirements of a protocol


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a requirement; `rows` are those of the fact tables that it stands for.

    `version`: of the document that was read, "" where nothing says so. `address`: where it can be read; None where it
    cannot, and `unpublished` then says why.
    """

    document: str
    section: str
    rows: tuple[str, ...]
    version: str = ""
    address: str | None = None
    unpublished: str | None = None

    def __str__(self) -> str:
        return f"{self.document}, {self.section}"


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document that requirements come from. `pages`: the end of the address of a section, by the section's name.

    That name goes up to the first comma or semicolon. A section that is not listed stands at the address itself.
    """

    version: str
    address: str | None = None
    unpublished: str | None = None
    pages: Mapping[str, str] = field(default_factory=dict)

    def source(self, document: str, section: str, rows: tuple[str, ...]) -> Source:
        """The source of a requirement that stands in that section."""
        page = None if self.address is None else self.address + self.pages.get(topic(section), "")
        return Source(document, section, rows, self.version, page, self.unpublished)


class SourceDocuments:
    """Those that a folder of requirements tells of, by name; none, where it has no such file."""

    def __init__(self, known: Mapping[str, SourceDocument] | None) -> None:
        self._known = known

    @classmethod
    def beside(cls, folder: Path) -> "SourceDocuments":
        """Those of the folder. Raises UsageError with the document that is amiss."""
        file = folder / FILE
        if not file.is_file():
            return cls(None)
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        return cls({name: _document(name, entry) for name, entry in content["document"].items()})

    def source(self, entry: Mapping[str, Any]) -> Source:
        """The source that a requirement's entry names. Raises KeyError, or ValueError for an unknown document."""
        name, section, rows = entry["document"], entry["section"], tuple(entry["rows"])
        if self._known is None:
            return Source(name, section, rows)
        if name not in self._known:
            raise ValueError(hinted(f"unknown document {name!r}", name, self._known))
        return self._known[name].source(name, section, rows)


def topic(section: str) -> str:
    """The name by which a page of a document is looked up."""
    return re.split("[,;]", section, maxsplit=1)[0].strip()


def _document(name: str, entry: Mapping[str, Any]) -> SourceDocument:
    address, unpublished = entry.get("address"), entry.get("unpublished")
    if (address is None) is (unpublished is None):
        raise UsageError(f"{FILE}, {name}: expected either an address, or why it is unpublished")
    if address is not None and not address.startswith("https://"):
        raise UsageError(f"{FILE}, {name}: the address {address!r} should begin with https://")
    return SourceDocument(entry["version"], address, unpublished, entry.get("pages", {}))
