"""Files as strangers may send them: a line or a field of a good one is another, is gone, or stands twice."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from hypothesis import strategies as st

from harness.payload.values import JSON

Draw: TypeAlias = Callable[[st.SearchStrategy[int]], int]
Place: TypeAlias = tuple[str | int, ...]

ODD: Sequence[JSON] = (
    None, True, 0, -1, 5, 1e300, 10**400, 2**70, float("inf"), float("nan"),
    "", "x", "\ud800", "\x00\x1b[31m", [], {}, [[]], {"a": 1}, [None], ["a"],
)  # fmt: skip


@st.composite
def mutated_lines(draw: Draw, lines: Sequence[str]) -> bytes:
    """A trace in which one thing is amiss."""
    at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    mutations: Sequence[Callable[[], Sequence[str]]] = (
        lambda: [*lines[:at], *lines[at + 1 :]],
        lambda: [*lines[:other], lines[at], *lines[other:]],
        lambda: [*lines[:at], lines[other], *lines[at + 1 :]],
        lambda: lines[:at],
        lambda: [*lines[:at], lines[at][: len(lines[at]) // 2], *lines[at + 1 :]],
        lambda: [*lines[:at], _with_an_odd_field(draw, lines[at]), *lines[at + 1 :]],
        lambda: [*lines[:at], _with_an_odd_payload(draw, lines[at]), *lines[at + 1 :]],
        lambda: [_with_an_odd_field(draw, lines[0]), *lines[1:]],
    )
    mutated = mutations[draw(st.integers(0, len(mutations) - 1))]()
    return "".join(line + "\n" for line in mutated).encode("utf-8", "surrogatepass")


@st.composite
def mutated_json(draw: Draw, text: str) -> bytes:
    """A JSON file in which one field is odd, gone or beside another that nobody knows."""
    return _with_an_odd_field(draw, text).encode("utf-8", "surrogatepass")


def _with_an_odd_payload(draw: Draw, line: str) -> str:
    record = json.loads(line)
    if isinstance(record.get("payload"), str):
        record["payload"] = _with_an_odd_field(draw, record["payload"])
    return json.dumps(record)


def _with_an_odd_field(draw: Draw, text: str) -> str:
    try:
        content = json.loads(text)
    except ValueError:  # a payload that was broken on purpose
        return text
    places = [place for place in _places(content, ()) if place]
    if not places:
        return text
    *way, last = places[draw(st.integers(0, len(places) - 1))]
    block = content
    for name in way:
        block = block[name]
    what = draw(st.integers(-2, len(ODD) - 1))
    if what == -1:
        del block[last]
    elif isinstance(block, dict) and what < 0:
        block["nobody knows it"] = 1
    else:
        block[last] = ODD[what]
    return json.dumps(content)


def _places(content: JSON, at: Place) -> Iterator[Place]:
    yield at
    match content:
        case dict():
            for name, inner in content.items():
                yield from _places(inner, (*at, name))
        case list():
            for number, inner in enumerate(content):
                yield from _places(inner, (*at, number))
