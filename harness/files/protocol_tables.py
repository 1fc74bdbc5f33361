"""Several protocols in one profile: the top level is one protocol's, and of each other there is a table of its name.

A table of a protocol that is installed is no key of the top level. A protocol that has a table in the file is declared
by that, and by nothing else in it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.offers import PROTOCOLS, offers


@dataclass(frozen=True, slots=True)
class DeclaredProtocols:
    """The protocols that a profile declares. `named`: by a table of their own; `has_top_level`: one beside them."""

    named: frozenset[str] = frozenset()
    has_top_level: bool = True


def declared_in(profile: Path | None) -> DeclaredProtocols:
    """Of a file that is no TOML, and of none at all: the top level. What is amiss with it, its reader tells."""
    try:
        content = tomllib.loads(profile.read_text(encoding="utf-8-sig")) if profile else {}
    except (OSError, ValueError):
        content = {}
    named = content.keys() & offers(PROTOCOLS).keys()
    return DeclaredProtocols(frozenset(named), has_top_level=not named or bool(content.keys() - named))


def part_of(protocol: str, content: Mapping[str, Any]) -> tuple[Any, tuple[str, ...]]:
    """The part of a file on that protocol, and the place where it stands; without a protocol, the whole file."""
    if not protocol:
        return content, ()
    if protocol in content:
        return content[protocol], (protocol,)
    others = offers(PROTOCOLS)
    return {key: value for key, value in content.items() if key not in others}, ()
