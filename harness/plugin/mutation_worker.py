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
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import Scenario
from harness.errors import HarnessError, UsageError
from harness.judging.verdicts.finding import Finding
from harness.mutation.matrix import Refusal, WorkerReady
from harness.plugin.options import target_options
from harness.plugin.run import DECIDES, RUN, Judging
from harness.plugin.verdicts import finding_of, judged
from harness.record.trace import Recorder
from harness.target import Recording, Target, Varied, resolve, varied


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
            asked = session.config.stash[RUN].of(session.items[0]).asked
            device = resolve(asked.device, target_options(session.config, asked))
            if isinstance(device, Recording) or not isinstance(device, Varied):
                raise UsageError("validity needs a target that can be driven broken, such as sim")
            reply: object = WorkerReady(tuple(device.variants))
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
    """When stdin closes, the parent is gone: exit at once."""
    for line in sys.stdin:
        questions.put(line.rstrip("\n"))
    os._exit(0)


def _judged(session: pytest.Session, target: Target, needed: Sequence[Scenario]) -> Sequence[Finding]:
    recorder = Recorder()
    run = session.config.stash[RUN]
    subject = run.of(session.items[0])
    drive_target(RunPlan(target, needed, Clock.VIRTUAL, spec=subject.spec, subject=subject.name), recorder, Unseen())
    Judging.of(recorder.records).begin(session.config)
    return tuple(
        finding_of(item, requirement, run.level(item), ended)
        for item, ended in judged(session)
        for requirement in [item.stash[DECIDES]]
    )
