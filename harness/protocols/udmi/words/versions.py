"""Versions that a message may carry, from UDMI 1 on: numbers, and perhaps the name of a build."""

import re

_VERSION = re.compile(r"\d+(\.\d+){0,3}(-[0-9A-Za-z][-.0-9A-Za-z]*)?", re.ASCII)


def is_version(text: str) -> bool:
    """Whether it names a version, such as 1.5.7, 1.5 or 1.5.7-12-g3fc8b6d; UDMI's readers take no other form."""
    return bool(_VERSION.fullmatch(text))
