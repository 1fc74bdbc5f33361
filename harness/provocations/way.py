"""What a profile says on how to bring a condition about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from harness.provoke import ChangeUnits, Provocation


@dataclass(frozen=True, slots=True)
class Command:
    """A program and its arguments. It is run without a shell; it has done it when it ends with 0."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A POST of JSON. It is done when the answer is a 2xx."""

    url: str
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Asked of whoever stands at the device."""

    text: str


Way: TypeAlias = Command | Call | Question


def way(raw: Mapping[str, Any]) -> Way:
    """From the profile: a table with just one of the keys command, http and ask."""
    if "command" in raw:
        return Command(tuple(raw["command"]))
    if "http" in raw:
        return Call(raw["http"], raw.get("body"))
    return Question(raw["ask"])


def words_of(device: str, provocation: Provocation) -> Mapping[str, str]:
    """What may stand in braces in a way: {id}, {point} and, where units are changed, {units}."""
    units = {"units": provocation.units} if isinstance(provocation, ChangeUnits) else {}
    return {"id": device, "point": provocation.point, **units}


def filled_in(text: str, words: Mapping[str, str]) -> str:
    """The text with each {word} replaced. Only known words are; all other braces stay, as in JSON."""
    for word, meaning in words.items():
        text = text.replace(f"{{{word}}}", meaning)
    return text
