"""Names of many machines that are alike in everything but their number."""

import re

_NUMBERED = re.compile(r"(.*?)(\d+)", re.ASCII)


def nth(name: str, place: int) -> str:
    """AHU-1 is followed by AHU-2, AHU-09 by AHU-10; where no number ends the name, -1, -2 … are appended."""
    found = _NUMBERED.fullmatch(name)
    if not found:
        return f"{name}-{place + 1}"
    stem, digits = found.groups()
    return f"{stem}{int(digits) + place:0{len(digits)}d}"
