"""`--validity`: this process drives and judges the variants that it is asked for, for `setpoint validity`.

Asked by a line with the variant's name on standard input (an empty one: the device as it is), it answers with a pickle
on standard output. Judging goes through pytest, so fixtures are real.
"""

import gc
import os
import pickle
import sys
import threading
from collections.abc import Sequence
from contextlib import redirect_stdout
from queue import SimpleQueue

import pytest

from harness.clock import Clock
from harness.driving.performance import Play, perform
from harness.driving.progress import Unseen
from harness.driving.scenario import Scenario
from harness.errors import HarnessError, UsageError
from harness.judging.finding import Finding
from harness.plugin.options import means
from harness.plugin.run import DECIDES, RUN, judge_from_here
from harness.plugin.verdicts import finding_of
from harness.target import Recording, Target, Varied, resolve, varied
from harness.trace import Recorder
from harness.validity import Hello, Refusal
from harness.wire.spec import Spec


def answer(session: pytest.Session, needed: Sequence[Scenario]) -> bool:
    """Say which variants there are, then judge one after the other, until nothing more is asked."""
    if session.config.option.capture != "no":
        raise UsageError("the matrix is printed by `setpoint validity`; with --validity its processes are asked")
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


def _judged(session: pytest.Session, target: Target, needed: Sequence[Scenario]) -> Sequence[Finding]:
    recorder = Recorder()
    spec = session.config.stash[RUN].spec
    perform(Play(target, needed, Clock.VIRTUAL, spec=spec), recorder, Unseen())
    judge_from_here(session.config, recorder.records)
    judgements = [item for item in session.items if isinstance(item, pytest.Function) and DECIDES in item.stash]
    in_turn = zip(judgements, [*judgements[1:], None], strict=True)
    return tuple(_judgement(item, following, spec) for item, following in in_turn)


def _judgement(item: pytest.Function, following: pytest.Item | None, spec: Spec) -> Finding:
    """As in a run, fixtures and all; but for pytest's hooks and reports: they take as long, and nobody reads them."""
    item._initrequest()  # noqa: SLF001 - so does pytest with what is run once more
    fixtures = item.session._setupstate  # noqa: SLF001 - they are torn down there, by pytest's own account of them

    def end() -> None:
        fixtures.setup(item)
        item.runtest()

    ended = pytest.CallInfo.from_call(end, "call", reraise=KeyboardInterrupt).excinfo
    finding = finding_of(item, item.stash[DECIDES], spec, ended and ended.value)
    fixtures.teardown_exact(following)
    return finding
