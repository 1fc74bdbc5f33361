"""Processes that drive and judge variants side by side. Each is a pytest over all suites, asked for one by one.

Each has a session of its own, so that Ctrl-C is for this process alone, which then ends them; and when this process is
gone, however it went, each of them finds the end of its questions and goes.
"""

import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from queue import SimpleQueue
from typing import TypeVar

from harness.cli.pytest_process import SUITES
from harness.errors import HarnessError, UsageError
from harness.judging.finding import Finding
from harness.target import Variant
from harness.validity import Hello, Refusal

T = TypeVar("T")

# No page is made of this, so nothing is captured for one.
_PYTEST = (sys.executable, "-m", "pytest", str(SUITES), "-p", "no:terminal", "-p", "no:logging", "-s", "--validity")


class LostJudgeError(HarnessError):
    """A process of ours ended in the middle of its work; why, it has said on standard error."""

    def __init__(self, asked: str, code: int) -> None:
        super().__init__(f"the process that was to judge {asked} ended with {code}; no fault of the device's")


class Jury:
    """Some judges, each asked as soon as it is free. `variants`: what they can be asked for."""

    def __init__(self, judges: Sequence["Judge"], threads: ThreadPoolExecutor) -> None:
        self._threads, self._free = threads, SimpleQueue["Judge"]()
        for judge in judges:
            self.variants = judge.variants()
            self._free.put(judge)

    def findings(self, variants: Iterable[str | None]) -> Iterator[Sequence[Finding]]:
        """What came of each, in this order; None: of the device as it is. Raises UsageError, LostJudgeError."""
        return self._threads.map(self._ask, variants)

    def _ask(self, variant: str | None) -> Sequence[Finding]:
        judge = self._free.get()
        try:
            return judge.findings(variant)
        finally:
            self._free.put(judge)


@contextmanager
def jury(count: int, *options: str, command: Sequence[str] = _PYTEST) -> Iterator[Jury]:
    """So many processes, each given these options. However the block ends, none of them is left.

    Raises UsageError where the target has no variants, LostJudgeError.
    """
    with ExitStack() as last, ExitStack() as then, ExitStack() as first:
        threads = ThreadPoolExecutor(count)
        last.callback(threads.shutdown)
        judges: list[Judge] = []
        for _ in range(count):
            judges.append(Judge(*options, command=command))
            then.callback(judges[-1].dismiss)
        first.callback(threads.shutdown, wait=False, cancel_futures=True)
        yield Jury(judges, threads)


class Judge:
    """One process."""

    def __init__(self, *options: str, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own arguments
            [*command, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )

    def variants(self) -> Sequence[Variant]:
        """What it can be asked for: it says so first. Raises UsageError where the target has none, LostJudgeError."""
        return self._heard(Hello, "anything").variants

    def findings(self, variant: str | None) -> Sequence[Finding]:
        """What came of the variant; None: of the device as it is. Raises LostJudgeError."""
        assert self._process.stdin  # noqa: S101 - it is a pipe
        with suppress(BrokenPipeError):  # what comes of that is heard next
            self._process.stdin.write(f"{variant or ''}\n".encode())
            self._process.stdin.flush()
        return self._heard(tuple, variant or "the healthy device")

    def dismiss(self) -> None:
        """End it, whatever it is at."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):  # a question that it never read
                assert pipe  # noqa: S101 - likewise
                pipe.close()

    def _heard(self, kind: type[T], asked: str) -> T:
        assert self._process.stdout  # noqa: S101 - likewise
        try:
            said = pickle.load(self._process.stdout)  # noqa: S301 - from a process of ours
        except (EOFError, pickle.UnpicklingError):
            raise LostJudgeError(asked, self._process.wait()) from None
        if isinstance(said, Refusal):
            raise UsageError(said.why)
        assert isinstance(said, kind)  # noqa: S101 - it answers in turn
        return said
