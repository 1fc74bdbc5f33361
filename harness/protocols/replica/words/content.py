"""The content of a message of a replica: any bytes at all, read to JSON as far as they are JSON. Pure."""

from harness.payload.json_text import parse
from harness.payload.values import JSON

Object = dict[str, JSON]


def object_in(payload: bytes) -> Object | None:
    """The JSON object that it is; None: it is none."""
    try:
        content, strange = parse(payload.decode())
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) and not strange else None


def object_at(content: JSON, *path: str) -> Object | None:
    """The object at that path of names; None where there is none."""
    for name in path:
        content = content.get(name) if isinstance(content, dict) else None
    return content if isinstance(content, dict) else None


def whole_number(value: JSON) -> int | None:
    """The whole number that it is, written as 1 or as 1.0: JSON knows one kind of number. None: it is none."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def levels_of(content: JSON) -> int:
    """How many levels of objects and lists lie in one another: 0 in a scalar. JSON may go a thousand deep."""
    deepest, waiting = 0, [(content, 1)]
    while waiting:
        part, level = waiting.pop()
        if isinstance(part, dict | list):
            deepest = max(deepest, level)
            waiting += [(inner, level + 1) for inner in (part.values() if isinstance(part, dict) else part)]
    return deepest
