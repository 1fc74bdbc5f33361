"""The same JSON in other words: what the order of fields, white space and the form of numbers and times leave open."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from harness.payload.values import JSON

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class JsonStyle:
    """`gap`: white space wherever JSON allows it. Numbers and texts are spelt as JSON, instants are texts."""

    order: Callable[[Iterable[str]], Iterable[str]] = lambda names: names
    gap: str = ""
    number: Callable[[float], str] = json.dumps
    text: Callable[[str], str] = json.dumps
    timestamp: Callable[[str], str] = lambda text: text

    def respell(self, payload: bytes) -> bytes:
        """The payload respelt, with the same meaning; a payload that is no JSON stays as it is."""
        return self._spelt(json.loads(payload)).encode()

    def _spelt(self, raw: JSON) -> str:
        match raw:
            case dict():
                fields = (f"{self.text(name)}{self.gap}:{self.gap}{self._spelt(raw[name])}" for name in self.order(raw))
                return self._inside("{", fields, "}")
            case list():
                return self._inside("[", map(self._spelt, raw), "]")
            case str():
                return self.text(self.timestamp(raw) if _TIMESTAMP.fullmatch(raw) else raw)
            case None | bool():
                return json.dumps(raw)
            case _:
                return self.number(raw)

    def _inside(self, start: str, parts: Iterable[str], end: str) -> str:
        return f"{start}{self.gap}{f'{self.gap},{self.gap}'.join(parts)}{self.gap}{end}"
