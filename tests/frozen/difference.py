"""Says which verdict, figure or record moved: below each judgement, the lines that it lost and those that it gained."""

from collections.abc import Callable, Iterator, Mapping
from difflib import ndiff

_INDENT = "  "


def difference(frozen: str, now: str, payload: Callable[[str], str | None]) -> Iterator[str]:
    """Nothing where both are the same. `payload` gives what a record of that hash carries, as far as it is known."""
    old, new = _blocks(frozen), _blocks(now)
    for title in dict.fromkeys((*old, *new)):
        lines = [line for line in ndiff(old.get(title, []), new.get(title, [])) if line[0] in "-+"]
        if lines:
            yield title
            for line in lines:
                yield f"    {line}"
                content = payload(line.rpartition("#")[2]) if "#" in line else None
                yield from [f"        {content}"] if content else []


def _blocks(text: str) -> Mapping[str, list[str]]:
    """The verdict and the figures of each requirement and judgement, by `requirement` and `requirement judgement`."""
    blocks: dict[str, list[str]] = {}
    requirement = block = ""
    for line in text.splitlines():
        name, _, verdict = line.strip().partition(": ")
        if not line.startswith(_INDENT):
            requirement = block = name
        elif not line.startswith(_INDENT * 2):
            block = f"{requirement} {name}"
        else:
            blocks[block].append(line.strip())
            continue
        blocks[block] = [verdict]
    return blocks
