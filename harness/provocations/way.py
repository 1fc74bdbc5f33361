"""Ways of a profile to bring a condition about."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from harness.payload.values import JSON
from harness.provocations.provocation import Provocation


@dataclass(frozen=True, slots=True)
class ShellCommand:
    """A program and its arguments. It is run without a shell; it has done it when it ends with 0."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A POST of JSON. It is done when the answer is a 2xx.

    `token_env`, `token_file`: where the token stands that is sent along; never the token itself.
    """

    url: str
    body: Mapping[str, Any] | None = None
    token_env: str | None = None
    token_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Asked of whoever stands at the device, who has so many seconds to do it."""

    text: str
    within: float = 300.0


Way: TypeAlias = ShellCommand | Call | Question


def way(raw: Mapping[str, Any]) -> Way:
    """From the profile: a table with just one of the keys command, http and ask."""
    if "command" in raw:
        return ShellCommand(tuple(raw["command"]))
    if "http" in raw:
        file = Path(raw["token_file"]) if "token_file" in raw else None
        return Call(raw["http"], raw.get("body"), raw.get("token_env"), file)
    return Question(raw["ask"], raw["within"]) if "within" in raw else Question(raw["ask"])


def ways_in(profile: Mapping[str, Any]) -> Mapping[str, Way]:
    """Every way in a profile's table `provocations`, by the name of what it brings about."""
    return {name: way(entry) for name, entry in profile.get("provocations", {}).items()}


def words_of(device: str, provocation: Provocation) -> Mapping[str, JSON]:
    """The words that may stand in braces in a way: {id}, and those that the provocation offers."""
    return {"id": device, **provocation.words}


def json_of(content: object, words: Mapping[str, JSON]) -> object:
    """The content of a body, with each {word} replaced. A word alone becomes the value itself, such as a number."""
    alone = next((word for word in words if content == f"{{{word}}}"), None)
    if alone is not None:
        return words[alone]
    return filled_in(content, words) if isinstance(content, str) else content


def filled_in(text: str, words: Mapping[str, JSON]) -> str:
    """The text with each {word} replaced. Only known words are; all other braces stay, as in JSON."""
    for word, meaning in words.items():
        text = text.replace(f"{{{word}}}", text_of(meaning))
    return text


def text_of(meaning: JSON) -> str:
    """A word as it stands in a text."""
    return meaning if isinstance(meaning, str) else json.dumps(meaning)
