"""Shows the operator how a drive goes on: a line that ticks on a terminal, plain lines elsewhere."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from harness.clock import Clock
from harness.driving.operator_prompt import ask
from harness.driving.progress import Progress
from harness.driving.time_left import words_for
from harness.text import counted


class Lines:
    """A line per scenario, and one for a wait that is unusually long."""

    def __init__(self, console: Console, count: int) -> None:
        self._console, self._count = console, count
        self._played: set[str] = set()
        self._still: asyncio.TimerHandle | None = None
        self._left = ""

    def left(self, seconds: float) -> None:
        """Told with the next scenario."""
        self._left = f" ({words_for(seconds)})"

    def scenario(self, name: str) -> None:
        """Which, of how many, and how long it goes on. One that is driven again is no further one."""
        self._played.add(name)
        self._hurries_on()
        self.tell(f"driving {len(self._played)}/{self._count} {name}{self._left}")

    def waits(self, fact: str, at_most: float) -> None:
        """Not a line of its own, unless it takes long."""
        self._hurries_on()
        if at_most > _UNUSUAL:
            still = f"  {_UNUSUAL} s so far: until {fact}, at most {at_most:g} s"
            self._still = asyncio.get_running_loop().call_later(_UNUSUAL, self.tell, still)

    def _hurries_on(self) -> None:
        """Stop showing the wait: it is over."""
        if self._still:
            self._still.cancel()

    def tell(self, line: str) -> None:
        """Print the line as it is, without markup."""
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)

    async def ask(self, question: str) -> bool:
        """On standard input."""
        self._hurries_on()
        return await ask(question, self.tell)


class Ticking(Lines):
    """The line names the awaited fact, and the seconds since the wait began."""

    def __init__(self, console: Console, count: int, bar: Bar) -> None:
        super().__init__(console, count)
        self._bar, self._task = bar, bar.add_task("connecting", total=None)

    def waits(self, fact: str, at_most: float) -> None:
        """The clock starts anew."""
        self._bar.reset(self._task, description=escape(f"until {fact}, at most {at_most:g} s{self._left}"))

    async def ask(self, question: str) -> bool:
        """Without a line that ticks over what is typed."""
        self._bar.stop()
        try:
            return await super().ask(question)
        finally:
            self._bar.start()


class Virtual(Lines):
    """Virtual time leaves no time to read, so waits are not shown."""

    def scenario(self, name: str) -> None:
        """Not shown."""

    def waits(self, fact: str, at_most: float) -> None:
        """Not shown."""


_UNUSUAL = 10  # seconds


@contextmanager
def shown(config: pytest.Config, clock: Clock, count: int, about: str = "") -> Iterator[Progress]:
    """The display for this clock and terminal; `about` is told first, unless it is empty.

    Standard input is the operator's while the block lasts.
    """
    capture = config.pluginmanager.get_plugin("capturemanager")
    if capture:
        capture.suspend_global_capture(in_=True)
    try:
        console = Console()
        if about:
            Lines(console, count).tell(about)
        if clock is Clock.VIRTUAL:
            lines = Virtual(console, count)
            lines.tell(f"driving {counted(count, 'scenario')} in virtual time")
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
