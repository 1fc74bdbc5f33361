"""What the operator sees while a device is driven: a line that ticks on a terminal, plain lines elsewhere."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from harness.clock import Clock
from harness.driving.person import ask
from harness.driving.progress import Progress


class Lines:
    """A line per scenario, and one for whatever is waited for unusually long."""

    def __init__(self, console: Console, count: int) -> None:
        self._console, self._count = console, count
        self._played: set[str] = set()
        self._still: asyncio.TimerHandle | None = None

    def scenario(self, name: str) -> None:
        """Which, and of how many. One that is driven again is no further one."""
        self._played.add(name)
        self._hurries_on()
        self.tell(f"driving {len(self._played)}/{self._count} {name}")

    def waits(self, fact: str, at_most: float) -> None:
        """Not a line of its own, unless it takes long."""
        self._hurries_on()
        if at_most > _LONG:
            still = f"  {_LONG} s so far: until {fact}, at most {at_most:g} s"
            self._still = asyncio.get_running_loop().call_later(_LONG, self.tell, still)

    def _hurries_on(self) -> None:
        """What was waited for has come, or is waited for no more."""
        if self._still:
            self._still.cancel()

    def tell(self, line: str) -> None:
        """As it is; whatever stands in it is no markup."""
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)

    async def ask(self, question: str) -> bool:
        """On standard input."""
        self._hurries_on()
        return await ask(question, self.tell)


class Ticking(Lines):
    """The line says what is waited for, and for how long already."""

    def __init__(self, console: Console, count: int, bar: Bar) -> None:
        super().__init__(console, count)
        self._bar, self._task = bar, bar.add_task("connecting", total=None)

    def waits(self, fact: str, at_most: float) -> None:
        """The clock starts anew."""
        self._bar.reset(self._task, description=escape(f"until {fact}, at most {at_most:g} s"))

    async def ask(self, question: str) -> bool:
        """Without a line that ticks over what is typed."""
        self._bar.stop()
        try:
            return await super().ask(question)
        finally:
            self._bar.start()


class Virtual(Lines):
    """In virtual time nobody has the time to read."""

    def scenario(self, name: str) -> None:
        """Not shown."""

    def waits(self, fact: str, at_most: float) -> None:
        """Not shown."""


_LONG = 10  # seconds


@contextmanager
def shown(config: pytest.Config, clock: Clock, count: int) -> Iterator[Progress]:
    """What suits clock and terminal. Standard input is the operator's as long as the block lasts; output is already."""
    capture = config.pluginmanager.get_plugin("capturemanager")
    if capture:
        capture.suspend_global_capture(in_=True)
    try:
        console = Console()
        if clock is Clock.VIRTUAL:
            lines = Virtual(console, count)
            lines.tell(f"driving {count} {'scenario' if count == 1 else 'scenarios'} in virtual time")
            yield lines
        elif console.is_terminal:
            columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            with Bar(*columns, console=console, transient=True) as bar:
                yield Ticking(bar.console, count, bar)
        else:
            yield Lines(console, count)
    finally:
        if capture:
            capture.resume_global_capture()
            capture.suspend_global_capture()  # as it was between two tests: else pytest's next words are lost
