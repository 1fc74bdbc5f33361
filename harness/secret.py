"""Words that must not stand on a command line, where every user of the machine can read them."""

import os
from pathlib import Path

from harness.errors import UsageError


def secret(variable: str, file: Path | None) -> str | None:
    """From the file's first line, or else from the environment; None where neither is there."""
    if file is None:
        return os.environ.get(variable) or None
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{file} is not UTF-8 text") from error
    if not lines or not lines[0]:
        raise UsageError(f"{file} is empty on its first line; it should hold what else would stand in {variable}")
    return lines[0]
