"""`--validity`: this process drives and judges the variants that it is asked for, for `setpoint validity`.

Asked by a line with the variant's name on standard input (an empty one: the device as it is), it answers with a pickle
on standard output. Judging goes through pytest, so fixtures are real.
"""

import gc
import os
import pickle
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from queue import SimpleQueue

import pytest
from _pytest.runner import runtestprotocol

from harness.clock import Clock
from harness.driving.performance import Play, perform
from harness.driving.progress import Unseen
from harness.driving.scenario import Scenario
from harness.errors import HarnessError, UsageError
from harness.judging.finding import Finding
from harness.plugin.options import means
from harness.plugin.run import RUN, judge_from_here
from harness.target import Recording, Target, Varied, resolve, varied
from harness.trace import Recorder
from harness.validity import Hello, Refusal


def answer(session: pytest.Session, needed: Sequence[Scenario]) -> bool:
    """Say which variants there are, then judge one after the other, until nothing more is asked."""
    if session.config.option.capture != "no":
        raise UsageError("the matrix is printed by `setpoint validity`; with --validity its processes are asked")
    session.config.pluginmanager.register(_Brief())
    gc.freeze()  # what was imported and collected is here to stay
    answers, questions = sys.stdout.buffer, SimpleQueue[str]()
    listening = threading.Thread(target=_listen, args=(questions,), daemon=True)
    listening.start()
    with redirect_stdout(sys.stderr):  # whatever else is printed is no answer
        try:
            device = resolve(session.config.option.device or "sim", means(session.config))
            if isinstance(device, Recording) or not isinstance(device, Varied):
                raise UsageError("validity needs a target that can be driven broken, such as sim")
            reply: object = Hello(tuple(device.variants))
            while True:
                pickle.dump(reply, answers)
                answers.flush()
                name = questions.get()
                reply = _judged(session, varied(device, name) if name else device, needed)
        except HarnessError as error:
            pickle.dump(Refusal(str(error)), answers)
            answers.flush()
            listening.join()
        except BrokenPipeError:
            listening.join()
    return True


def _listen(questions: SimpleQueue[str]) -> None:
    """Where there will be no more, nobody waits for an answer either: this process ends, whatever it is at."""
    for line in sys.stdin:
        questions.put(line.rstrip("\n"))
    os._exit(0)


class _Brief:
    """Pytest would write down how every judgement failed, line by line, for nobody to read."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        assert call.when != "collect"  # noqa: S101 - that was done before
        return pytest.TestReport(
            item.nodeid, item.location, {}, "failed" if call.excinfo else "passed", None, call.when
        )


def _judged(session: pytest.Session, target: Target, needed: Sequence[Scenario]) -> Sequence[Finding]:
    recorder = Recorder()
    run = session.config.stash[RUN]
    perform(Play(target, needed, Clock.VIRTUAL, spec=run.spec), recorder, Unseen())
    run.findings.clear()
    judge_from_here(session.config, recorder.records)
    for item, following in _in_pairs(session.items).items():
        runtestprotocol(item, log=False, nextitem=following)
    return tuple(run.findings)


def _in_pairs(items: Sequence[pytest.Item]) -> Mapping[pytest.Item, pytest.Item | None]:
    return dict(zip(items, [*items[1:], None], strict=True))
