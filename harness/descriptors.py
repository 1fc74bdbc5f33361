"""File descriptors: each connection takes one. Strangers have a share of them, and that none is left is said once."""

import asyncio
import errno
import resource
from collections.abc import Callable
from typing import Any

_SHARE = 4  # of the descriptors that this process may have, one in so many is for strangers


def for_strangers(most: int) -> int:
    """The connections that strangers may have at once: `most`, or fewer where this process may have few descriptors."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return most if allowed == resource.RLIM_INFINITY else max(1, min(most, allowed // _SHARE))


class WantOfDescriptors:
    """Says once that descriptors are used up: asyncio would say it for each that it cannot accept, with a traceback."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say, self._is_said = say, False

    def handle(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Handle the context as the loop's exception handler."""
        error = context.get("exception")
        if not isinstance(error, OSError) or error.errno not in (errno.EMFILE, errno.ENFILE):
            loop.default_exception_handler(context)
        elif not self._is_said:
            self._is_said = True
            self._say("too many open files: nobody else can connect for now; `ulimit -n 4096` allows more")
