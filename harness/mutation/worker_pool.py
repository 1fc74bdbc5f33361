"""Processes that drive and judge variants side by side. Each is a pytest over one subject's suites, asked in turn.

Each has a process group of its own, so that Ctrl-C is for this process alone, which then ends them; and when this
process is gone, however it went, each of them finds the end of its questions and goes. They stay in our session: Linux
shares the cores out by session first, so in one of their own their niceness would count for nothing beside others.
"""

import pickle
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from queue import SimpleQueue
from typing import TypeVar

from harness.errors import HarnessError, UsageError
from harness.judging.verdicts.finding import Finding
from harness.mutation.matrix import Refusal, WorkerReady
from harness.suite_folder import own_environment
from harness.target import Variant

T = TypeVar("T")

# Beside the suites. No page is made of this, so nothing is captured for one.
ANSWERING = ("-p", "no:terminal", "-p", "no:logging", "-s", "--validity")


class LostWorkerError(HarnessError):
    """A process of ours ended in the middle of its work; why, it has said on standard error."""

    def __init__(self, asked: str, code: int) -> None:
        super().__init__(f"the process that was to judge {asked} ended with {code}; no fault of the device's")


class WorkerPool:
    """Some judges, each asked as soon as it is free. `variants`: what they can be asked for."""

    def __init__(self, judges: Sequence["Worker"], threads: ThreadPoolExecutor) -> None:
        self._threads, self._free = threads, SimpleQueue["Worker"]()
        for judge in judges:
            self.variants = judge.variants()
            self._free.put(judge)

    def findings(self, variants: Iterable[str | None]) -> Iterator[Sequence[Finding]]:
        """The findings for each, in this order; None: the device as it is. Raises UsageError, LostJudgeError."""
        return self._threads.map(self._ask, variants)

    def _ask(self, variant: str | None) -> Sequence[Finding]:
        judge = self._free.get()
        try:
            return judge.findings(variant)
        finally:
            self._free.put(judge)


@contextmanager
def worker_pool(count: int, command: Sequence[str]) -> Iterator[WorkerPool]:
    """So many processes of that command. However the block ends, none of them is left.

    Raises UsageError where the target has no variants, LostJudgeError.
    """
    with ExitStack() as last, ExitStack() as then, ExitStack() as first:
        threads = ThreadPoolExecutor(count)
        last.callback(threads.shutdown)
        judges: list[Worker] = []
        for _ in range(count):
            judges.append(Worker(command))
            then.callback(judges[-1].dismiss)
        first.callback(threads.shutdown, wait=False, cancel_futures=True)
        yield WorkerPool(judges, threads)


class Worker:
    """One process."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own arguments
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,
            env=own_environment(),
        )

    def variants(self) -> Sequence[Variant]:
        """The variants that it says first. Raises UsageError where the target has none, LostJudgeError."""
        return self._heard(WorkerReady, "anything").variants

    def findings(self, variant: str | None) -> Sequence[Finding]:
        """The findings for the variant; None: the device as it is. Raises LostJudgeError."""
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
            raise LostWorkerError(asked, self._process.wait()) from None
        if isinstance(said, Refusal):
            raise UsageError(said.why)
        assert isinstance(said, kind)  # noqa: S101 - it answers in turn
        return said
