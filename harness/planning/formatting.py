"""A plan as the operator reads it: a screen, or everything."""

from collections.abc import Iterator

from harness.judging.verdicts.verdict import Verdict
from harness.planning.plan import Line, Plan
from harness.text import counted, printable_lines

_TITLES = {
    Verdict.NOT_APPLICABLE: ("does not concern the device", "do not concern the device"),
    Verdict.COULD_NOT_TEST: ("cannot be tested", "cannot be tested"),
    Verdict.OUT_OF_VIEW: ("is not visible with this target", "are not visible with this target"),
}
_SHOWN = 6  # lines of each kind, unless all are asked for
_BEST = 3  # lines, where all is told in short


def told(plan: Plan, *, whole: bool = False) -> Iterator[str]:
    """Line by line. `whole`: every line that is lacking, with the requirements that it holds up, and all that will be.

    Two figures stand before what is lacking: how many requirements would be judged if it alone were there, and for how
    many it is a reason.
    """
    yield printable_lines(f"{plan.device} at {plan.target}: {_sum(plan)}")
    yield _time(plan)
    for verdict in _TITLES:
        concerned = plan.those(verdict)
        if not concerned:
            continue
        yield ""
        yield f"{_titled(plan, verdict)}:"
        lines = list(plan.holding_up(verdict))
        for line in lines if whole else lines[:_SHOWN]:
            yield f"  {_adds(line)}  {printable_lines(line.words)}"
            yield from (f"             {name}" for name in line.holds_up if whole)
        if len(lines) > _SHOWN and not whole:
            yield f"             and {len(lines) - _SHOWN} more; -v tells them"
    if plan.lines:
        yield ""
        yield "+N of M: if that alone were there, N more requirements would be judged of the M for which it is lacking."
    if whole:
        yield ""
        yield "Will be judged:"
        yield from (f"  {name}" for name in plan.judged)


def in_short(plan: Plan) -> Iterator[str]:
    """How much will be judged, and the few lines that would add most to that, each with its own share."""
    apart = [_titled(plan, verdict) for verdict in _TITLES if plan.those(verdict)]
    yield "; ".join([_sum(plan).removesuffix("."), *apart]) + "."
    best = [line for line in plan.lines if line.adds][:_BEST]
    if not best:
        yield "No line would add to that."
        return
    added = len({name for line in best for name in line.adds})
    yield f"{'This line' if len(best) == 1 else f'These {len(best)} lines'} would add {added}:"
    yield from (f"  {f'+{len(line.adds)}':>3}  {printable_lines(line.words)}" for line in best)


def _sum(plan: Plan) -> str:
    asked = len(plan.verdicts)
    part = f", of {plan.of} that {plan.spec} has" if asked < plan.of else f" of {plan.spec}"
    return f"of {counted(asked, 'requirement')}{part}, {len(plan.judged)} will be judged."


def _titled(plan: Plan, verdict: Verdict) -> str:
    count = len(plan.those(verdict))
    return counted(count, *_TITLES[verdict])


def _time(plan: Plan) -> str:
    real = f"about {_minutes(plan.seconds)} in real time, where the device does everything at once"
    return f"In virtual time a run takes some seconds ({real})." if plan.is_virtual else f"A run takes {real}."


def _minutes(seconds: float) -> str:
    return f"{round(seconds / 60)} min" if seconds >= _TWO_MINUTES else f"{max(10, round(seconds / 10) * 10)} s"


def _adds(line: Line) -> str:
    return f"{f'+{len(line.adds)}':>3} of {len(line.holds_up):<3}"


_TWO_MINUTES = 120.0
