"""Puts questions to whoever stands at the device, without stopping the loop; a script may answer in their place."""

import asyncio
import os
import sys
from collections.abc import Callable

from harness.provocations.provocation import NobodyAnswered

_YES = {"", "y", "yes", "done"}


async def ask(question: str, show: Callable[[str], None], source: int | None = None) -> bool:
    """Show it, and wait for a line on standard input (or on the file descriptor `source`).

    Enter, y, yes or done: it was done. Anything else means that it cannot be done. Raises NobodyAnswered at the end of
    the input, and where there is no input at all.
    """
    show(f"{question}\n  Enter when it is done, n if it cannot be done: ")
    try:
        answer = await _line(sys.__stdin__.fileno() if source is None and sys.__stdin__ else source or 0)
    except (OSError, ValueError) as error:  # closed, or taken away by whatever started us
        raise NobodyAnswered("there is no standard input") from error
    if answer is None:
        raise NobodyAnswered
    return answer.strip().lower() in _YES


async def _line(source: int) -> str | None:
    """The next line, the last with or without its end; None where none is left.

    Read byte by byte, as what follows answers the next question.
    """
    line = b""
    while not line.endswith(b"\n"):
        await _readable(source)
        byte = os.read(source, 1)
        if not byte:
            break
        line += byte
    return line.decode(errors="replace") if line else None


async def _readable(source: int) -> None:
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    try:
        loop.add_reader(source, ready.set)
    except PermissionError:  # a plain file is always readable, and epoll wants none
        return
    try:
        await ready.wait()
    finally:
        loop.remove_reader(source)
